import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Span, SPAN } from '../../main/resources/web/js/view/span.js';
import { keyOf, Timeline } from '../../main/resources/web/js/view/timeline.js';

const record = (id, place, more = {}) => ({ from: 'bob', id, place, n: place, state: 'received', text: id, ...more });

describe('a timeline', () => {
  const ids = (timeline) => timeline.slice(0, timeline.size).map(({ id }) => id);

  test('is in order whatever order its messages come in, and has each once', () => {
    const timeline = new Timeline();
    for (const place of [5, 1, 4, 2, 3]) {
      assert.equal(timeline.put(record(`m${place}`, place)), true);
    }
    assert.equal(timeline.put(record('m3', 3, { text: 'new' })), false);
    assert.deepEqual(ids(timeline), ['m1', 'm2', 'm3', 'm4', 'm5']);
    assert.equal(timeline.at(2).text, 'new');
    assert.equal(timeline.indexOf('bob m4'), 3);
    assert.equal(timeline.indexOf('bob none'), -1);
  });

  test('moves a message that the server gave another place', () => {
    const timeline = new Timeline();
    timeline.put(record('a', 1));
    timeline.put(record('mine', Number.MAX_SAFE_INTEGER, { from: 'ann' }));
    timeline.put(record('b', 3));
    timeline.put(record('mine', 2, { from: 'ann', n: 9 }));
    assert.deepEqual(ids(timeline), ['a', 'mine', 'b']);
    assert.equal(timeline.size, 3);
  });

  test('finds messages of one place apart', () => {
    const timeline = new Timeline();
    ['a', 'b', 'c'].forEach((id) => timeline.put(record(id, 7, { n: 0 })));
    timeline.remove('bob b');
    assert.deepEqual(ids(timeline).sort(), ['a', 'c']);
    assert.equal(timeline.has('bob b'), false);
    assert.equal(keyOf(timeline.at(timeline.indexOf('bob c'))), 'bob c');
  });

  test('lets go of what is older than a place', () => {
    const timeline = new Timeline();
    [1, 2, 3].forEach((place) => timeline.put(record(`m${place}`, place)));
    timeline.dropBelow(2);
    assert.deepEqual(ids(timeline), ['m2', 'm3']);
    assert.equal(timeline.has('bob m1'), false);
  });

  test('tells the first of the newest received messages, however many of ours stand between', () => {
    const timeline = new Timeline();
    [1, 2, 3, 4].forEach((place) => timeline.put(record(`m${place}`, place, place === 3 ? { state: 'sent' } : {})));
    assert.equal(timeline.receivedFromEnd(2).record.id, 'm2');
    assert.equal(timeline.receivedFromEnd(2).isWhole, true);
    assert.deepEqual([timeline.receivedFromEnd(9).record.id, timeline.receivedFromEnd(9).isWhole], ['m1', false]);
    assert.equal(new Timeline().receivedFromEnd(1).record, null);
  });
});

describe('what stands in the page', () => {
  const end = (size) => {
    const span = new Span();
    span.toEnd(size);
    return span;
  };
  const bounds = ({ from, to }) => [from, to];

  test('is the end at first, and never more than so much, however far one reads up', () => {
    const span = end(10_000);
    assert.deepEqual(bounds(span), [10_000 - SPAN.first, 10_000]);
    while (span.up()) {
      assert.ok(span.to - span.from <= SPAN.most);
    }
    assert.deepEqual(bounds(span), [0, SPAN.most]);
    assert.equal(span.isAtEnd, false);
    while (span.down()) {
      assert.ok(span.to - span.from <= SPAN.most);
    }
    assert.equal(span.isAtEnd, true);
  });

  test('stays at the end while messages come, and lets the oldest go', () => {
    const span = end(100);
    span.follow({ first: span.from, last: 99, size: 101, isReadingEnd: true });
    assert.deepEqual(bounds(span), [100 - SPAN.first, 101]);
    span.follow({ first: span.from, last: 100, size: 900, isReadingEnd: true });
    assert.deepEqual(bounds(span), [900 - SPAN.most, 900]);
  });

  test('stays where somebody reads, and lets the newest go', () => {
    const span = end(100);
    span.follow({ first: span.from, last: 99, size: 900, isReadingEnd: false });
    assert.deepEqual(bounds(span), [100 - SPAN.first, 100 - SPAN.first + SPAN.most]);
    assert.equal(span.isAtEnd, false);
    span.follow({ first: span.from, last: span.to - 1, size: 901, isReadingEnd: false });
    assert.deepEqual(bounds(span), [100 - SPAN.first, 100 - SPAN.first + SPAN.most]);
  });

  test('goes along when older messages are put in before it', () => {
    const span = end(100);
    span.follow({ first: span.from + 200, last: 299, size: 300, isReadingEnd: false });
    assert.deepEqual(bounds(span), [300 - SPAN.first, 300]);
  });

  test('can be the beginning', () => {
    const span = end(1_000);
    span.toStart(1_000);
    assert.deepEqual(bounds(span), [0, SPAN.first]);
    assert.equal(span.isAtEnd, false);
    span.toStart(10);
    assert.deepEqual([span.to, span.isAtEnd], [10, true]);
  });

  test('can be around any message', () => {
    const span = end(1_000);
    span.around(500, 1_000);
    assert.deepEqual(bounds(span), [500 - SPAN.step, 500 + SPAN.step]);
    span.around(3, 1_000);
    assert.equal(span.from, 0);
    span.around(0, 1);
    assert.deepEqual(bounds(span), [0, 1]);
  });
});
