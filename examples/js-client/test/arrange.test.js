import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { ChatClient } from '../src/chat-client.js';
import { answered, arrange, compose, converse, forget, reachOf, receive } from '../src/history.js';
import { mergeEntries, mergeMessages } from '../src/merge.js';
import { MemoryStore } from '../src/memory-store.js';
import { MemoryTx } from './support.js';

const ME = 'ann';
const BOB = 'user:bob';
const hear = (tx, id, StoredAt) =>
  receive(tx, { From: 'bob', To: ME, MsgID: id, Text: id, StoredAt }, { me: ME, n: StoredAt, at: 1 });
const listed = (msgId, storedAt) => ({ msgId, from: 'bob', to: ME, text: msgId, storedAt: new Date(storedAt).toISOString() });

/** How the person keeps a conversation outlasts what happens in it; a deleted one is back with its next message. */
describe('an arranged conversation', () => {
  let tx;

  beforeEach(async () => {
    tx = new MemoryTx();
    await hear(tx, 'a', 1_000);
  });

  const bob = () => tx.conversations.get(BOB);
  const forgetAll = () => forget(tx, BOB, { upTo: reachOf(bob()), me: ME });

  test('keeps its marks', async () => {
    await arrange(tx, BOB, { isPinned: true });
    await arrange(tx, BOB, { isMuted: true });
    await hear(tx, 'b', 2_000);
    assert.deepEqual([bob().isPinned, bob().isMuted, bob().unread], [true, true, 2]);
    await arrange(tx, 'user:nobody', { isPinned: true });
    assert.equal(tx.conversations.has('user:nobody'), false);
  });

  test('leaves the archive with news, unless it is muted', async () => {
    await arrange(tx, BOB, { isArchived: true });
    await hear(tx, 'b', 2_000);
    assert.equal(bob().isArchived, false);
    await arrange(tx, BOB, { isArchived: true, isMuted: true });
    await hear(tx, 'c', 3_000);
    assert.equal(bob().isArchived, true);
  });

  test('is gone with its messages when it is deleted, and back with the next one', async () => {
    await forgetAll();
    assert.deepEqual([bob().isGone, bob().unread, bob().last, tx.messages.size], [true, 0, undefined, 0]);
    await mergeEntries(tx, [{ id: 'ann~bob', peer: 'bob', unread: 1, lastMessage: listed('a', 1_000) }], { me: ME, at: 1 });
    assert.equal(bob().isGone, true, 'an answer from before does not bring it back');
    await hear(tx, 'b', 2_000);
    assert.deepEqual([bob().isGone, bob().unread, bob().last.id], [false, 1, 'b']);
  });

  test('is back when the list has a later message, or the person begins it anew', async () => {
    await forgetAll();
    await mergeEntries(tx, [{ id: 'ann~bob', peer: 'bob', unread: 1, lastMessage: listed('b', 2_000) }], { me: ME, at: 1 });
    assert.equal(bob().isGone, false);
    await forgetAll();
    await converse(tx, { peer: 'bob', at: 5 });
    assert.equal(bob().isGone, false);
  });

  test('stays with what still waits to be sent', async () => {
    await compose(tx, { me: ME, conversation: BOB, id: 'mine', text: 'hi', at: 1_500, n: 7 });
    await forgetAll();
    assert.deepEqual([bob().isGone, bob().last.id, tx.messages.size], [false, 'mine', 1]);
  });

  test('stays with what came after the person was asked', async () => {
    const upTo = reachOf(bob());
    const mention = { From: 'bob', To: ME, MsgID: 'b', Text: '@ann', Mentions: [ME], StoredAt: 2_000 };
    await receive(tx, mention, { me: ME, n: 2_000, at: 1 });
    await forget(tx, BOB, { upTo, me: ME });
    assert.deepEqual(Array.from(tx.messages.keys()), ['bob b']);
    assert.deepEqual([bob().isGone, bob().last.id, bob().unread, bob().mentions], [false, 'b', 1, 1]);
    assert.deepEqual(bob().goneTo, { from: 'bob', id: 'a', place: 1_000 });
  });

  test('is deleted up to what the server has, and no further for a message that it refused', async () => {
    await compose(tx, { me: ME, conversation: BOB, id: 'mine', text: 'hi', at: 9_000, n: 7 });
    await answered(tx, { me: ME, id: 'mine', answer: { ok: false, Code: 'forbidden', Detail: 'no' }, at: 9_000 });
    assert.deepEqual(reachOf(bob()), { from: 'bob', id: 'a', place: 1_000 });
    await forgetAll();
    assert.deepEqual([bob().isGone, tx.messages.size, bob().goneTo.id], [true, 0, 'a']);
    await mergeEntries(tx, [{ id: 'ann~bob', peer: 'bob', unread: 1, lastMessage: listed('b', 2_000) }], { me: ME, at: 1 });
    assert.equal(bob().isGone, false);
  });

  test('stays deleted where a page comes that was asked for before', async () => {
    await hear(tx, 'b', 2_000);
    await forgetAll();
    const merge = (...items) => mergeMessages(tx, items, { me: ME, conversation: BOB, ticket: () => 1 });
    await merge(listed('b', 2_000), listed('a', 1_000));
    assert.deepEqual([bob().isGone, bob().last, tx.messages.size], [true, undefined, 0]);
    await merge(listed('c', 3_000), listed('b', 2_000));
    assert.deepEqual([bob().isGone, Array.from(tx.messages.keys())], [false, ['bob c']]);
  });

  test('leaves the archive with news that the list brings, unless it is muted', async () => {
    const list = (unread, last) =>
      mergeEntries(tx, [{ id: 'ann~bob', peer: 'bob', unread, lastMessage: last }], { me: ME, at: 1 });
    await arrange(tx, BOB, { isArchived: true });
    await list(1, listed('a', 1_000));
    assert.equal(bob().isArchived, true);
    await list(2, listed('b', 2_000));
    assert.equal(bob().isArchived, false);
    await arrange(tx, BOB, { isArchived: true, isMuted: true });
    await list(3, listed('c', 3_000));
    assert.equal(bob().isArchived, true);
  });
});

/** A client deletes no message that it has not heard of. */
describe('deleting a conversation', () => {
  const json = (body, status = 200) => ({ ok: status < 400, status, headers: new Map(), json: async () => body });
  const page = (items, nextCursor = null) => json({ items, nextCursor });
  const item = (msgId, storedAt) => ({ ...listed(msgId, storedAt), cursor: `c-${msgId}` });
  let asked;
  let answers;
  let client;
  let store;

  beforeEach(async () => {
    asked = [];
    store = new MemoryStore();
    await store.transact((tx) => hear(tx, 'b', 2_000));
    const socket = { on: () => {}, connect: () => {}, disconnect: () => {} };
    const fetch = async (url, { method }) => {
      const { pathname, search } = new URL(url);
      if (!pathname.startsWith('/v1/call-logs/')) {
        return page([]);
      }
      asked.push(`${method} ${pathname}${search}`);
      return answers.shift();
    };
    client = new ChatClient({ url: 'http://chat/', io: () => socket, user: ME, device: 'd', token: () => 't', store, fetch });
    await client.start();
  });

  test('ends with the newest message that is known here', async (context) => {
    context.after(() => client.close());
    answers = [page([item('d', 4_000), item('c', 3_000)], 'n'), page([item('b', 2_000), item('a', 1_000)]), json(null, 204)];
    await client.forget(BOB);
    assert.equal(asked[1], 'GET /v1/call-logs/ann~bob/messages?limit=200&before=n');
    assert.equal(asked[2], 'DELETE /v1/call-logs/ann~bob?upTo=c-b');
    assert.equal(client.conversations.get(BOB).isGone, true);
  });

  test('leaves what comes while the server deletes', async (context) => {
    context.after(() => client.close());
    const deleted = store.transact((tx) => hear(tx, 'c', 3_000)).then(() => json(null, 204));
    answers = [page([item('b', 2_000)]), deleted];
    await client.forget(BOB);
    assert.equal((await store.newest(BOB, 9)).map(({ id }) => id).join(), 'c');
    assert.deepEqual([client.conversations.get(BOB).isGone, client.conversations.get(BOB).unread], [false, 1]);
  });

  test('ends where the person was asked, whatever has come since', async (context) => {
    context.after(() => client.close());
    const upTo = reachOf(client.conversations.get(BOB));
    client.conversations.set(BOB, { ...client.conversations.get(BOB), last: { from: 'bob', id: 'z', place: 9_000 } });
    answers = [page([item('z', 9_000), item('b', 2_000)]), json(null, 204)];
    await client.forget(BOB, upTo);
    assert.equal(asked[1], 'DELETE /v1/call-logs/ann~bob?upTo=c-b');
  });

  test('asks the server for nothing where it has no history', async (context) => {
    context.after(() => client.close());
    answers = [json({ code: 'not_found' }, 404)];
    await client.forget(BOB);
    assert.equal(asked.length, 1);
    assert.equal(client.conversations.get(BOB).isGone, true);
  });

  test('leaves everything as it is where the server refuses it', async (context) => {
    context.after(() => client.close());
    answers = [page([item('b', 2_000)]), json({ code: 'forbidden', detail: 'no' }, 403)];
    await assert.rejects(client.forget(BOB), { code: 'forbidden' });
    assert.equal(client.conversations.get(BOB).isGone ?? false, false);
  });
});
