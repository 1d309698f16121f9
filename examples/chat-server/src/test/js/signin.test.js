import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { settled } from '../../../../js-client/test/support.js';
import { SignInPage } from '../../main/resources/web/js/view/signin.js';
import { byId, openPage } from './dom.js';

/** An account is made only of a user id that the person has confirmed. */
describe('the sign-in page', () => {
  let made;
  let answers;
  let page;
  let form;

  beforeEach(() => {
    openPage();
    made = [];
    answers = [];
    const accounts = new Set(['ann']);
    globalThis.fetch = async (path, { body }) => {
      const { user, register } = JSON.parse(body);
      const status = answers.shift() ?? (accounts.has(user) || register ? 200 : 404);
      if (status === 200 && !accounts.has(user)) {
        accounts.add(user);
        made.push(user);
      }
      const code = { 404: 'not_found', 503: 'unavailable' }[status];
      const json = async () => (status === 200 ? { token: 't', user } : { code, detail: code });
      return { ok: status === 200, status, headers: new Headers(), json };
    };
    page = new SignInPage({ onSignedIn: async () => page.hide() });
    page.show();
    form = byId('signin').querySelector('form');
  });

  const write = (user) => {
    byId('user').value = user;
    byId('user').fire('input');
    byId('password').value = 'password1';
  };

  const submit = async (times = 1, submitter = form.querySelector('button[type="submit"]')) => {
    for (let time = 0; time < times; time += 1) {
      form.fire('submit', { submitter });
    }
    for (let turn = 0; turn < 10; turn += 1) {
      await settled();
    }
  };

  const create = (times) => submit(times, byId('create-account'));

  test('makes an account of the id that was confirmed, and of no later typo after a double click', async () => {
    write('zoe');
    await submit();
    assert.deepEqual([made, byId('create-account').hidden], [[], false]);
    await create(2);
    assert.deepEqual(made, ['zoe']);
    page.show();
    write('annn');
    await submit();
    assert.deepEqual(made, ['zoe']);
  });

  test('asks again where an account could not be made, and the id was changed then', async () => {
    write('zoe');
    await submit();
    answers = [503];
    await create(2);
    write('annn');
    await submit();
    await submit();
    assert.deepEqual(made, []);
  });

  test('makes no account of another id than the button says', async () => {
    write('zoe');
    await submit();
    byId('user').value = 'annn';
    await create();
    assert.deepEqual(made, []);
  });

  test('leaves the focus with the user id, where Enter makes no account', async () => {
    write('annn');
    await submit();
    assert.equal(document.activeElement, byId('user'));
    await submit();
    assert.deepEqual(made, []);
  });
});
