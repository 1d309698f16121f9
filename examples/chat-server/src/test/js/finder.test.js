import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Finder } from '../../main/resources/web/js/view/finder.js';

describe('a search', () => {
  const messages = (count) => Array.from({ length: count }, (_, at) => ({ id: `m${at}`, text: `line ${at}` }));
  const ids = (finder) => finder.found.map(({ id }) => id);

  test('finds the newest first, in any case', async () => {
    const finder = new Finder(' LINE 1', async () => {});
    await finder.older(messages(20));
    assert.deepEqual(ids(finder).slice(0, 2), ['m19', 'm18']);
    assert.equal(finder.found.length, 11);
  });

  test('gives the page its turn between pieces, and tells what it has found by then', async () => {
    const told = [];
    let turns = 0;
    const finder = new Finder('line', async () => {
      turns += 1;
    });
    await finder.older(messages(1_200), () => told.push(finder.found.length));
    assert.deepEqual(told, [500, 1_000, 1_200]);
    assert.equal(turns, 3);
  });

  test('looks at nothing more once it is stopped', async () => {
    const finder = new Finder('line', async () => finder.stop());
    await finder.older(messages(2_000));
    assert.equal(finder.found.length, 500);
    await finder.older(messages(10));
    assert.equal(finder.found.length, 500);
  });

  test('goes on with older messages, and takes in new ones', async () => {
    const finder = new Finder('line', async () => {});
    await finder.older([{ id: 'b', text: 'line' }]);
    await finder.older([{ id: 'a', text: 'line' }]);
    finder.newer([{ id: 'c', text: 'line' }, { id: 'd', text: 'other' }]);
    assert.deepEqual(ids(finder), ['c', 'b', 'a']);
  });
});
