import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Leadership } from '../src/leadership.js';
import { Tabs } from '../src/tabs.js';
import { channels, Locks, settled } from './support.js';

describe('leadership', () => {
  let open;
  let pages;

  beforeEach(() => {
    open = channels();
    pages = [];
  });

  /** A tab, with what happened to it. */
  function tab(locks) {
    const page = new EventTarget();
    const tabs = new Tabs('ann', open);
    const leadership = new Leadership({ user: 'ann', tabs, locks, page });
    const told = [];
    leadership.on('lead', () => told.push('lead'));
    leadership.on('follow', () => told.push('follow'));
    leadership.start();
    pages.push(leadership);
    return { leadership, told, page };
  }

  const leaders = () => pages.filter(({ isLeading }) => isLeading).length;

  describe('by a lock', () => {
    test('belongs to every tab whose browser refuses locks with its storage', async () => {
      const refusal = new DOMException('denied', 'SecurityError');
      const { told } = tab({ request: () => Promise.reject(refusal) });
      await settled();
      assert.deepEqual(told, ['lead']);
    });

    test('belongs to the first tab until it is gone, then to the next', async () => {
      const locks = new Locks();
      const [first, second, third] = [tab(locks), tab(locks), tab(locks)];
      await settled();
      assert.deepEqual([first.told, second.told, third.told], [['lead'], [], []]);
      first.leadership.close();
      await settled();
      assert.deepEqual([second.told, third.told], [['lead'], []]);
      assert.equal(leaders(), 1);
    });

    test('passes over a tab that was closed while it waited', async () => {
      const locks = new Locks();
      const [first, second, third] = [tab(locks), tab(locks), tab(locks)];
      await settled();
      second.leadership.close();
      first.leadership.close();
      await settled();
      assert.deepEqual([second.told, third.told], [[], ['lead']]);
    });
  });

  describe('without locks', () => {
    test('belongs to the newest tab', async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const first = tab(null);
      t.mock.timers.tick(200);
      const second = tab(null);
      await settled();
      t.mock.timers.tick(200);
      assert.deepEqual([first.told, second.told], [['lead', 'follow'], ['lead']]);
      assert.equal(leaders(), 1);
    });

    test('belongs to one of tabs that open at the same time', async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      tab(null);
      tab(null);
      tab(null);
      await settled();
      t.mock.timers.tick(200);
      assert.equal(leaders(), 1);
    });

    test('passes on when the page of the leading tab goes', async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const first = tab(null);
      t.mock.timers.tick(200);
      const second = tab(null);
      await settled();
      t.mock.timers.tick(200);
      second.page.dispatchEvent(new Event('pagehide'));
      await settled();
      t.mock.timers.tick(200);
      assert.deepEqual(first.told, ['lead', 'follow', 'lead']);
    });
  });
});
