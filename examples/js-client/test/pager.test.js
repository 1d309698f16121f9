import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Pager } from '../src/pager.js';
import { Records } from '../src/records.js';
import { MemoryStore } from '../src/memory-store.js';
import { Tabs } from '../src/tabs.js';
import { receive } from '../src/history.js';
import { PAGE, PAGES } from '../src/limits.js';
import { mergeEntries } from '../src/merge.js';
import { RestError } from '../src/rest.js';
import { channels } from './support.js';

/** The log of one conversation; message m1 was stored at 1, m2 at 2 and so on. */
class LogApi {
  size = 0;

  async get(path, { limit, before, after }) {
    this.path = path;
    this.reads = (this.reads ?? 0) + 1;
    const upTo = before ? Number(before) - 1 : this.size;
    const all = Array.from({ length: Math.max(0, upTo - Number(after ?? 0)) }, (_, index) => upTo - index);
    const items = all.slice(0, limit).map((at) => ({
      msgId: `m${at}`, from: 'bob', to: 'ann', text: `text ${at}`, storedAt: new Date(at).toISOString(), status: 'sent',
      cursor: String(at),
    }));
    return { items, nextCursor: all.length > limit ? items.at(-1).cursor : null };
  }
}

describe('the history of an open conversation', () => {
  let api;
  let store;
  let records;
  let pager;

  beforeEach(() => {
    api = new LogApi();
    store = new MemoryStore();
    records = new Records({ store, tabs: new Tabs('ann', channels()) });
    pager = new Pager({ rest: api, store, records, me: 'ann', conversation: 'user:bob' });
  });

  const hear = (at) =>
    records.write((tx) => {
      const event = { From: 'bob', To: 'ann', MsgID: `m${at}`, Text: `text ${at}`, StoredAt: at };
      return receive(tx, event, { me: 'ann', n: at, at });
    });
  const whole = () => store.since('user:bob', pager.floor);
  const places = (messages) => messages.map(({ place }) => place);
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

  test('is what the store has, then page after page of the server down to the beginning', async () => {
    api.size = 2 * PAGE + 5;
    await hear(api.size);
    const kept = await pager.kept();
    assert.deepEqual([places(kept.records), kept.floor], [[api.size], -Infinity]);
    await pager.older();
    assert.equal(api.path, '/v1/call-logs/ann~bob/messages');
    assert.deepEqual(places(await pager.known()), range(PAGE + 6, api.size));
    await pager.older();
    assert.deepEqual(places(await pager.known()), range(6, PAGE + 6));
    assert.equal(pager.hasOlder, true);
    await pager.older();
    assert.deepEqual(places(await pager.known()), range(1, 6));
    assert.equal(pager.hasOlder, false);
    assert.deepEqual(places(await whole()), range(1, api.size));
  });

  test('never shows as one what has a hole: older ones of the store wait until the server filled it', async () => {
    await hear(1);
    api.size = PAGE + 10;
    await pager.older();
    assert.deepEqual(places(await whole()), range(11, api.size));
    await pager.older();
    assert.deepEqual(places(await whole()), range(1, api.size));
  });

  test('takes in what was missed, and starts over where that is too much', async () => {
    api.size = PAGE;
    await pager.older();
    api.size += 30;
    await pager.newer();
    assert.deepEqual(places(await whole()), range(1, PAGE + 30));
    const before = api.size;
    api.size += 10 * PAGE;
    await pager.newer();
    assert.deepEqual(places(await pager.known()), range(before + 5 * PAGE + 1, api.size));
    await pager.older();
    assert.equal(places(await whole())[0], before + 4 * PAGE + 1);
  });

  test('asks once for the same page, however often it is wished for', async () => {
    api.size = 3 * PAGE;
    await Promise.all([pager.older(), pager.older(), pager.older()]);
    assert.equal(api.reads, 1);
    assert.equal((await whole()).length, PAGE);
  });

  test('an empty conversation begins where it ends', async () => {
    await pager.older();
    assert.equal(pager.hasOlder, false);
    await hear(5);
    assert.deepEqual(places(await whole()), [5]);
  });

  test('begins with as many pages as hold all that is unread', async () => {
    api.size = 1_000;
    await pager.begin({ unread: 90 });
    assert.deepEqual([api.reads, pager.floor], [1, api.size - PAGES.large + 1]);
    const other = new Pager({ rest: api, store, records, me: 'ann', conversation: 'user:bob' });
    await other.begin({ unread: 100, readTo: 550 });
    assert.deepEqual([api.reads, other.floor], [4, api.size - 3 * PAGES.large + 1]);
  });

  test('begins with as many pages as lead to where the reader was', async () => {
    api.size = 1_000;
    await pager.begin({ position: { place: 700 } });
    assert.ok(pager.floor <= 700);
    assert.equal(api.reads, 2);
  });

  test('gives up on what is unread beyond some pages', async () => {
    api.size = 10_000;
    await pager.begin({ unread: 5_000 });
    assert.equal(api.reads, PAGES.atFirst);
  });

  test('goes on after an empty conversation has had its first messages', async () => {
    await pager.begin();
    assert.deepEqual(await pager.known(), []);
    api.size = 3;
    await pager.newer();
    assert.deepEqual([places(await pager.known()), pager.hasOlder], [range(1, 3), false]);
  });

  test('ends where the server shows none: to somebody who left the room', async () => {
    const refusing = { get: async () => Promise.reject(new RestError({ code: 'not_found', status: 404 })) };
    const left = new Pager({ rest: refusing, store, records, me: 'ann', conversation: 'room:team' });
    await assert.rejects(left.begin(), RestError);
    assert.deepEqual([left.hasOlder, left.isHidden], [false, true]);
    const none = new Pager({ rest: refusing, store, records, me: 'ann', conversation: 'user:carol' });
    await assert.rejects(none.begin(), RestError);
    assert.deepEqual([none.hasOlder, none.isHidden], [false, false]);
  });

  test('is whole in the store only with the newest message and exactly what is unread', async () => {
    const isWhole = async (goal) => (await pager.kept(goal)).isWhole;
    const lastIs = (at) => {
      const last = { msgId: `m${at}`, from: 'bob', to: 'ann', text: 'x', storedAt: new Date(at).toISOString() };
      const entry = { peer: 'bob', unread: 0, lastMessage: last };
      return records.write((tx) => mergeEntries(tx, [entry], { me: 'ann', at }));
    };
    assert.equal(await isWhole(), false, 'nothing is known of an empty one');
    for (const at of range(1, 10)) {
      await hear(at);
    }
    assert.equal(await isWhole(), true);
    assert.equal(await isWhole({ unread: 4, readTo: 6 }), true);
    assert.equal(await isWhole({ unread: 5, readTo: 6 }), false, 'one was not kept');
    assert.equal(await isWhole({ unread: 100, readTo: 0 }), false, 'the server counted no further');
    await lastIs(11);
    assert.equal(await isWhole({ unread: 4, readTo: 6 }), false, 'there is a newer one');
    assert.equal(await isWhole(), false);
  });
});
