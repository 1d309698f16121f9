import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Inbox } from '../src/inbox.js';
import { settled } from './support.js';

describe('Inbox', () => {
  let kept;
  let confirmed;
  let troubles;
  let inbox;

  beforeEach(() => {
    kept = [];
    confirmed = [];
    troubles = [];
    inbox = new Inbox({
      keep: (events, after) =>
        new Promise((resolve, reject) => kept.push({ seqs: events.map(({ Seq }) => Seq), after, resolve, reject })),
      onTrouble: (error) => troubles.push(error.message),
      after: 4,
    });
  });

  const take = (...seqs) => seqs.forEach((Seq) => inbox.take({ Seq }, () => confirmed.push(Seq)));
  const finish = async (index) => {
    kept[index].resolve();
    await settled();
  };

  test('confirms only after keeping, and moves the cursor with it', async () => {
    take(5);
    await settled();
    assert.deepEqual(kept[0].seqs, [5]);
    assert.deepEqual(confirmed, []);
    assert.equal(inbox.after, 4);
    await finish(0);
    assert.deepEqual(confirmed, [5]);
    assert.equal(inbox.after, 5);
  });

  test('keeps a burst in one go and what comes meanwhile in the next, one at a time', async () => {
    take(5, 6);
    await settled();
    take(7, 8);
    await settled();
    assert.deepEqual(kept.map(({ seqs }) => seqs), [[5, 6]]);
    await finish(0);
    assert.deepEqual(kept.map(({ seqs, after }) => [seqs, after]), [[[5, 6], 6], [[7, 8], 8]]);
    await finish(1);
    assert.deepEqual(confirmed, [5, 6, 7, 8]);
  });

  test('keeps a large burst in parts, each with the cursor that it reaches', async () => {
    take(...Array.from({ length: 450 }, (_, index) => index + 5));
    for (const index of [0, 1, 2]) {
      await settled();
      await finish(index);
    }
    assert.deepEqual(kept.map(({ seqs, after }) => [seqs.length, after]), [[200, 204], [200, 404], [50, 454]]);
  });

  test('the cursor never goes back, and events without a Seq leave it alone', async () => {
    take(3);
    inbox.take({}, () => confirmed.push('none'));
    await settled();
    await finish(0);
    assert.equal(inbox.after, 4);
    assert.deepEqual(confirmed, [3, 'none']);
  });

  test('after a failure nothing is confirmed, behind it either, and the cursor stays', async () => {
    take(5);
    await settled();
    take(6);
    kept[0].reject(new Error('disk full'));
    await settled();
    take(7);
    await settled();
    assert.deepEqual(troubles, ['disk full']);
    assert.deepEqual(confirmed, []);
    assert.equal(inbox.after, 4);
    assert.equal(kept.length, 1);
  });

  test('works again on the next connection', async () => {
    take(5);
    await settled();
    kept[0].reject(new Error('disk full'));
    await settled();
    inbox.reset();
    take(5);
    await settled();
    await finish(1);
    assert.deepEqual(confirmed, [5]);
    assert.equal(inbox.after, 5);
  });

  test('drops what waits when the connection ends, but finishes what it is keeping', async () => {
    take(5);
    await settled();
    take(6);
    inbox.reset();
    await finish(0);
    assert.equal(inbox.after, 5);
    assert.equal(kept.length, 1);
    await inbox.idle();
  });
});
