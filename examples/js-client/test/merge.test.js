import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { answered, compose, receive, seen, seenTold } from '../src/history.js';
import { mergeEntries, mergeMessages, mergeRooms } from '../src/merge.js';
import { MemoryTx } from './support.js';

const ME = 'alice';
const WITH_BOB = 'user:bob';

const time = (ms) => new Date(ms).toISOString();

/** A message as REST lists it. */
function item(msgId, storedAt, { from = 'bob', status = 'delivered', room } = {}) {
  const address = room ? { room } : { to: from === ME ? 'bob' : ME };
  return { msgId, from, ...address, text: `text ${msgId}`, storedAt: time(storedAt), status, cursor: `c-${msgId}` };
}

/** A conversation as REST lists it. */
function entry(lastMessage, unread) {
  return { id: 'alice~bob', peer: 'bob', unread, lastMessage };
}

describe('merging', () => {
  let tx;
  let n;

  beforeEach(() => {
    tx = new MemoryTx();
    n = 0;
  });

  const ticket = () => (n += 1);
  const merge = (...items) => mergeMessages(tx, items, { me: ME, conversation: WITH_BOB, ticket });
  const list = (...entries) => mergeEntries(tx, entries, { me: ME, at: 1 });
  const hear = (id, StoredAt) =>
    receive(tx, { From: 'bob', To: ME, MsgID: id, Text: `text ${id}`, StoredAt }, { me: ME, n: ticket(), at: 1 });
  const write = (id) => compose(tx, { me: ME, conversation: WITH_BOB, id, text: `text ${id}`, at: 1_000, n: ticket() });
  const bob = () => tx.conversations.get(WITH_BOB);
  const message = (id, from = 'bob') => tx.messages.get(`${from} ${id}`);
  const visited = async () => {
    const ids = [];
    await tx.eachBefore(WITH_BOB, Infinity, ({ id }) => ids.push(id));
    return ids;
  };

  describe('a page of messages', () => {
    test('stands among what came as events, each message once', async () => {
      await hear('b', 2_000);
      await hear('d', 4_000);
      await merge(item('d', 4_000), item('c', 3_000), item('b', 2_000), item('a', 1_000));
      assert.deepEqual(await visited(), ['d', 'c', 'b', 'a']);
    });

    test('counts nothing as unread and leaves the last message alone', async () => {
      await hear('d', 4_000);
      await merge(item('c', 3_000), item('b', 2_000));
      assert.equal(bob().unread, 1);
      assert.equal(bob().last.id, 'd');
    });

    test('keeps the order of the page for messages of the same instant', async () => {
      await merge(item('b', 2_000), item('a', 2_000));
      assert.deepEqual(await visited(), ['b', 'a']);
    });

    test('raises our messages and never lowers them', async () => {
      await merge(item('a', 1_000, { from: ME, status: 'displayed' }));
      await merge(item('a', 1_000, { from: ME, status: 'sent' }));
      assert.equal(message('a', ME).state, 'displayed');
    });

    test('gives a message that waits for its answer its place, and leaves it queued', async () => {
      await write('a');
      await merge(item('a', 3_000, { from: ME, status: 'sent' }));
      assert.equal(message('a', ME).place, 3_000);
      assert.equal(message('a', ME).state, 'sent');
      assert.notEqual(message('a', ME).queued, undefined);
    });

    test('ends the failure of a message that the server has after all', async () => {
      await write('a');
      await answered(tx, { me: ME, id: 'a', answer: { ok: false, Code: 'internal', Detail: 'no' }, at: 1 });
      await merge(item('a', 3_000, { from: ME, status: 'delivered' }));
      assert.equal(message('a', ME).state, 'delivered');
      assert.equal('detail' in message('a', ME), false);
    });

    test('tells which message of theirs is the newest to be seen', async () => {
      await merge(item('b', 2_000, { from: ME }), item('a', 1_000));
      assert.deepEqual(bob().lastIncoming, { from: 'bob', id: 'a', place: 1_000 }, ME);
    });
  });

  describe('the list of conversations', () => {
    test('brings conversations with their last message and the unread count', async () => {
      await list(entry(item('c', 3_000), 2));
      assert.equal(bob().last.text, 'text c');
      assert.equal(bob().unread, 2);
      assert.equal(tx.messages.size, 0);
    });

    test('does not count again what then comes as an event', async () => {
      await list(entry(item('b', 2_000), 2));
      await hear('a', 1_000);
      await hear('b', 2_000);
      await hear('c', 3_000);
      assert.equal(bob().unread, 3);
    });

    test('takes what was read on another device as read', async () => {
      await hear('a', 1_000);
      await list(entry(item('a', 1_000), 0));
      assert.equal(bob().unread, 0);
    });

    test('an answer that is older than what came meanwhile changes no count', async () => {
      await hear('a', 1_000);
      await hear('b', 2_000);
      await list(entry(item('a', 1_000), 1));
      assert.equal(bob().unread, 2);
      assert.equal(bob().last.id, 'b');
    });

    test('an answer without the last message of a millisecond changes no count', async () => {
      await hear('a', 1_000);
      await hear('b', 1_000);
      await list(entry(item('a', 1_000), 1));
      assert.equal(bob().unread, 2);
      await list(entry(item('b', 1_000), 1));
      assert.equal(bob().unread, 1);
    });

    test('what was seen here and not told yet stays seen', async () => {
      await hear('a', 1_000);
      await seen(tx, WITH_BOB, { from: 'bob', id: 'a', place: 1_000 });
      await list(entry(item('a', 1_000), 1));
      assert.equal(bob().unread, 0);
      await seenTold(tx, WITH_BOB, 'a');
      await list(entry(item('b', 2_000), 1));
      assert.equal(bob().unread, 1);
    });

    test('the count of mentions is the server\'s wherever the unread count is', async () => {
      await list({ ...entry(item('a', 1_000), 3), mentions: 2 });
      assert.deepEqual([bob().unread, bob().mentions], [3, 2]);
      await list({ ...entry(item('a', 1_000), 1), mentions: 0 });
      assert.deepEqual([bob().unread, bob().mentions], [1, 0]);
    });

    test('a message that waits to be sent stays the last one', async () => {
      await write('z');
      await list(entry(item('c', 3_000), 0));
      assert.equal(bob().last.id, 'z');
    });

    test('raises the state of the last message', async () => {
      await list(entry(item('a', 1_000, { from: ME, status: 'sent' }), 0));
      await list(entry(item('a', 1_000, { from: ME, status: 'displayed' }), 0));
      await list(entry(item('a', 1_000, { from: ME, status: 'delivered' }), 0));
      assert.equal(bob().last.state, 'displayed');
    });

    test('said twice it writes nothing the second time', async () => {
      await list(entry(item('a', 1_000), 1));
      const before = bob();
      await list(entry(item('a', 1_000), 1));
      assert.equal(bob(), before);
    });
  });

  describe('rooms', () => {
    const rooms = (...all) =>
      mergeRooms(tx, all.map((id) => ({ id, name: `Room ${id}`, role: 'member', joinedAt: time(500) })), { at: 1 });

    test('come with their names, and without a message too', async () => {
      await rooms('r');
      assert.equal(tx.conversations.get('room:r').name, 'Room r');
      assert.equal(tx.conversations.get('room:r').createdAt, 500);
    });

    test('one that is missing was left, until it is there again', async () => {
      await rooms('r', 's');
      await hear('a', 1_000);
      await rooms('s');
      assert.equal(tx.conversations.get('room:r').left, true);
      assert.equal(tx.conversations.get('room:s').left, false);
      assert.equal(bob().left, undefined);
      await rooms('r', 's');
      assert.equal(tx.conversations.get('room:r').left, false);
    });
  });
});
