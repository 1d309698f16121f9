import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { begunIn, completed, mentionedIn, offered } from '../../main/resources/web/js/view/mentions.js';
import { partsOf } from '../../main/resources/web/js/view/parts.js';

describe('mentions in a text', () => {
  const users = ['bob', 'bob.smith', 'carol', 'd+d', 'eve@example.org'];

  test('are those of known users, each once, in their order', () => {
    assert.deepEqual(mentionedIn('@carol and @bob, then @carol again', users), ['carol', 'bob']);
    assert.deepEqual(mentionedIn('(@d+d) "@bob"', users), ['d+d', 'bob']);
    assert.deepEqual(mentionedIn('nobody, or @somebody else', users), []);
  });

  test('name the longest id that fits, without the punctuation behind it', () => {
    assert.deepEqual(mentionedIn('@bob.smith. Yes?', users), ['bob.smith']);
    assert.deepEqual(mentionedIn('ask @bob.', users), ['bob']);
    assert.deepEqual(mentionedIn('@bobby', users), []);
    assert.deepEqual(mentionedIn('@BOB', users), []);
  });

  test('are none within words, addresses and code', () => {
    assert.deepEqual(mentionedIn('mail ann@bob or x@carol', users), []);
    assert.deepEqual(mentionedIn('`@bob`', users), []);
    assert.deepEqual(mentionedIn('@eve@example.org', users), ['eve@example.org']);
    assert.deepEqual(mentionedIn('https://example.org/@bob', users), []);
  });

  test('are no more than a message takes', () => {
    const many = Array.from({ length: 60 }, (_, index) => `u${index}`);
    assert.equal(mentionedIn(many.map((user) => `@${user}`).join(' '), many).length, 50);
  });

  test('are parts of their own', () => {
    assert.deepEqual(partsOf('hi @bob!', ['bob']), [
      { kind: 'text', text: 'hi ' },
      { kind: 'mention', text: '@bob', user: 'bob' },
      { kind: 'text', text: '!' },
    ]);
    assert.deepEqual(partsOf('hi @bob!'), [{ kind: 'text', text: 'hi @bob!' }]);
  });
});

describe('a mention that is being written', () => {
  test('begins at the sign before the caret', () => {
    assert.deepEqual(begunIn('hi @bo', 6), { from: 3, wanted: 'bo' });
    assert.deepEqual(begunIn('@', 1), { from: 0, wanted: '' });
    assert.deepEqual(begunIn('@Jür and more', 4), { from: 0, wanted: 'Jür' });
    assert.equal(begunIn('hi @bob there', 13), null);
    assert.equal(begunIn('ann@bo', 6), null);
  });

  test('is completed with one blank behind it', () => {
    assert.deepEqual(completed('hi @bo, yes', 6, { from: 3 }, 'bob'), { text: 'hi @bob , yes', caret: 8 });
    assert.deepEqual(completed('hi @b there', 5, { from: 3 }, 'bob'), { text: 'hi @bob there', caret: 8 });
  });

  test('takes the place of the rest of the id behind the caret', () => {
    assert.deepEqual(completed('hi @bob there', 5, { from: 3 }, 'bob'), { text: 'hi @bob there', caret: 8 });
    assert.deepEqual(completed('@carol.', 3, { from: 0 }, 'cathy'), { text: '@cathy .', caret: 7 });
    assert.deepEqual(completed('@bob', 1, { from: 0 }, 'bob'), { text: '@bob ', caret: 5 });
    assert.deepEqual(completed('@hello', 1, { from: 0 }, 'bob'), { text: '@bob hello', caret: 5 });
  });

  test('offers who begins with it: by id first, then by any word of the name, in whatever accents', () => {
    const names = { bob: 'Robert Müller', mia: 'Mia', max: 'Zoe Max', ann: 'Ann' };
    const find = (wanted) => offered(wanted, Object.keys(names), (user) => names[user]);
    assert.deepEqual(find('m'), ['mia', 'max', 'bob']);
    assert.deepEqual(find('MUL'), ['bob']);
    assert.deepEqual(find('x'), []);
    assert.deepEqual(find(''), ['ann', 'mia', 'bob', 'max']);
  });
});
