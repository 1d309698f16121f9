import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Outbox } from '../src/outbox.js';
import { settled, Timers } from './support.js';

const OK = { ok: true };
const LATER = { ok: false, Retry: true, RetryAfterMs: 700 };
const REFUSED = { ok: false, Retry: false, Code: 'forbidden' };

describe('Outbox', () => {
  let timers;
  let sent;
  let answers;
  let outbox;

  beforeEach(() => {
    timers = new Timers();
    sent = [];
    answers = [];
    outbox = new Outbox({
      send: (message) => new Promise((resolve, reject) => sent.push({ id: message.id, resolve, reject })),
      onAnswer: (message, answer) => answers.push([message.id, answer.ok]),
      clock: timers,
    });
  });

  const add = (id, conversation = 'user:2') => outbox.add({ id, conversation });
  const ids = () => sent.map(({ id }) => id);
  const answer = async (index, value) => {
    sent[index].resolve(value);
    await settled();
  };

  test('sends nothing before it is open, then in the order added', async () => {
    add('a');
    add('b');
    assert.deepEqual(ids(), []);
    outbox.open();
    await answer(0, OK);
    await answer(1, OK);
    assert.deepEqual(ids(), ['a', 'b']);
    assert.deepEqual(answers, [['a', true], ['b', true]]);
    assert.equal(outbox.size, 0);
  });

  test('has one message of a conversation on its way, and does not hold up others', () => {
    outbox.open();
    add('a');
    add('b');
    add('c', 'user:3');
    assert.deepEqual(ids(), ['a', 'c']);
  });

  test('tells what was sent over this connection and has no answer', async () => {
    add('a');
    assert.deepEqual(outbox.underWay, []);
    outbox.open();
    add('b');
    add('c', 'user:3');
    assert.deepEqual(outbox.underWay.map(({ id }) => id), ['a', 'c']);
    await answer(0, OK);
    assert.deepEqual(outbox.underWay.map(({ id }) => id), ['b', 'c']);
    outbox.close();
    assert.deepEqual(outbox.underWay, []);
  });

  test('a message that was refused as its connection ended is not sent over the next one', () => {
    outbox.open();
    add('a');
    add('b');
    outbox.answer('a', REFUSED);
    outbox.close();
    outbox.open();
    assert.deepEqual(ids(), ['a', 'b']);
    assert.deepEqual(answers, [['a', false]]);
  });

  test('resends what was unanswered when the connection went, under the same id and in order', async () => {
    outbox.open();
    add('a');
    add('b');
    outbox.close();
    sent[0].reject(new Error('disconnected'));
    await settled();
    assert.deepEqual(ids(), ['a']);
    outbox.open();
    await answer(1, OK);
    assert.deepEqual(ids(), ['a', 'a', 'b']);
  });

  test('an answer of the old connection neither counts nor lets a second copy out', async () => {
    outbox.open();
    add('a');
    outbox.close();
    outbox.open();
    await answer(0, OK);
    assert.deepEqual(ids(), ['a', 'a']);
    assert.deepEqual(answers, []);
    await answer(1, OK);
    assert.deepEqual(answers, [['a', true]]);
  });

  test('resends after a missing answer on a live connection, ahead of later messages', async () => {
    outbox.open();
    add('a');
    add('b');
    sent[0].reject(new Error('timeout'));
    await settled();
    assert.deepEqual(ids(), ['a']);
    timers.advance(1_000);
    assert.deepEqual(ids(), ['a', 'a']);
  });

  test('waits as long as the server says before it resends, and keeps the order', async () => {
    outbox.open();
    add('a');
    add('b');
    await answer(0, LATER);
    timers.advance(699);
    assert.deepEqual(ids(), ['a']);
    timers.advance(1);
    await answer(1, OK);
    assert.deepEqual(ids(), ['a', 'a', 'b']);
    assert.deepEqual(answers, [['a', true]]);
  });

  test('a closed outbox forgets its pauses: the next open sends at once', async () => {
    outbox.open();
    add('a');
    await answer(0, LATER);
    outbox.close();
    timers.advance(10_000);
    assert.deepEqual(ids(), ['a']);
    outbox.open();
    assert.deepEqual(ids(), ['a', 'a']);
  });

  test('a refusal for good is reported once and the next message goes', async () => {
    outbox.open();
    add('a');
    add('b');
    await answer(0, REFUSED);
    assert.deepEqual(ids(), ['a', 'b']);
    assert.deepEqual(answers, [['a', false]]);
  });

  test('an answer without a verdict counts as none', async () => {
    outbox.open();
    add('a');
    await answer(0, undefined);
    assert.deepEqual(answers, []);
    assert.equal(outbox.size, 1);
  });

  test('takes an answer that comes as an event, and ignores the reply that follows', async () => {
    outbox.open();
    add('a');
    add('b');
    outbox.answer('a', REFUSED);
    assert.deepEqual(answers, [['a', false]]);
    await answer(0, OK);
    assert.deepEqual(ids(), ['a', 'b']);
    assert.deepEqual(answers, [['a', false]]);
  });

  test('an answer about an unknown message changes nothing', () => {
    outbox.open();
    add('a');
    outbox.answer('x', REFUSED);
    assert.deepEqual(answers, []);
    assert.equal(outbox.size, 1);
  });

  test('the same message added twice is sent once', async () => {
    outbox.open();
    add('a');
    add('a');
    await answer(0, OK);
    assert.deepEqual(ids(), ['a']);
  });
});
