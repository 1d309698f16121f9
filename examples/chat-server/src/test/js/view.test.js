import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { byRecent, matches } from '../../main/resources/web/js/view/order.js';
import { COLOURS, colourOf, pictureUrl } from '../../main/resources/web/js/view/colours.js';
import { failureText, sentence } from '../../main/resources/web/js/view/failures.js';
import { enumeration, initials, titleOf } from '../../main/resources/web/js/view/names.js';
import { ranges } from '../../main/resources/web/js/view/ranges.js';
import { lastSeenText } from '../../main/resources/web/js/view/time.js';
import { isUserId, userIds } from '../../main/resources/web/js/view/user-ids.js';
import { RestError } from '@webchat/client';

describe('the list', () => {
  test('has the latest message first; one without messages stands where it was begun', () => {
    const all = [
      { id: 'a', last: { place: 10, n: 1 }, createdAt: 1 },
      { id: 'b', createdAt: 20 },
      { id: 'c', last: { place: Number.MAX_SAFE_INTEGER, n: 2 }, createdAt: 2 },
      { id: 'd', last: { place: 10, n: 3 }, createdAt: 3 },
    ];
    assert.deepEqual(all.sort(byRecent).map(({ id }) => id), ['c', 'b', 'd', 'a']);
  });

  test('is narrowed down by name, id or last message, in any case', () => {
    const conversation = { peer: 'b.42', last: { text: 'See you Über there' } };
    for (const wanted of ['', 'BOB', 'b.42', 'über', 'U\u0308BER']) {
      assert.equal(matches(wanted, 'Bob', conversation), true, wanted);
    }
    assert.equal(matches('carol', 'Bob', conversation), false);
  });
});

describe('names', () => {
  test('are the room’s, the person’s own, or the id', () => {
    const people = { nameOf: (user) => (user === 'bob' ? 'Bob' : user) };
    assert.equal(titleOf({ peer: 'bob' }, people), 'Bob');
    assert.equal(titleOf({ room: 'r', name: 'Team' }, people), 'Team');
    assert.equal(titleOf({ room: 'r' }, people), 'r');
  });

  test('give initials, whatever they are written in', () => {
    assert.equal(initials('Ada Lovelace'), 'AL');
    assert.equal(initials('ann.b@example'), 'AE');
    assert.equal(initials('5551'), '51');
    assert.equal(initials('ann.009'), 'A');
    assert.equal(initials('7 of 9'), 'O');
    assert.equal(initials('1-2'), '12');
    assert.equal(initials('김민수'), '김');
    assert.equal(initials('👩‍🚀 Zoë'), '👩‍🚀Z');
    assert.equal(initials('  '), '');
    assert.equal(initials('---'), '');
  });

  test('are counted where there are many', () => {
    assert.equal(enumeration(['Ann']), 'Ann');
    assert.equal(enumeration(['Ann', 'Bob']), 'Ann and Bob');
    assert.equal(enumeration(['Ann', 'Bob', 'Cy']), 'Ann, Bob and 1 other');
    assert.equal(enumeration(['Ann', 'Bob', 'Cy', 'Di']), 'Ann, Bob and 2 others');
  });
});

describe('the time when somebody was seen last', () => {
  const now = new Date(2026, 10, 24, 15, 0).getTime();
  const text = (...at) => lastSeenText(new Date(...at).getTime(), now).replace(/\u202f/g, ' ');

  test('is a day and a time', () => {
    assert.match(text(2026, 10, 24, 14, 3), /^Last seen today at .*[:.]03/);
    assert.match(text(2026, 10, 23, 23, 59), /^Last seen yesterday at .*59/);
    assert.match(text(2026, 10, 20, 9, 30), /^Last seen on (?!today|yesterday).* at .*30/);
    assert.match(text(2025, 10, 20, 9, 30), /^Last seen on .*2025.* at .*30/);
  });

  test('is never after this moment, whatever the clocks show', () => {
    assert.equal(text(2026, 10, 24, 15, 4), text(2026, 10, 24, 15, 0));
    assert.equal(text(2026, 10, 25, 15, 4), text(2026, 10, 24, 15, 0));
  });
});

describe('pictures and colours', () => {
  test('come as an image in the address, and from nowhere else', () => {
    assert.equal(pictureUrl('data:image/png;base64,iVBORw0KGgo='), 'data:image/png;base64,iVBORw0KGgo=');
    for (const wrong of [
      '', 'x', 'https://example.org/a.png', 'http://example.org/a.png', 'javascript:alert(1)', 'data:text/html;base64,PGI+', '//example.org/a.png',
      'data:image/svg+xml;base64,PHN2Zz4=', 'data:image/png;base64,"><script>', 'blob:x',
      'https://user:secret@example.org/',
    ]) {
      assert.equal(pictureUrl(wrong), null, wrong);
    }
  });

  test('stay with an id, and are one of those that there are', () => {
    assert.equal(colourOf('bob', 'teal'), 'teal');
    assert.equal(colourOf('bob', '"><b>'), colourOf('bob'));
    assert.ok(COLOURS.includes(colourOf('')));
  });
});

describe('the search', () => {
  test('finds in any case, without overlaps, and nothing for nothing', () => {
    assert.deepEqual(ranges('Banana BANANA', 'ana'), [[1, 4], [8, 11]]);
    assert.deepEqual(ranges('Banana', '  '), []);
    assert.deepEqual(ranges('', 'a'), []);
  });

  test('marks what is there, also where lower case is longer', () => {
    const text = 'İstanbul 👋 straße';
    const found = ranges(text, 'stanbul')[0];
    assert.equal(text.slice(...found), 'stanbul');
    assert.equal(text.slice(...ranges(text, '👋')[0]), '👋');
    assert.equal(text.slice(...ranges(text, 'STRASSE')[0] ?? [0, 0]), '');
    assert.equal(text.slice(...ranges(text, 'STRAßE')[0]), 'straße');
  });
});

describe('user ids', () => {
  test('are what the server takes', () => {
    for (const right of ['a', '5551', 'ann.b', 'auth0|a+b@example.org:x=1', 'x'.repeat(128)]) {
      assert.equal(isUserId(right), true, right);
    }
    for (const wrong of ['', ' ann', '.ann', 'ann b', 'änn', 'a~b', 'a/b', 'x'.repeat(129)]) {
      assert.equal(isUserId(wrong), false, wrong);
    }
  });

  test('are separated as people separate them, each once', () => {
    assert.deepEqual(userIds(' bob, carol;bob\n dave '), ['bob', 'carol', 'dave']);
    assert.deepEqual(userIds(''), []);
  });
});

describe('failures', () => {
  test('are told in a sentence that says what to do', () => {
    assert.match(failureText(new RestError()), /Check your connection/);
    assert.equal(
      failureText(new RestError({ code: 'conflict', status: 409, detail: 'another room has this id' })),
      'Another room has this id.',
    );
  });

  test('a sentence begins with a capital and ends with a stop', () => {
    assert.equal(sentence('this number belongs to another name'), 'This number belongs to another name.');
    assert.equal(sentence('Already one.'), 'Already one.');
    assert.equal(sentence('ünder 80 letters!'), 'Ünder 80 letters!');
    assert.equal(sentence(''), '');
  });
});
