import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { ChatClient } from '../src/chat-client.js';
import { arrange, compose, converse, forget, receive } from '../src/history.js';
import { mergeEntries } from '../src/merge.js';
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
    await forget(tx, BOB);
    assert.deepEqual([bob().isGone, bob().unread, bob().last, tx.messages.size], [true, 0, undefined, 0]);
    await mergeEntries(tx, [{ id: 'ann~bob', peer: 'bob', unread: 1, lastMessage: listed('a', 1_000) }], { me: ME, at: 1 });
    assert.equal(bob().isGone, true, 'an answer from before does not bring it back');
    await hear(tx, 'b', 2_000);
    assert.deepEqual([bob().isGone, bob().unread, bob().last.id], [false, 1, 'b']);
  });

  test('is back when the list has a later message, or the person begins it anew', async () => {
    await forget(tx, BOB);
    await mergeEntries(tx, [{ id: 'ann~bob', peer: 'bob', unread: 1, lastMessage: listed('b', 2_000) }], { me: ME, at: 1 });
    assert.equal(bob().isGone, false);
    await forget(tx, BOB);
    await converse(tx, { peer: 'bob', at: 5 });
    assert.equal(bob().isGone, false);
  });

  test('stays with what still waits to be sent', async () => {
    await compose(tx, { me: ME, conversation: BOB, id: 'mine', text: 'hi', at: 1_500, n: 7 });
    await forget(tx, BOB);
    assert.deepEqual([bob().isGone, bob().last.id, tx.messages.size], [false, 'mine', 1]);
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

  beforeEach(async () => {
    asked = [];
    const store = new MemoryStore();
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
