import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { RestError } from '@webchat/client';
import { settled } from '../../../../js-client/test/support.js';
import { PasswordDialog } from '../../main/resources/web/js/view/password.js';
import { byId, openPage } from './dom.js';

/** A password is changed by whoever knows it, and the session goes on with the token that comes with that. */
describe('changing a password', () => {
  let asked;
  let renewed;
  let answer;

  beforeEach(() => {
    openPage();
    [asked, renewed] = [[], []];
    answer = async () => ({ token: 'new', expiresAt: '2026-12-01T00:00:00Z' });
    const rest = { post: async (path, body) => (asked.push([path, body]), answer()) };
    new PasswordDialog().attach({ me: 'ann', rest, renew: (token) => renewed.push(token) });
    byId('password-open').fire('click');
  });

  const form = () => byId('password-change').querySelector('form');
  const change = async (old, chosen, again = chosen) => {
    Object.assign(byId('password-old'), { value: old });
    Object.assign(byId('password-new'), { value: chosen });
    Object.assign(byId('password-again'), { value: again });
    form().fire('submit');
    await settled();
  };
  const problem = () => form().querySelector('.problem').textContent;

  test('sends both, and renews the session', async () => {
    await change('the old one', 'the new one');
    assert.deepEqual(asked, [['/v1/password', { password: 'the old one', newPassword: 'the new one' }]]);
    assert.deepEqual(renewed, ['new']);
    assert.match(byId('password-done').textContent, /^Your password is changed/);
  });

  test('asks the server for nothing that it would refuse', async () => {
    await change('', 'the new one');
    assert.equal(problem(), 'Enter your present password.');
    await change('the old one', 'short');
    assert.match(problem(), /8 characters/);
    await change('the old one', 'the new one', 'the now one');
    assert.match(problem(), /not the same/);
    assert.deepEqual(asked, []);
  });

  test('says that the old one is wrong, or what else the server minds', async () => {
    answer = async () => Promise.reject(new RestError({ code: 'forbidden', status: 403 }));
    await change('a wrong one', 'the new one');
    assert.equal(problem(), 'That is not your present password.');
    answer = async () => Promise.reject(new RestError({ code: 'rate_limited', status: 429 }));
    await change('a wrong one', 'the new one');
    assert.match(problem(), /too much at once/);
    assert.deepEqual(renewed, []);
  });
});
