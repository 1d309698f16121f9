import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Emitter, Tabs } from '@webchat/client';
import { channels, settled } from '../../../../js-client/test/support.js';
import { Shell } from '../../main/resources/web/js/view/shell.js';
import { byId, frame, geometry, openPage } from './dom.js';

const BOB = 'user:bob';
const people = { nameOf: (user) => user, profileOf: () => ({}), want: () => {}, isBlocked: () => false, known: [] };

/** What the page's address leads to. */
describe('the page', () => {
  let messenger;
  let shell;
  let asked;

  const record = (at) => ({
    from: 'bob', to: 'ann', id: `m${at}`, conversation: BOB, text: `line ${at}.`, at, place: at, n: at,
    state: 'received',
  });

  /** Gives the page an address, as a link or a pasted text does. */
  const goTo = async (hash, state = null) => {
    Object.assign(location, { hash });
    history.state = state;
    window.dispatchEvent(new Event('popstate'));
    for (let turn = 0; turn < 10; turn += 1) {
      await settled();
      frame();
    }
  };

  const synced = () => {
    messenger.sync = 'done';
    messenger.emit('sync', 'done');
  };

  beforeEach(() => {
    openPage();
    globalThis.location = { hash: '', pathname: '/', origin: 'https://chat.example.org' };
    const set = (state, title, url) => {
      history.state = state;
      location.hash = url.startsWith('#') ? url : '';
    };
    globalThis.history = { state: null, pushState: set, replaceState: set };
    document.querySelector = () => (byId('join').open || byId('profile').open ? byId('join') : null);
    const all = Array.from({ length: 200 }, (_, index) => record(index + 1));
    const pager = {
      floor: -Infinity,
      hasOlder: false,
      kept: async () => ({ records: all, floor: -Infinity, isWhole: true }),
      begin: async () => {},
      known: async () => [],
    };
    messenger = Object.assign(new Emitter(), {
      me: 'ann',
      connection: 'online',
      sync: 'loading',
      watched: null,
      conversations: new Map([
        [BOB, { id: BOB, peer: 'bob', unread: 0, createdAt: 1 }],
        ['room:left', { id: 'room:left', room: 'left', left: true, unread: 0, createdAt: 1 }],
      ]),
      people,
      presence: { isOnline: () => false, lastSeen: () => null, show: () => {} },
      rooms: { join: async (room) => `room:${room}`, want: () => {} },
      pager: () => pager,
      writers: () => [],
      watch: () => {},
      saw: async () => {},
      draft: async () => {},
    });
    shell = new Shell({ onSignIn: () => {}, onSignOut: () => {} });
    shell.attach(messenger, { isShared: false, tabs: new Tabs('ann', channels()) });
    asked = 0;
    byId('join').showModal = () => {
      asked += 1;
      byId('join').open = true;
    };
  });

  test('is where its reader was when a conversation is opened again on a phone', async () => {
    // Beside the list there is no place: it takes that of the conversation.
    const { pane } = geometry;
    Object.defineProperty(geometry, 'isShown', { get: () => byId('app').dataset.pane === 'chat', configurable: true });
    await goTo('#user%3Abob');
    byId('scroller').scrollTop -= 1_500;
    byId('scroller').fire('scroll');
    frame(3);
    const first = () => byId('messages').children.find((row) => row.getBoundingClientRect().bottom > 0).textContent;
    const before = first();
    await goTo('');
    assert.equal(byId('app').dataset.pane, 'list');
    await goTo('#user%3Abob');
    assert.equal(first(), before);
    Object.defineProperty(geometry, 'isShown', { value: true, writable: true });
    assert.equal(geometry.pane, pane);
  });

  test('asks once whether to join the room of a link, and forgets it when that is declined', async () => {
    await goTo('#room%3Aclub');
    assert.equal(asked, 0, 'the rooms of the person are not known yet');
    synced();
    synced();
    assert.equal(asked, 1);
    byId('join').close();
    synced();
    assert.deepEqual([asked, location.hash], [1, '']);
  });

  test('asks at once where a link is followed in the open page, and again when it is followed again', async () => {
    synced();
    await goTo('#room%3Aclub');
    assert.equal(asked, 1);
    byId('join').close();
    await goTo('#room%3Aclub');
    assert.equal(asked, 2);
  });

  test('asks over no other dialog', async () => {
    synced();
    byId('profile').open = true;
    await goTo('#room%3Aclub');
    assert.equal(asked, 0);
    byId('profile').open = false;
    synced();
    assert.equal(asked, 1);
  });

  test('asks about a room that was left where a link leads to it, not where it is opened from the list', async () => {
    synced();
    await goTo('#room%3Aleft', { isStep: true });
    assert.equal(asked, 0);
    await goTo('#user%3Abob');
    await goTo('#room%3Aleft');
    assert.equal(asked, 1);
    byId('join').close();
    synced();
    assert.deepEqual([asked, location.hash], [1, '#room%3Aleft']);
  });
});
