import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import {
  amend, answered, byPlace, compose, converse, draft, receipt, receive, retry, seen, seenElsewhere, seenTold,
} from '../src/history.js';
import { MemoryTx } from './support.js';

const ME = '5551';
const BOB = '5552';
const WITH_BOB = `user:${BOB}`;

describe('history', () => {
  let tx;
  let n;

  beforeEach(() => {
    tx = new MemoryTx();
    n = 0;
  });

  const write = (id, at = 1_000) =>
    compose(tx, { me: ME, conversation: WITH_BOB, id, text: `text ${id}`, at, n: (n += 1) });
  const accept = (id, StoredAt) => answered(tx, { me: ME, id, answer: { ok: true, StoredAt }, at: 9_999 });
  const refuse = (id, Code) => answered(tx, { me: ME, id, answer: { ok: false, Code, Detail: 'No.' }, at: 9_999 });
  const hear = (id, StoredAt, From = BOB) => {
    const event = { From, To: From === ME ? BOB : ME, MsgID: id, Text: `text ${id}`, StoredAt };
    return receive(tx, event, { me: ME, n: (n += 1), at: 9_999 });
  };
  const prove = (kind, id, From = BOB) => receipt(tx, { EvtType: kind, From, To: ME, MsgID: id }, ME);
  const mine = (id) => tx.messages.get(`${ME} ${id}`);
  const bob = () => tx.conversations.get(WITH_BOB);
  const order = () => Array.from(tx.messages.values()).sort(byPlace).map(({ id }) => id);

  test('a written message is pending and queued, and the last of its conversation', async () => {
    await write('a');
    assert.equal(mine('a').state, 'pending');
    assert.equal(mine('a').queued, 1);
    assert.equal(bob().last.id, 'a');
    assert.equal(bob().unread, 0);
  });

  test('an accepted message is sent, no longer queued, and stands where the server stored it', async () => {
    await write('a');
    await hear('b', 1_500);
    assert.deepEqual(order(), ['b', 'a']);
    await accept('a', 1_400);
    assert.deepEqual(order(), ['a', 'b']);
    assert.equal(mine('a').state, 'sent');
    assert.equal('queued' in mine('a'), false);
    assert.equal(bob().last.id, 'b');
  });

  test('receipts only raise', async () => {
    await write('a');
    await accept('a', 2_000);
    await prove('display', 'a');
    await prove('delivery', 'a');
    await accept('a', 2_000);
    assert.equal(mine('a').state, 'displayed');
  });

  test('a receipt that overtakes the answer raises, and leaves the message queued for its place', async () => {
    await write('a');
    await prove('delivery', 'a');
    assert.equal(mine('a').state, 'delivered');
    assert.equal(mine('a').queued, 1);
    await accept('a', 2_000);
    assert.equal(mine('a').state, 'delivered');
    assert.equal(mine('a').place, 2_000);
    assert.equal('queued' in mine('a'), false);
  });

  test('a receipt speaks for the earlier messages, not for later, pending or failed ones', async () => {
    await write('a');
    await write('b');
    await write('c');
    await write('d', 500);
    await write('e');
    await accept('a', 2_000);
    await accept('b', 2_001);
    await accept('c', 2_002);
    await refuse('d', 'forbidden');
    await prove('display', 'b');
    assert.deepEqual(['a', 'b', 'c', 'd', 'e'].map((id) => mine(id).state), [
      'displayed', 'displayed', 'sent', 'failed', 'pending',
    ]);
  });

  test('a receipt from somebody else changes nothing', async () => {
    await write('a');
    await accept('a', 2_000);
    await prove('display', 'a', '6666');
    await prove('display', 'unknown');
    assert.equal(mine('a').state, 'sent');
  });

  test('a refused message is failed with the reason, and stays behind what was there', async () => {
    await hear('x', 5_000);
    await write('a', 1_000);
    await refuse('a', 'forbidden');
    await hear('y', 6_000);
    assert.equal(mine('a').state, 'failed');
    assert.equal(mine('a').detail, 'No.');
    assert.deepEqual(order(), ['x', 'a', 'y']);
  });

  test('a late refusal does not undo what a receipt proved', async () => {
    await write('a');
    await prove('delivery', 'a');
    await refuse('a', 'forbidden');
    assert.equal(mine('a').state, 'delivered');
    assert.equal('queued' in mine('a'), false);
  });

  test('a retry keeps the id, unless the id itself was the trouble', async () => {
    await write('a');
    await refuse('a', 'forbidden');
    assert.equal((await retry(tx, { me: ME, id: 'a', newId: 'z', n: 7 })).id, 'a');
    assert.equal(mine('a').queued, 7);
    await refuse('a', 'conflict');
    assert.equal((await retry(tx, { me: ME, id: 'a', newId: 'z', n: 8 })).id, 'z');
    assert.equal(mine('a'), undefined);
    assert.equal(mine('z').text, 'text a');
    assert.equal(bob().last.id, 'z');
  });

  test('only a failed message is retried', async () => {
    await write('a');
    assert.equal(await retry(tx, { me: ME, id: 'a', newId: 'z', n: 7 }), null);
    assert.equal(await retry(tx, { me: ME, id: 'none', newId: 'z', n: 7 }), null);
  });

  test('a received message counts as unread once, however often it comes', async () => {
    assert.equal((await hear('a', 2_000)).state, 'received');
    assert.equal(await hear('a', 2_000), null);
    assert.equal(bob().unread, 1);
    assert.equal(tx.messages.size, 1);
  });

  test('a message that was deleted before it came counts as nothing unread', async () => {
    const event = { From: BOB, To: ME, MsgID: 'a', StoredAt: 2_000, DeletedAt: 2_001 };
    await receive(tx, event, { me: ME, n: (n += 1), at: 9_999 });
    assert.deepEqual([bob().unread, bob().last.deletedAt], [0, 2_001]);
  });

  test('a refused message is not the newest of its conversation, however this clock goes', async () => {
    await hear('x', 5_000);
    await write('a', 90_000);
    await refuse('a', 'forbidden');
    assert.deepEqual(bob().newest, { from: BOB, id: 'x', place: 5_000 });
  });

  test('the same id from two senders is two messages', async () => {
    await hear('a', 2_000);
    assert.notEqual(await hear('a', 2_000, '5553'), null);
    assert.equal(tx.messages.size, 2);
  });

  test('a copy of what another device sent is shown as sent and not as unread', async () => {
    assert.equal((await hear('a', 2_000, ME)).state, 'sent');
    assert.equal(mine('a').conversation, WITH_BOB);
    assert.equal(bob().unread, 0);
    assert.equal(bob().peer, BOB);
  });

  test('a copy of a message of this device proves that the server has it', async () => {
    await write('a');
    assert.equal(await hear('a', 2_000, ME), null);
    assert.equal(mine('a').state, 'sent');
  });

  test('a copy of a message that failed here gives it the place that the server gave it', async () => {
    await write('a', 90_000);
    await refuse('a', 'internal');
    await hear('a', 2_000, ME);
    assert.deepEqual([mine('a').state, mine('a').place, bob().newest.place], ['sent', 2_000, 2_000]);
  });

  test('messages of the same instant stay in the order they came in', async () => {
    await hear('b', 2_000);
    await hear('a', 2_000);
    assert.deepEqual(order(), ['b', 'a']);
  });

  test('seeing a message leaves those after it unread, and remembers what to tell', async () => {
    await hear('a', 2_000);
    await hear('b', 2_001);
    await hear('c', 2_001);
    await seen(tx, WITH_BOB, { from: BOB, id: 'b', place: 2_001 }, ME);
    assert.equal(bob().unread, 1);
    assert.deepEqual(bob().seen, { from: BOB, id: 'b', place: 2_001 });
    await seenTold(tx, WITH_BOB, 'b');
    assert.equal(bob().told, 'b');
  });

  test('seeing the newest message clears the count, and an older one afterwards changes nothing', async () => {
    await hear('a', 2_000);
    await hear('b', 2_001);
    await seen(tx, WITH_BOB, { from: BOB, id: 'b', place: 2_001 }, ME);
    await seen(tx, WITH_BOB, { from: BOB, id: 'a', place: 2_000 }, ME);
    assert.equal(bob().unread, 0);
    assert.equal(bob().seen.id, 'b');
  });

  test('mentions of this user are counted with the unread messages, and seen with them', async () => {
    const hearMention = (id, StoredAt, Mentions) =>
      receive(tx, { From: BOB, To: ME, MsgID: id, Text: '@', Mentions, StoredAt }, { me: ME, n: (n += 1), at: 9_999 });
    await hearMention('a', 2_000, [ME]);
    await hearMention('b', 2_001, ['somebody']);
    await hearMention('c', 2_002, [ME, 'somebody']);
    assert.deepEqual([bob().unread, bob().mentions], [3, 2]);
    await seen(tx, WITH_BOB, { from: BOB, id: 'b', place: 2_001 }, ME);
    assert.deepEqual([bob().unread, bob().mentions], [1, 1]);
    await seen(tx, WITH_BOB, { from: BOB, id: 'c', place: 2_002 }, ME);
    assert.deepEqual([bob().unread, bob().mentions], [0, 0]);
  });

  test('a draft stays with its conversation until it is empty', async () => {
    await hear('a', 2_000);
    await draft(tx, WITH_BOB, 'to be cont');
    await hear('b', 2_001);
    assert.equal(bob().draft, 'to be cont');
    await draft(tx, WITH_BOB, '');
    assert.equal('draft' in bob(), false);
    await draft(tx, 'user:unknown', 'x');
    assert.equal(tx.conversations.has('user:unknown'), false);
  });

  test('what the server has counted already is not counted again when it comes', async () => {
    await tx.putConversation({ id: WITH_BOB, peer: BOB, unread: 2, newest: null, countedTo: { from: BOB, id: 'b', place: 2_001 } });
    await hear('a', 2_000);
    await hear('b', 2_001);
    assert.equal(bob().unread, 2);
    await hear('c', 2_002);
    assert.equal(bob().unread, 3);
  });

  test('messages of the millisecond up to which the server counted are counted by their positions', async () => {
    const countedTo = { from: BOB, id: 'b', place: 2_001 };
    await tx.putConversation({ id: WITH_BOB, peer: BOB, unread: 2, newest: null, countedTo });
    await hear('a', 2_001);
    await hear('c', 2_001);
    assert.equal(bob().unread, 3);
    assert.deepEqual(bob().lastIncoming, { from: BOB, id: 'c', place: 2_001 });
  });

  test('a receipt raises no later message of the same millisecond', async () => {
    for (const id of ['b', 'a', 'c']) {
      await write(id);
      await accept(id, 2_000);
    }
    await receipt(tx, { EvtType: 'display', From: BOB, To: ME, MsgID: 'b' }, ME);
    assert.deepEqual(['a', 'b', 'c'].map((id) => mine(id).state), ['displayed', 'displayed', 'sent']);
  });

  test('a message in a room stands where the call log has it, and a receipt of any member counts', async () => {
    const room = { conversation: 'room:r', me: ME };
    await compose(tx, { ...room, id: 'a', text: 'hi', at: 1_000, n: (n += 1) });
    assert.equal(mine('a').room, 'r');
    assert.equal('to' in mine('a'), false);
    await accept('a', 2_000);
    const event = { From: BOB, To: ME, Room: 'r', MsgID: 'b', Text: 'ho', StoredAt: 3_000, LoggedAt: 1_500 };
    await receive(tx, event, { me: ME, n: (n += 1), at: 9_999 });
    assert.deepEqual(order(), ['b', 'a']);
    await receipt(tx, { EvtType: 'display', From: '5553', To: ME, Room: 'r', MsgID: 'a' }, ME);
    assert.equal(mine('a').state, 'displayed');
  });

  test('a change applies to the message that it is about, and to what the list shows of it', async () => {
    await hear('a', 2_000);
    const about = { From: BOB, About: { From: BOB, MsgID: 'a' } };
    await amend(tx, { EvtType: 'edit', ...about, Text: 'better', LoggedAt: 2_005 });
    assert.equal(tx.messages.get(`${BOB} a`).text, 'better');
    assert.equal(bob().last.text, 'better');
    assert.equal(bob().unread, 1);
    await amend(tx, { EvtType: 'delete', ...about, LoggedAt: 2_006 });
    assert.equal(bob().last.deletedAt, 2_006);
    await amend(tx, { EvtType: 'delete', From: BOB, About: { From: BOB, MsgID: 'unknown' } });
    assert.equal(tx.messages.has(`${BOB} unknown`), false);
  });

  test('what happened to a room counts as nothing unread', async () => {
    const event = { From: BOB, To: ME, Room: 'r', MsgID: 's', Type: 'system.renamed', Text: '', StoredAt: 2_000 };
    await receive(tx, event, { me: ME, n: (n += 1), at: 1 });
    const room = tx.conversations.get('room:r');
    assert.deepEqual([room.unread, room.last.state], [0, 'noted']);
  });

  test('what was seen on another device is seen here, and not told again', async () => {
    await hear('a', 2_000);
    await hear('b', 2_001);
    await seenElsewhere(tx, { EvtType: 'display', From: ME, To: BOB, MsgID: 'a', FromDevice: 'phone' }, ME);
    assert.deepEqual([bob().unread, bob().seen.id, bob().told], [1, 'a', 'a']);
  });

  test('a conversation started twice stays as it is', async () => {
    assert.equal(await converse(tx, { peer: BOB, at: 1_000 }), WITH_BOB);
    await hear('a', 2_000);
    await converse(tx, { peer: BOB, at: 3_000 });
    assert.equal(bob().unread, 1);
    assert.equal(bob().createdAt, 1_000);
  });
});
