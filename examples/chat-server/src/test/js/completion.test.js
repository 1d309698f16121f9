import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { settled } from '../../../../js-client/test/support.js';
import { Completion } from '../../main/resources/web/js/view/completion.js';
import { Members } from '../../main/resources/web/js/view/members.js';
import { byId, openPage } from './dom.js';

/** The list of people to mention opens, is used by keys, and writes into the field. */
describe('the completion of a mention', () => {
  let completion;
  let chosen;
  let wanted;
  let find;
  const people = {
    want: (users) => wanted.push(...users), meet: () => {}, nameOf: (user) => user.toUpperCase(), profileOf: (user) => ({ user, name: '', colour: '', picture: '' }),
  };

  beforeEach(() => {
    openPage();
    chosen = 0;
    wanted = [];
    find = async () => ({ members: ['ann', 'bob', 'bea'].map((userId) => ({ userId, role: 'member' })) });
    const field = byId('text');
    field.setSelectionRange = (from) => {
      field.selectionStart = from;
    };
    byId('mention-list').hidden = true;
    completion = new Completion({ onChosen: () => (chosen += 1) });
    const messenger = { me: 'ann', people, rooms: { find: (id) => find(id) } };
    completion.open(new Members(messenger, { room: 'r' }), people);
  });

  const type = async (text) => {
    Object.assign(byId('text'), { value: text, selectionStart: text.length });
    byId('text').fire('input');
    await settled();
  };
  const press = (key) => completion.pressed({ key, preventDefault() {}, stopPropagation() {} });
  const options = () => byId('mention-list').children;
  const active = () => options().find((each) => each.getAttribute('aria-selected') === 'true');

  test('offers the others of a room, and says how many', async () => {
    await type('hi @');
    assert.equal(completion.isOpen, true);
    assert.deepEqual(options().map((each) => each.dataset.user), ['bea', 'bob']);
    assert.match(byId('mention-status').textContent, /^2 people/);
    await type('hi @bo');
    assert.deepEqual(options().map((each) => each.dataset.user), ['bob']);
    assert.deepEqual(wanted, ['bea', 'bob', 'bob', 'bob']);
    await type('hi @bo x');
    assert.equal(completion.isOpen, false);
  });

  test('moves by arrows, round, and the field knows where it is', async () => {
    await type('@');
    assert.equal(byId('text').getAttribute('aria-activedescendant'), active().id);
    press('ArrowUp');
    assert.equal(active().dataset.user, 'bob');
    press('ArrowDown');
    assert.equal(active().dataset.user, 'bea');
  });

  test('takes no keys when it is closed, and Escape closes it', async () => {
    assert.equal(press('Enter'), false);
    await type('@');
    assert.equal(press('a'), false);
    assert.equal(press('Escape'), true);
    assert.equal(completion.isOpen, false);
    assert.equal(press('ArrowDown'), false);
    assert.equal(byId('text').getAttribute('aria-activedescendant'), null);
  });

  for (const key of ['Enter', 'Tab']) {
    test(`${key} writes the id into the field`, async () => {
      await type('hi @bo');
      assert.equal(press(key), true);
      assert.equal(byId('text').value, 'hi @bob ');
      assert.equal(chosen, 1);
      assert.equal(completion.isOpen, false);
    });
  }

  test('offers nobody while the members cannot be read, and reads them the next time', async () => {
    find = async () => Promise.reject(new Error('offline'));
    await type('@');
    assert.equal(completion.isOpen, false);
    find = async () => ({ members: [{ userId: 'bob', role: 'member' }] });
    await type('@b');
    assert.equal(completion.isOpen, true);
  });
});
