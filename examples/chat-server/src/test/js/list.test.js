import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Emitter, MemoryStore, Tabs } from '@webchat/client';
import { People } from '../../../../js-client/src/people.js';
import { channels, settled } from '../../../../js-client/test/support.js';
import { ListNotice } from '../../main/resources/web/js/view/list-notice.js';
import { ConversationList } from '../../main/resources/web/js/view/list.js';
import { byId, openPage } from './dom.js';

/** The filter finds people by names that were never in sight. */
describe('the filter of the list', () => {
  let go;
  let people;

  beforeEach(() => {
    openPage();
    const rest = { get: async (path) => ({ userId: path.split('/').pop(), name: path.endsWith('u299') ? 'Zoe' : '' }) };
    const wait = () => new Promise((resolve) => {
      go = resolve;
    });
    people = new People({ rest, store: new MemoryStore(), tabs: new Tabs('ann', channels()), wait });
    const ids = Array.from({ length: 300 }, (_, index) => `u${index}`);
    const conversations = new Map(
      ids.map((peer, at) => [`user:${peer}`, { id: `user:${peer}`, peer, unread: 0, createdAt: 1_000 - at }]),
    );
    const messenger = Object.assign(new Emitter(), {
      me: 'ann', sync: 'done', conversations, people, writers: () => [],
      presence: { show: () => {}, isOnline: () => false },
      rooms: { want: () => {} },
    });
    people.on('people', (users) => messenger.emit('people', users));
    const notice = new ListNotice({ onRetry: () => {}, onStart: () => {} });
    new ConversationList({ notice, onOpen: () => {} }).attach(messenger);
  });

  const type = async (text) => {
    byId('filter').value = text;
    byId('filter').fire('input');
    await settled();
  };

  const meetAll = async () => {
    for (let user = 0; user < 300; user += 1) {
      go?.();
      await settled();
    }
  };

  test('finds somebody by name whose row was never in sight, and says that it looks meanwhile', async () => {
    await type('zoe');
    assert.equal(byId('list-notice').textContent, 'Looking for “zoe” in the names…');
    await meetAll();
    assert.equal(byId('list-notice').hidden, true);
    assert.equal(byId('conversations').children.length, 1);
    assert.match(byId('conversations').textContent, /Zoe/);
  });

  test('says that nothing matches only once all names are known', async () => {
    await type('nobody');
    assert.match(byId('list-notice').textContent, /^Looking/);
    await meetAll();
    assert.equal(byId('list-notice').textContent, 'Nothing matches “nobody”.');
  });

  test('asks about nobody any more once it is empty', async () => {
    await type('zoe');
    await type('');
    go();
    await settled();
    assert.equal(people.isMeeting, false);
  });
});
