import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MemoryStore } from '../src/memory-store.js';
import { Tabs } from '../src/tabs.js';

describe('a store in memory', () => {
  test('keeps what a transaction wrote, and tells it', async () => {
    const store = new MemoryStore();
    const { value, ...written } = await store.transact(async (tx) => {
      await tx.putMessage({ from: 'bob', id: 'a', conversation: 'user:bob', place: 1, n: 1 });
      await tx.putConversation({ id: 'user:bob' });
      await tx.putMeta('after', 3);
      return (await tx.message('bob', 'a')).place;
    });
    assert.equal(value, 1);
    assert.deepEqual(written.conversations, [{ id: 'user:bob' }]);
    assert.equal(await store.meta('after'), 3);
    assert.equal((await store.newest('user:bob', 5)).length, 1);
    assert.equal((await store.since('user:bob', 2)).length, 0);
  });

  test('goes on with what another one held, through JSON', async () => {
    const store = new MemoryStore();
    await store.transact(async (tx) => {
      await tx.putMessage({ from: 'bob', id: 'a', conversation: 'user:bob', place: 1, n: 1, queued: 1 });
      await tx.putConversation({ id: 'user:bob' });
      await tx.putMeta('after', 3);
    });
    await store.putPerson({ user: 'bob' });
    const next = new MemoryStore(JSON.parse(JSON.stringify(store.snapshot())));
    assert.deepEqual(await next.queued(), await store.queued());
    assert.deepEqual(await next.conversations(), [{ id: 'user:bob' }]);
    assert.equal(await next.meta('after'), 3);
    assert.deepEqual(await next.people(), [{ user: 'bob' }]);
  });

  test('keeps nothing of a transaction that fails, and goes on', async () => {
    const store = new MemoryStore();
    const failing = store.transact(async (tx) => {
      await tx.putConversation({ id: 'user:bob' });
      throw new Error('no');
    });
    await assert.rejects(failing, /no/);
    assert.deepEqual(await store.conversations(), []);
    await store.transact((tx) => tx.putConversation({ id: 'user:carol' }));
    assert.equal((await store.conversations()).length, 1);
  });

  test('visits messages from the newest on, without those that were deleted', async () => {
    const store = new MemoryStore();
    const seen = [];
    await store.transact(async (tx) => {
      for (const place of [1, 2, 3, 4]) {
        await tx.putMessage({ from: 'bob', id: `m${place}`, conversation: 'user:bob', place, n: place });
      }
      await tx.deleteMessage('bob', 'm2');
    });
    await store.transact(async (tx) => {
      await tx.deleteMessage('bob', 'm3');
      await tx.eachBefore('user:bob', Infinity, ({ id }) => seen.push(id));
    });
    assert.deepEqual(seen, ['m4', 'm1']);
  });
});

test('a tab whose browser refuses channels is on its own', () => {
  const channel = globalThis.BroadcastChannel;
  globalThis.BroadcastChannel = class {
    constructor() {
      throw new DOMException('denied', 'SecurityError');
    }
  };
  try {
    const tabs = new Tabs('ann');
    tabs.share('hello');
    tabs.close();
  } finally {
    globalThis.BroadcastChannel = channel;
  }
});
