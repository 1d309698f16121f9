import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { forgetShell, keepShell } from '../../main/resources/web/js/app/offline.js';

const CODE = readFileSync(new URL('../../main/resources/web/js/worker/service-worker.js', import.meta.url), 'utf8');
const PAGE = 'https://chat.example/team/';
const SCRIPT = `${PAGE}assets/app-1.js`;
const OURS = 'webchat:/team/:1';

/** The browser's caches, of texts. */
class Caches {
  all = new Map();

  async open(name) {
    const files = this.all.get(name) ?? new Map();
    this.all.set(name, files);
    return { put: async (url, response) => files.set(url, await response.text()) };
  }

  async match(url, { cacheName }) {
    const text = this.all.get(cacheName)?.get(url);
    return text === undefined ? undefined : new Response(text);
  }

  async keys() {
    return Array.from(this.all.keys());
  }

  async delete(name) {
    return this.all.delete(name);
  }
}

const hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

describe('the service worker', () => {
  let network;
  let caches;
  let listeners;
  let windows;
  let isAhead;
  let timers;
  let shown;
  let opened;

  beforeEach(() => {
    network = new Map([[PAGE, 'page 1'], [SCRIPT, 'script 1']]);
    caches = new Caches();
    listeners = {};
    windows = [PAGE];
    isAhead = false;
    timers = [];
    [shown, opened] = [[], []];
    const self = {
      location: { href: `${PAGE}service-worker.js` },
      addEventListener: (type, listener) => (listeners[type] = listener),
      clients: {
        matchAll: async () => windows.map((each) => (typeof each === 'string' ? { url: each, visibilityState: 'hidden' } : each)),
        openWindow: async (url) => opened.push(url),
      },
      registration: {
        getNotifications: async ({ tag }) => shown.filter((each) => each.tag === tag),
        showNotification: async (title, options) => shown.push({ title, ...options }),
      },
      skipWaiting: async () => (isAhead = true),
    };
    const fetch = async (request) => {
      const answer = network.get(request.url ?? request);
      if (answer === undefined) {
        throw new TypeError('no network');
      }
      return typeof answer === 'string' ? new Response(answer) : answer;
    };
    const setTimeout = (work, ms, value) => timers.push(() => work(value));
    const globals = { self, caches, fetch, setTimeout, crypto, URL, Response, Uint8Array };
    const files = { './': hash('page 1'), 'assets/app-1.js': hash('script 1') };
    const shell = `const SHELL = ${JSON.stringify({ version: '1', files })};\n`;
    runInContext(shell + CODE, createContext(globals));
  });

  function happens(type, event = {}) {
    return new Promise((resolve, reject) => {
      listeners[type]({ waitUntil: (work) => work.then(resolve, reject), ...event });
    });
  }

  /** The text that the worker answers with, or null where it leaves a request to the network. */
  async function ask(url, { mode = 'no-cors', method = 'GET' } = {}) {
    let answer = null;
    listeners.fetch({ request: { url, mode, method }, respondWith: (response) => (answer = response) });
    return answer && (await answer).text();
  }

  test('keeps the files of its version, and nothing else', async () => {
    await happens('install');
    assert.deepEqual(caches.all.get(OURS), network);
    assert.equal(await ask(`${PAGE}v1/call-logs`), null);
    assert.equal(await ask(`${PAGE}assets/app-2.js`), null);
    assert.equal(await ask(`https://other.example/`, { mode: 'navigate' }), null);
    assert.equal(await ask(`${PAGE}elsewhere`, { mode: 'navigate' }), null);
    assert.equal(await ask(SCRIPT, { method: 'POST' }), null);
  });

  test('keeps nothing of two versions that answer at once', async () => {
    network.set(SCRIPT, 'script 2');
    await assert.rejects(happens('install'), /not of the version/);
    assert.equal(caches.all.size, 0);
  });

  test('opens the page without a network, whatever its address has behind the path', async () => {
    await happens('install');
    network.clear();
    assert.equal(await ask(PAGE, { mode: 'navigate' }), 'page 1');
    assert.equal(await ask(`${PAGE}?source=home`, { mode: 'navigate' }), 'page 1');
    assert.equal(await ask(SCRIPT), 'script 1');
  });

  test('opens the page of a server that fails or is slow', async () => {
    await happens('install');
    network.set(PAGE, new Response('no backend', { status: 502 }));
    assert.equal(await ask(PAGE, { mode: 'navigate' }), 'page 1');

    network.set(PAGE, new Promise(() => {}));
    const slow = ask(PAGE, { mode: 'navigate' });
    timers.forEach((fire) => fire());
    assert.equal(await slow, 'page 1');
  });

  test('shows a new version as soon as the network has it', async () => {
    await happens('install');
    network.set(PAGE, 'page 2');
    assert.equal(await ask(PAGE, { mode: 'navigate' }), 'page 2');
  });

  test('forgets earlier versions of this chat, and no others', async () => {
    await happens('install');
    await caches.open('webchat:/team/:0');
    await caches.open('webchat:/other/:0');
    await happens('activate');
    assert.deepEqual(await caches.keys(), [OURS, 'webchat:/other/:0']);
  });

  const push = { user: 'ann', conversation: 'user:bob', id: 'bob m1', title: 'Bob', body: 'New message' };
  const pushed = (more = {}) => happens('push', { data: { json: () => ({ ...push, ...more }) } });
  const clicked = (conversation) => {
    const notification = { close: () => opened.push('closed'), data: { user: 'ann', conversation } };
    return happens('notificationclick', { notification });
  };

  test('shows a push as a notification of its conversation, twice delivered only once aloud', async () => {
    await pushed();
    await pushed();
    await pushed({ id: 'bob m2', body: 'are you there?' });
    await pushed({ conversation: 'room:den', title: 'The den' });
    assert.deepEqual(shown.map(({ title, body, tag, renotify }) => [title, body, tag, renotify]), [
      ['Bob', 'New message', 'user:bob', true],
      ['Bob', 'New message', 'user:bob', false],
      ['Bob', 'are you there?', 'user:bob', true],
      ['The den', 'New message', 'room:den', true],
    ]);
  });

  test('shows no push while a page is in view, but does beside another chat of this origin', async () => {
    windows = [{ url: `${PAGE}#user:bob`, visibilityState: 'visible' }];
    await pushed();
    assert.equal(shown.length, 0);
    windows = [{ url: 'https://chat.example/other/', visibilityState: 'visible' }];
    await pushed();
    assert.equal(shown.length, 1);
  });

  test('opens the conversation of a notification, or turns to the page that is open', async () => {
    windows = [];
    await clicked('room:den');
    assert.deepEqual(opened, ['closed', `${PAGE}#room%3Aden`]);
    const said = [];
    windows = [{ url: PAGE, postMessage: (message) => said.push({ ...message }), focus: async () => said.push('focus') }];
    await clicked('user:bob');
    assert.deepEqual(said, [{ user: 'ann', open: 'user:bob' }, 'focus']);
  });

  test('takes over for a page of its version that is alone', async () => {
    await happens('message', { data: { script: `${PAGE}assets/app-0.js` } });
    assert.equal(isAhead, false);
    windows = [PAGE, `${PAGE}#user:bob`];
    await happens('message', { data: { script: SCRIPT } });
    assert.equal(isAhead, false);
    windows = [PAGE, 'https://chat.example/other/'];
    await happens('message', { data: { script: SCRIPT } });
    assert.equal(isAhead, true);
  });
});

describe('a page that opens without a network', () => {
  test('registers the worker beside it, and greets one that waits', async () => {
    const said = [];
    const register = async (path) => {
      said.push(path);
      return { waiting: { postMessage: (message) => said.push(message) } };
    };
    await keepShell({ workers: { register }, script: SCRIPT });
    assert.deepEqual(said, ['service-worker.js', { script: SCRIPT }]);
  });

  test('does without where the browser has none, or refuses', async () => {
    await keepShell({ workers: undefined });
    await forgetShell({ workers: undefined, caches: undefined, page: PAGE });
    await keepShell({
      workers: {
        register: async () => {
          throw new DOMException('not over HTTP', 'SecurityError');
        },
      },
    });
  });

  test('deletes the worker and its files, and those of no other chat', async () => {
    const caches = new Caches();
    await caches.open(OURS);
    await caches.open('webchat:/other/:1');
    let registered = null;
    const unregister = async () => (registered = 'gone');
    const getRegistration = async (url) => {
      registered = url;
      return { unregister };
    };
    await forgetShell({ workers: { getRegistration }, caches, page: `${PAGE}#user:bob` });
    assert.equal(registered, 'gone');
    assert.deepEqual(await caches.keys(), ['webchat:/other/:1']);
  });
});
