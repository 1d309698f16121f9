import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MemoryStore } from '../src/memory-store.js';
import { Records } from '../src/records.js';
import { Sync } from '../src/sync.js';
import { Tabs } from '../src/tabs.js';
import { channels } from './support.js';

/** The list of conversations of somebody with so many of them. */
class ListApi {
  pages = 0;

  constructor(size) {
    this.peers = Array.from({ length: size }, (_, at) => `u${at}`);
  }

  async get(path, { limit, cursor }) {
    if (path !== '/v1/call-logs') {
      return { items: [], nextCursor: null };
    }
    this.pages += 1;
    const from = Number(cursor ?? 0);
    const items = this.peers.slice(from, from + limit).map((peer, at) => ({
      peer,
      unread: 0,
      lastMessage: {
        msgId: `m-${peer}`, from: peer, to: 'ann', text: 'hi', storedAt: new Date(1e6 - from - at).toISOString(),
        status: 'sent',
      },
    }));
    return { items, nextCursor: from + limit < this.peers.length ? String(from + limit) : null };
  }
}

describe('the list of conversations', () => {
  const sync = (api) => {
    const records = new Records({ store: new MemoryStore(), tabs: new Tabs('ann', channels()) });
    return { records, sync: new Sync({ rest: api, records, me: 'ann', onState: () => {} }) };
  };

  test('is read to its end, however long it is', async () => {
    const api = new ListApi(1_234);
    const { records, sync: reading } = sync(api);
    await reading.run();
    reading.close();
    assert.equal(records.conversations.size, 1_234);
    assert.equal(api.pages, 13);
  });

  test('is read each minute only as far as there is news', async () => {
    const api = new ListApi(1_000);
    const { records, sync: reading } = sync(api);
    await reading.run();
    api.pages = 0;
    await reading.run({ isWhole: false });
    assert.equal(api.pages, 1);
    api.peers.unshift('newcomer');
    api.pages = 0;
    await reading.run({ isWhole: false });
    assert.equal(api.pages > 0 && records.conversations.has('user:newcomer'), true);
    await reading.run();
    reading.close();
    assert.ok(api.pages >= 11);
  });
});
