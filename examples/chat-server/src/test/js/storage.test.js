import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MemoryStore } from '../../main/resources/web/js/app/memory-store.js';
import { Tabs } from '../../main/resources/web/js/app/tabs.js';
import { Texts } from '../../main/resources/web/js/app/texts.js';
import { Drafts } from '../../main/resources/web/js/view/drafts.js';
import { settled } from './support.js';

describe('short texts', () => {
  test('are in the browser’s storage', () => {
    const kept = new Map();
    const storage = {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, text) => kept.set(name, text),
      removeItem: (name) => kept.delete(name),
    };
    new Texts(() => storage).set('a', 'x');
    const texts = new Texts(() => storage);
    assert.equal(texts.get('a'), 'x');
    texts.remove('a');
    assert.equal(texts.get('a'), null);
    assert.equal(kept.size, 0);
  });

  test('are in memory where the browser refuses its storage', () => {
    const texts = new Texts(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    assert.equal(texts.get('a'), null);
    texts.set('a', 'x');
    assert.equal(texts.get('a'), 'x');
    texts.remove('a');
    assert.equal(texts.get('a'), null);
  });
});

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

describe('drafts', () => {
  test('are kept one at a time, and of those that wait only the last of a conversation', async () => {
    const kept = [];
    let release;
    const drafts = new Drafts((id, text) => {
      kept.push(`${id} ${text}`);
      return new Promise((resolve) => {
        release = resolve;
      });
    });
    ['a', 'ab', 'abc'].forEach((text) => drafts.put('one', text));
    drafts.put('two', 'x');
    assert.deepEqual(kept, ['one a']);
    for (let i = 0; i < 3; i += 1) {
      release();
      await settled();
    }
    assert.deepEqual(kept, ['one a', 'one abc', 'two x']);
  });
});
