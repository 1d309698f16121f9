import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Pages } from '../src/pages.js';
import { Rest, segment } from '../src/rest.js';

/** An answer of the server. */
function answer(status, json = null, headers = {}) {
  return {
    ok: status < 400,
    status,
    headers: { get: (name) => headers[name] ?? null },
    json: async () => (json === null ? Promise.reject(new SyntaxError('no JSON')) : json),
  };
}

describe('REST', () => {
  let asked;
  let answers;
  let pauses;
  let rest;

  beforeEach(() => {
    asked = [];
    answers = [];
    pauses = [];
    rest = new Rest({
      token: () => 'secret',
      fetch: async (path, options) => {
        asked.push({ path, ...options });
        const next = answers.shift();
        return next instanceof Error ? Promise.reject(next) : next;
      },
      wait: async (ms) => pauses.push(ms),
    });
  });

  test('asks with the token, repeats a list and leaves out what is null', async () => {
    answers.push(answer(200, { items: [] }));
    assert.deepEqual(await rest.get('/v1/presence', { user: ['a', 'b+c'], limit: 5, cursor: null }), { items: [] });
    assert.equal(asked[0].path, '/v1/presence?user=a&user=b%2Bc&limit=5');
    assert.equal(asked[0].headers.Authorization, 'Bearer secret');
    assert.equal(asked[0].body, undefined);
  });

  test('reads again after what may pass, as late as the server says', async () => {
    answers.push(answer(503, { code: 'unavailable' }, { 'Retry-After': '3' }));
    answers.push(new TypeError('no net'), answer(200, {}));
    await rest.get('/v1/rooms');
    assert.equal(asked.length, 3);
    assert.equal(pauses[0], 3_000);
    assert.ok(pauses[1] > 0);
  });

  test('gives up after a few times, with the last failure', async () => {
    answers.push(...Array.from({ length: 9 }, () => new TypeError('no net')));
    await assert.rejects(rest.get('/v1/rooms'), { code: 'unreachable', isPassing: true });
    assert.equal(asked.length, 4);
  });

  test('a refusal is told at once, with its code and sentence', async () => {
    answers.push(answer(404, { code: 'not_found', detail: 'there is no such room' }));
    await assert.rejects(rest.get('/v1/rooms/x'), { code: 'not_found', message: 'there is no such room' });
    assert.equal(asked.length, 1);
  });

  test('a write is never repeated by itself', async () => {
    answers.push(answer(503, { code: 'unavailable', detail: 'busy' }, { 'Retry-After': '1' }));
    await assert.rejects(rest.put('/v1/profiles/me', { name: 'A' }), { code: 'unavailable', retryAfter: 1_000 });
    assert.equal(asked.length, 1);
    assert.equal(asked[0].body, '{"name":"A"}');
    assert.equal(asked[0].headers['Content-Type'], 'application/json');
  });

  test('an answer without a body is null, one that is no JSON too', async () => {
    answers.push(answer(204), answer(500));
    assert.equal(await rest.delete('/v1/blocks/bob'), null);
    await assert.rejects(rest.delete('/v1/blocks/bob'), { code: 'internal', status: 500 });
  });

  test('an id fits a path', () => {
    assert.equal(segment('auth0|a/b'), 'auth0%7Ca%2Fb');
  });
});

describe('pages of a call log', () => {
  /** A log of messages with the cursors 1, 2, 3… of which `read` lists two at a time. */
  class Log {
    size = 0;
    reads = 0;

    read = async ({ before, after }) => {
      this.reads += 1;
      const upTo = before === '' ? this.size : Number(before) - 1;
      const from = after === '' ? 0 : Number(after);
      const all = Array.from({ length: Math.max(0, upTo - from) }, (_, index) => ({ cursor: String(upTo - index) }));
      const items = all.slice(0, 2);
      return { items, nextCursor: all.length > 2 ? items[1].cursor : null };
    };
  }

  const cursors = (items) => items.map(({ cursor }) => Number(cursor));
  let log;
  let pages;

  beforeEach(() => {
    log = new Log();
    pages = new Pages({ read: log.read, most: 2 });
  });

  test('lead back page by page to the beginning, and no further', async () => {
    log.size = 5;
    assert.deepEqual(cursors(await pages.older()), [5, 4]);
    assert.deepEqual(cursors(await pages.older()), [3, 2]);
    assert.equal(pages.hasOlder, true);
    assert.deepEqual(cursors(await pages.older()), [1]);
    assert.equal(pages.hasOlder, false);
    assert.deepEqual(await pages.older(), []);
    assert.equal(log.reads, 3);
  });

  test('forth they bring all that is new, over several pages, and back goes on where it was', async () => {
    log.size = 4;
    await pages.older();
    log.size = 7;
    const { items, isWhole } = await pages.newer();
    assert.deepEqual(cursors(items), [7, 6, 5]);
    assert.equal(isWhole, true);
    assert.deepEqual(cursors(await pages.older()), [2, 1]);
    assert.deepEqual((await pages.newer()).items, []);
  });

  test('where too much is new they start over, and back goes on below the hole', async () => {
    log.size = 2;
    await pages.older();
    log.size = 20;
    const { items, isWhole } = await pages.newer();
    assert.deepEqual(cursors(items), [20, 19, 18, 17]);
    assert.equal(isWhole, false);
    assert.deepEqual(cursors(await pages.older()), [16, 15]);
  });

  test('a failed read changes nothing', async () => {
    log.size = 3;
    const flaky = new Pages({ read: (range) => (fails ? Promise.reject(new Error('down')) : log.read(range)) });
    let fails = false;
    await flaky.older();
    fails = true;
    await assert.rejects(flaky.older());
    await assert.rejects(flaky.newer());
    fails = false;
    assert.deepEqual(cursors(await flaky.older()), [1]);
  });

  test('an empty log has a beginning, and what comes then is found', async () => {
    assert.deepEqual(await pages.older(), []);
    assert.equal(pages.hasOlder, false);
    log.size = 3;
    assert.deepEqual(cursors((await pages.newer()).items), [3, 2]);
    assert.deepEqual(cursors(await pages.older()), [1]);
  });
});
