import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { settled } from '../../../../js-client/test/support.js';
import { Search } from '../../main/resources/web/js/view/search.js';
import { Timeline } from '../../main/resources/web/js/view/timeline.js';
import { byId, openPage } from './dom.js';

/** The search looks at every message once, and says so where it could not. */
describe('a search in a conversation', () => {
  let timeline;
  let dig;
  let retried;
  let timers;
  const { setTimeout } = globalThis;

  const record = (at) => ({
    from: 'bob', id: `m${at}`, text: at % 10 === 0 ? 'needle' : 'hay', at, place: at, n: at, state: 'received',
  });

  const load = (from, to) => {
    for (let at = from; at <= to; at += 1) {
      timeline.put(record(at));
    }
  };

  /** Lets what waits for its turn go on, and whatever follows from it at once. */
  const turn = async () => {
    timers.splice(0).forEach((work) => work());
    await settled();
  };

  const passed = async () => {
    for (let turns = 0; turns < 100; turns += 1) {
      await turn();
    }
  };

  const begin = (text) => {
    byId('search-button').fire('click');
    byId('search-text').value = text;
    byId('search-text').fire('input');
  };

  const count = () => byId('search-count').textContent;

  beforeEach(() => {
    openPage();
    timers = [];
    globalThis.setTimeout = (work) => timers.push(work);
    byId('search').hidden = true;
    timeline = new Timeline();
    retried = 0;
    const past = {
      dig: () => dig(),
      retry: async () => {
        retried += 1;
      },
    };
    new Search({ messages: { timeline, mark: () => {}, reveal: () => {} }, past });
  });

  afterEach(() => {
    globalThis.setTimeout = setTimeout;
  });

  test('looks at every page down to the beginning', async () => {
    load(901, 1_000);
    dig = async () => {
      const { place } = timeline.at(0);
      load(Math.max(1, place - 100), place - 1);
      return place > 101 ? 'older' : 'beginning';
    };
    begin('needle');
    await passed();
    assert.deepEqual([count(), byId('search-retry').hidden], ['1 of 100', true]);
  });

  test('looks at those too that came while it looked at others', async () => {
    load(2_001, 3_000);
    let pages = 0;
    dig = async () => {
      pages += 1;
      return 'beginning';
    };
    begin('needle');
    await turn();
    // Its first piece is looked at by now; a page that was on its way comes in between.
    load(1_901, 2_000);
    await passed();
    assert.equal(count(), '1 of 110');
    assert.ok(pages > 0);
  });

  test('says that it could not read on, and goes on from there on demand', async () => {
    load(95, 99);
    dig = async () => 'failed';
    begin('needle');
    await passed();
    assert.deepEqual([count(), byId('search-retry').hidden], ['No match so far: could not read on', false]);
    dig = async () => {
      load(1, 94);
      return 'beginning';
    };
    byId('search-retry').fire('click');
    await passed();
    assert.deepEqual([count(), byId('search-retry').hidden, retried], ['1 of 9', true, 1]);
  });
});
