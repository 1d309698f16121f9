import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { settled } from '../../../../js-client/test/support.js';
import { Confirm } from '../../main/resources/web/js/view/confirm.js';
import { byId, openPage } from './dom.js';

/** What a form does ends with the dialog that it was begun in: the next opening is about something else. */
describe('a question that was closed before it was done', () => {
  let confirm;
  let answers;
  const form = () => byId('confirm').querySelector('form');
  const problem = () => form().querySelector('.problem').textContent;
  const ask = () => confirm.ask({ title: '', text: '', label: '' }, () => new Promise((...how) => answers.push(how)));

  beforeEach(() => {
    openPage();
    answers = [];
    confirm = new Confirm();
    ask();
    form().fire('submit');
    byId('confirm').close();
    ask();
  });

  test('does not close the next one, which can be answered at once', async () => {
    assert.equal(form().getAttribute('aria-busy'), 'false');
    answers[0][0]();
    await settled();
    assert.equal(byId('confirm').open, true);
    form().fire('submit');
    assert.equal(answers.length, 2);
    answers[1][0]();
    await settled();
    assert.equal(byId('confirm').open, false);
  });

  test('says nothing in the next one', async (context) => {
    context.mock.method(console, 'warn', () => {});
    answers[0][1](new Error('late'));
    await settled();
    assert.deepEqual([problem(), console.warn.mock.callCount()], ['', 1]);
  });
});
