import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Texts } from '../../main/resources/web/js/app/texts.js';
import { Drafts } from '../../main/resources/web/js/view/drafts.js';
import { settled } from '../../../../js-client/test/support.js';

describe('short texts', () => {
  test('are in the browser’s storage', () => {
    const kept = new Map();
    const storage = {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, text) => kept.set(name, text),
      removeItem: (name) => kept.delete(name),
    };
    new Texts(() => storage).set('a', 'x');
    const texts = new Texts(() => storage);
    assert.equal(texts.get('a'), 'x');
    texts.remove('a');
    assert.equal(texts.get('a'), null);
    assert.equal(kept.size, 0);
    assert.ok(texts.isLasting);
  });

  test('are in memory where the browser refuses its storage', () => {
    const texts = new Texts(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    assert.ok(!texts.isLasting);
    assert.equal(texts.get('a'), null);
    texts.set('a', 'x');
    assert.equal(texts.get('a'), 'x');
    texts.remove('a');
    assert.equal(texts.get('a'), null);
  });
});

describe('drafts', () => {
  test('are kept one at a time, and of those that wait only the last of a conversation', async () => {
    const kept = [];
    let release;
    const drafts = new Drafts((id, text) => {
      kept.push(`${id} ${text}`);
      return new Promise((resolve) => {
        release = resolve;
      });
    });
    ['a', 'ab', 'abc'].forEach((text) => drafts.put('one', text));
    drafts.put('two', 'x');
    assert.deepEqual(kept, ['one a']);
    for (let i = 0; i < 3; i += 1) {
      release();
      await settled();
    }
    assert.deepEqual(kept, ['one a', 'one abc', 'two x']);
  });
});
