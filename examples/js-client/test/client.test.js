import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { describe, test } from 'node:test';
import { Backoff } from '../src/backoff.js';
import { newDeviceId, newMessageId, nextTicket } from '../src/ids.js';
import { raised, reaches } from '../src/message-state.js';
import { TypingSignal, TypingWatch } from '../src/typing.js';
import { conversationOf, logId, partner } from '../src/conversation.js';
import {
  contentOf, contentOfItem, isWellFormed, loggedAt, messageEvent, receiptEvent, textBytes, typingEvent,
} from '../src/wire.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids', () => {
  test('a message id is a UUID, also where randomUUID is missing', () => {
    const insecure = { getRandomValues: (bytes) => webcrypto.getRandomValues(bytes) };
    assert.match(newMessageId(webcrypto), UUID);
    assert.match(newMessageId(insecure), UUID);
    assert.notEqual(newMessageId(insecure), newMessageId(insecure));
  });

  test('a device id fits the alphabet of ids', () => {
    assert.match(newDeviceId(webcrypto), /^web-[0-9a-f]{16}$/);
  });

  test('tickets only grow, even when the clock goes back', () => {
    const first = nextTicket(2_000_000);
    assert.ok(nextTicket(1_000_000) > first);
  });
});

describe('message state', () => {
  const GROWTH = ['pending', 'sent', 'delivered', 'displayed'];

  test('grows and never shrinks', () => {
    GROWTH.forEach((low, index) => {
      for (const high of GROWTH.slice(index)) {
        assert.equal(raised(low, high), high);
        assert.equal(raised(high, low), high);
        assert.equal(reaches(high, low), true);
      }
    });
  });

  test('a failed message that the server has after all is no longer failed', () => {
    assert.equal(raised('failed', 'sent'), 'sent');
    assert.equal(raised('failed', 'pending'), 'failed');
  });
});

describe('backoff', () => {
  test('doubles up to the longest pause, with jitter below it, and starts anew', () => {
    const highest = new Backoff({ first: 100, longest: 1_000 }, () => 1);
    assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => highest.next()), [100, 200, 400, 800, 1_000, 1_000]);
    highest.reset();
    assert.equal(highest.next(), 100);
    assert.equal(new Backoff({ first: 100, longest: 1_000 }, () => 0).next(), 50);
  });
});

describe('wire', () => {
  test('a message carries the names of the protocol, and whole seconds', () => {
    const event = messageEvent({ from: '1', to: '2', id: 'a', text: 'hi', at: 1_700_000_000_999 });
    assert.deepEqual(event, {
      EvtType: 'message', From: '1', To: '2', MsgID: 'a', Timestamp: 1_700_000_000, Text: 'hi',
    });
  });

  test('a receipt names the message that it is about', () => {
    const { Timestamp, ...event } = receiptEvent('display', { from: '2', to: '1', id: 'a' });
    assert.deepEqual(event, { EvtType: 'display', From: '2', To: '1', MsgID: 'a' });
    assert.equal(Number.isInteger(Timestamp), true);
  });

  test('what goes to a room names the room; only a receipt names its author too', () => {
    const message = messageEvent({ from: '1', room: 'r', id: 'a', text: 'hi', at: 0 });
    assert.equal(message.Room, 'r');
    assert.equal('To' in message, false);
    const { Timestamp, ...typing } = typingEvent({ from: '1', room: 'r' });
    assert.deepEqual(typing, { EvtType: 'typing', From: '1', Room: 'r' });
    const receipt = receiptEvent('display', { from: '1', to: '2', room: 'r', id: 'a' });
    assert.deepEqual([receipt.To, receipt.Room], ['2', 'r']);
  });

  test('the time in the call log is what orders messages', () => {
    assert.equal(loggedAt({ StoredAt: 5, LoggedAt: 3 }), 3);
    assert.equal(loggedAt({ StoredAt: 5 }), 5);
  });

  test('text is measured in bytes of UTF-8', () => {
    assert.equal(textBytes('aé안👋'), 1 + 2 + 3 + 4);
  });
});

describe('content', () => {
  const address = { from: 'ann', to: 'bob', id: 'a', at: 1_000 };

  test('goes out with what a message has beside its text, and with nothing else', () => {
    const content = { type: 'shop.order', data: { order: 17 }, replyTo: { from: 'bob', id: 'b', text: 'x' } };
    assert.deepEqual(messageEvent({ ...address, text: '', ...content, mentions: ['bob'], state: 'pending', n: 1 }), {
      EvtType: 'message', From: 'ann', To: 'bob', MsgID: 'a', Timestamp: 1, Type: 'shop.order', Data: { order: 17 },
      ReplyTo: { From: 'bob', MsgID: 'b' }, Mentions: ['bob'],
    });
    assert.equal('Type' in messageEvent({ ...address, text: 'hi' }), false);
  });

  test('names its files by their ids, with the size of pictures, and has all of them when it comes in', () => {
    const boat = { id: 'f1', name: 'boat.jpg', type: 'image/jpeg', bytes: 9, width: 12, height: 8 };
    const note = { id: 'f2', type: 'text/plain', bytes: 1 };
    const event = messageEvent({ ...address, text: '', attachments: [boat, note] });
    assert.deepEqual(event.Attachments, [{ id: 'f1', width: 12, height: 8 }, { id: 'f2' }]);
    assert.deepEqual(contentOf({ Attachments: [boat] }), { text: '', attachments: [boat] });
    assert.deepEqual(contentOfItem({ text: 'a', attachments: [boat] }), { text: 'a', attachments: [boat] });
    assert.equal('Attachments' in messageEvent({ ...address, text: 'hi', attachments: [] }), false);
  });

  test('comes in from the wire and from the call log alike', () => {
    const event = { Text: 'hi', Type: 'text', ReplyTo: { From: 'bob', MsgID: 'b' }, Mentions: [] };
    assert.deepEqual(contentOf(event), { text: 'hi', replyTo: { from: 'bob', id: 'b' } });
    assert.deepEqual(contentOf({ Type: 'shop.order', Data: { a: 1 } }), { text: '', type: 'shop.order', data: { a: 1 } });
    const item = { text: 'hi', type: 'text', replyTo: { from: 'bob', msgId: 'b', type: 'text', text: 'what?' } };
    assert.deepEqual(contentOfItem(item), { text: 'hi', replyTo: { from: 'bob', id: 'b', text: 'what?' } });
  });

  test('may do without a text beside data or another type', () => {
    const event = { EvtType: 'message', From: 'bob', To: 'ann', MsgID: 'a' };
    assert.equal(isWellFormed({ ...event, Data: {} }), true);
    assert.equal(isWellFormed({ ...event, Type: 'shop.order' }), true);
    assert.equal(isWellFormed({ ...event, Attachments: [{ id: 'f1' }] }), true);
    assert.equal(isWellFormed(event), false);
    assert.equal(isWellFormed({ ...event, Text: 7 }), false);
  });
});

describe('typing', () => {
  test('goes out at most every three seconds per conversation, and anew after a message', () => {
    let now = 0;
    const sent = [];
    const typing = new TypingSignal((conversation) => sent.push([conversation, now]), () => now);
    for (now of [0, 1_000, 2_999, 3_000]) {
      typing.keystroke('a');
    }
    typing.keystroke('b');
    now = 3_500;
    typing.finished('a');
    typing.keystroke('a');
    assert.deepEqual(sent, [['a', 0], ['a', 3_000], ['b', 3_000], ['a', 3_500]]);
  });
});

describe('who is typing', () => {
  test('is told once when they begin and once when their message comes', () => {
    const changes = [];
    const watch = new TypingWatch((conversation) => changes.push(conversation));
    watch.heard('room:r', 'bob');
    watch.heard('room:r', 'bob');
    watch.heard('room:r', 'carol');
    assert.deepEqual(watch.writers('room:r'), ['bob', 'carol']);
    watch.stopped('room:r', 'bob');
    watch.stopped('room:r', 'bob');
    assert.deepEqual(watch.writers('room:r'), ['carol']);
    assert.deepEqual(changes, ['room:r', 'room:r', 'room:r']);
    watch.close();
    assert.deepEqual(watch.writers('room:r'), []);
  });

  test('ends everywhere when they leave', () => {
    const changes = [];
    const watch = new TypingWatch((conversation) => changes.push(conversation));
    watch.heard('room:r', 'bob');
    watch.heard('user:bob', 'bob');
    watch.heard('room:r', 'carol');
    watch.left(['bob', 'dave']);
    assert.deepEqual(watch.writers('room:r'), ['carol']);
    assert.deepEqual(watch.writers('user:bob'), []);
    assert.equal(changes.length, 5);
    watch.close();
  });
});

describe('conversations', () => {
  test('are those of the other side, or of the room', () => {
    assert.equal(conversationOf({ From: '1', To: '2' }, '1'), 'user:2');
    assert.equal(conversationOf({ From: '2', To: '1' }, '1'), 'user:2');
    assert.equal(conversationOf({ From: '2', To: '1', Room: 'r' }, '1'), 'room:r');
  });

  test('say whom they are with, also where an id has a colon', () => {
    assert.deepEqual(partner('user:urn:a'), { peer: 'urn:a' });
    assert.deepEqual(partner('room:r'), { room: 'r' });
  });

  test('have the id on the server that the smaller user begins', () => {
    assert.equal(logId('user:bob', 'alice'), 'alice~bob');
    assert.equal(logId('user:alice', 'bob'), 'alice~bob');
    assert.equal(logId('user:a', 'Z'), 'Z~a');
    assert.equal(logId('room:team', 'bob'), '~team');
  });
});
