import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from '../../../../js-client/test/support.js';
import { EmojiPicker } from '../../main/resources/web/js/view/emoji-picker.js';
import { categoriesOf, findEmoji, movedBy, recentEmoji, rememberEmoji } from '../../main/resources/web/js/view/emoji.js';
import { EMOJI } from '../../main/resources/web/js/view/emoji-table.js';
import { byId, openPage } from './dom.js';

const all = categoriesOf(EMOJI);
const names = (found) => found.map(({ emoji }) => emoji);

describe('the table of emoji', () => {
  test('has hundreds, each once, with a name, and short enough for a reaction', () => {
    const emoji = all.flatMap((each) => each.emoji);
    assert.ok(emoji.length >= 300);
    assert.equal(new Set(names(emoji)).size, emoji.length);
    emoji.forEach((each) => assert.match(`${each.emoji} ${each.name}`, /^[^\w\s]+ [\w -]+$/));
    emoji.forEach((each) => assert.ok(new TextEncoder().encode(each.emoji).length <= 32));
  });

  test('is searched by the beginnings of words, in any order', () => {
    assert.ok(names(findEmoji(all, 'thumbs')).includes('👍'));
    assert.deepEqual(names(findEmoji(all, 'up thumb')), ['👍']);
    assert.ok(names(findEmoji(all, 'LOL')).includes('😂'));
    assert.deepEqual(findEmoji(all, 'humbs'), []);
    assert.equal(findEmoji(all, 'cat')[0].name.startsWith('cat'), true);
  });
});

describe('a grid of emoji', () => {
  const rows = [[1, 2, 3], [4, 5], [6, 7, 8]];
  const from = (row, column, key) => Object.values(movedBy(key, rows, { row, column }));

  test('is walked by arrows, which go on in the next row and stop at the ends', () => {
    assert.deepEqual(from(0, 2, 'ArrowRight'), [1, 0]);
    assert.deepEqual(from(1, 0, 'ArrowLeft'), [0, 2]);
    assert.deepEqual(from(0, 2, 'ArrowDown'), [1, 1]);
    assert.deepEqual(from(2, 2, 'ArrowUp'), [1, 1]);
    assert.deepEqual(from(2, 2, 'ArrowRight'), [2, 2]);
    assert.deepEqual(from(0, 0, 'ArrowLeft'), [0, 0]);
    assert.deepEqual(from(2, 1, 'Home'), [2, 0]);
    assert.deepEqual(from(1, 0, 'End'), [1, 1]);
    assert.equal(movedBy('a', rows, { row: 0, column: 0 }), null);
  });
});

describe('emoji that were chosen', () => {
  test('are remembered, the latest first, each once and no more than two rows', () => {
    const kept = new Map();
    const texts = { get: (name) => kept.get(name) ?? null, set: (name, text) => kept.set(name, text) };
    assert.deepEqual(recentEmoji(texts), []);
    names(all[0].emoji).slice(0, 20).forEach((emoji) => rememberEmoji(emoji, texts));
    rememberEmoji('😀', texts);
    assert.equal(recentEmoji(texts).length, 16);
    assert.equal(recentEmoji(texts)[0], '😀');
    kept.set('webchat.emoji', '{broken');
    assert.deepEqual(recentEmoji(texts), []);
  });
});

describe('the emoji picker', () => {
  const open = async (load, onChosen = () => {}) => {
    openPage();
    byId('emoji').hidden = true;
    window.innerWidth = window.innerHeight = 1_000;
    const picker = new EmojiPicker({ load });
    const opening = picker.open({ beside: byId('emoji-open'), onChosen });
    await settled();
    return { picker, opening };
  };

  test('says that the emoji could not be loaded, and tries again when it is opened again', async () => {
    let fails = true;
    const load = async () => (fails ? Promise.reject(new Error('offline')) : EMOJI);
    const { picker } = await open(load);
    assert.match(byId('emoji-status').textContent, /server cannot be reached/);
    fails = false;
    await picker.open({ beside: byId('emoji-open'), onChosen: () => {} });
    assert.equal(byId('emoji-groups').children.length >= 2 * all.length, true);
    assert.equal(byId('emoji-status').textContent, '');
  });

  test('gives what is chosen, closes, and gives the focus back', async () => {
    const chosen = [];
    const { picker, opening } = await open(async () => EMOJI, (emoji) => chosen.push(emoji));
    await opening;
    const [, grid] = byId('emoji-groups').children;
    grid.children[0].children[1].firstChild.fire('click');
    assert.equal(grid.children[0].children[1].firstChild.getAttribute('lang'), 'en');
    assert.deepEqual(chosen, ['😃']);
    assert.equal(picker.isOpen, false);
    assert.equal(document.activeElement, byId('emoji-open'));
  });
});
