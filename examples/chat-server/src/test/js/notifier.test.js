import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Emitter, Tabs } from '@webchat/client';
import { channels, settled } from '../../../../js-client/test/support.js';
import { noticesFor, setNotices } from '../../main/resources/web/js/app/notices.js';
import { NoticeChoice } from '../../main/resources/web/js/view/notice-choice.js';
import { Notifier } from '../../main/resources/web/js/view/notifier.js';
import { Onlookers } from '../../main/resources/web/js/view/onlookers.js';
import { byId, openPage, replaceNavigator } from './dom.js';

const people = { nameOf: (user) => user.toUpperCase() };
const message = (from, text, more = {}) => ({ from, text, conversation: `user:${from}`, ...more });
const inRoom = (from, text, more = {}) => message(from, text, { conversation: 'room:r', room: 'r', ...more });

/** One tab notifies, of what the person does not see, if they want that. */
describe('notifications', () => {
  let shown;
  let rung;
  let opened;
  let messenger;
  let notifier;

  beforeEach(() => {
    openPage();
    document.isFocused = false;
    [shown, rung, opened] = [[], 0, []];
    globalThis.Notification = class {
      static permission = 'granted';

      constructor(title, options) {
        shown.push(Object.assign(this, { title, ...options, isClosed: false }));
      }

      close() {
        this.isClosed = true;
      }
    };
    window.focus = () => {};
    const conversations = [
      { id: 'user:bob', peer: 'bob' }, { id: 'user:eve', peer: 'eve', isMuted: true }, { id: 'room:r', room: 'r', name: 'Team' },
    ];
    messenger = Object.assign(new Emitter(), {
      me: 'ann', isLeading: true, people, conversations: new Map(conversations.map((each) => [each.id, each])),
    });
    notifier = new Notifier({ onOpen: (id) => opened.push(id), ring: () => (rung += 1), wait: async () => {} });
    notifier.attach(messenger, { on: () => {}, share: () => {} });
    setNotices('ann', { isOn: true, hasSound: true });
  });

  const comeIn = async (...messages) => {
    messenger.emit('incoming', messages);
    await settled();
  };

  test('say who wrote what, one for each conversation, with one sound', async () => {
    await comeIn(message('bob', 'hi'), inRoom('eve', 'one'), inRoom('bob', 'two'));
    const said = shown.map(({ title, body, tag }) => [title, body, tag]);
    assert.deepEqual(said, [['BOB', 'hi', 'user:bob'], ['Team', '2 new messages', 'room:r']]);
    await comeIn(inRoom('bob', 'three'));
    assert.deepEqual([shown[2].body, rung], ['BOB: three', 2]);
  });

  test('lead to the conversation, and disappear when the person looks at the page', async () => {
    await comeIn(message('bob', 'hi'));
    shown[0].onclick();
    assert.deepEqual([opened, shown[0].isClosed], [['user:bob'], true]);
    await comeIn(inRoom('bob', 'hi'));
    document.isFocused = true;
    window.dispatchEvent(new Event('focus'));
    assert.equal(shown[1].isClosed, true);
  });

  test('are not for those who do not want them, or have not allowed them', async () => {
    setNotices('ann', { isOn: false, hasSound: true });
    await comeIn(message('bob', 'hi'));
    setNotices('ann', { isOn: true, hasSound: true });
    Notification.permission = 'denied';
    await comeIn(message('bob', 'hi'));
    delete globalThis.Notification;
    await comeIn(message('bob', 'hi'));
    assert.deepEqual([shown.length, rung], [0, 0]);
  });

  test('come from the tab that leads, and only while nobody looks', async () => {
    messenger.isLeading = false;
    await comeIn(message('bob', 'hi'));
    messenger.isLeading = true;
    document.isFocused = true;
    await comeIn(message('bob', 'hi'));
    assert.equal(shown.length, 0);
  });

  test('ring where the page may show none, and the choice says so', async (context) => {
    context.mock.method(console, 'info', () => {});
    globalThis.Notification = class {
      static permission = 'granted';

      constructor() {
        throw new TypeError('Illegal constructor');
      }
    };
    await comeIn(message('bob', 'hi'), message('bob', 'again'));
    assert.equal(rung, 1);
    const choice = new NoticeChoice();
    choice.show({ me: 'ann' });
    assert.match(byId('notices-hint').textContent, /has no notifications/);
    assert.deepEqual([byId('notices-on').checked, byId('notices-on').disabled], [true, false]);
  });

  test('tell nothing of what was deleted before it came, and name a kind that has none', async () => {
    await comeIn(message('bob', '', { deletedAt: 5 }));
    assert.deepEqual([shown.length, rung], [0, 0]);
    await comeIn(message('bob', ''));
    assert.equal(shown[0].body, 'message of the kind data');
  });

  test('of pushes lead to the conversation of the user they are for', (context) => {
    let hear;
    const workers = { addEventListener: (kind, listener) => (hear = listener), getRegistration: async () => undefined };
    replaceNavigator(context, { serviceWorker: workers });
    new Notifier({ onOpen: (id) => opened.push(id) }).attach(messenger, { on: () => {}, share: () => {} });
    hear({ data: { user: 'eve', open: 'user:eve' } });
    hear({ data: { user: 'ann', open: 'user:bob' } });
    hear({ data: { script: 'app.js' } });
    assert.deepEqual(opened, ['user:bob']);
  });

  test('disappear when the conversation was read elsewhere', async () => {
    await comeIn(message('bob', 'hi'), inRoom('bob', 'hi'));
    messenger.emit('conversations', [{ id: 'user:bob', unread: 1 }]);
    assert.deepEqual(shown.map(({ isClosed }) => isClosed), [false, false]);
    messenger.emit('conversations', [{ id: 'user:bob', unread: 0 }]);
    assert.deepEqual(shown.map(({ isClosed }) => isClosed), [true, false]);
  });

  test('show nothing to whoever comes after the person signed out', async () => {
    messenger.emit('incoming', [message('bob', 'secret')]);
    notifier.detach();
    await settled();
    assert.deepEqual([shown.length, rung], [0, 0]);
    await comeIn(message('bob', 'secret'));
    assert.deepEqual([shown.length, rung], [0, 0]);
  });

  test('are silent about muted conversations, but for mentions', async () => {
    await comeIn(message('eve', 'buy this'));
    assert.equal(shown.length, 0);
    await comeIn(message('eve', '@ann', { mentions: ['ann'] }));
    assert.equal(shown.length, 1);
  });

  test('have no sound where that is switched off, for this user alone', async () => {
    setNotices('ann', { isOn: true, hasSound: false });
    await comeIn(message('bob', 'hi'));
    assert.deepEqual([shown.length, rung], [1, 0]);
    assert.deepEqual(noticesFor('bob'), { isOn: false, hasSound: true, isPushed: false, showsText: false });
  });
});

describe('tabs that are looked at', () => {
  test('answer the others; without an answer nobody looks', async () => {
    openPage();
    document.isFocused = false;
    const open = channels();
    let give;
    const wait = () => new Promise((resolve) => (give = resolve));
    const one = new Onlookers(new Tabs('ann', open), { wait });
    const other = new Tabs('ann', open);
    const nobody = one.isAny();
    give();
    assert.equal(await nobody, false);
    other.on('whoLooks', () => other.share('looking'));
    assert.equal(await one.isAny(), true);
    document.isFocused = true;
    assert.equal(await new Onlookers(other).isAny(), true);
    await settled();
  });
});
