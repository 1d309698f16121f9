import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Emitter, RestError } from '@webchat/client';
import { settled } from '../../../../js-client/test/support.js';
import { setNotices } from '../../main/resources/web/js/app/notices.js';
import { closePushed, followPush, isPushOffered, subscribe, unsubscribe } from '../../main/resources/web/js/app/push.js';
import { NoticeChoice } from '../../main/resources/web/js/view/notice-choice.js';
import { byId, openPage, replaceNavigator } from './dom.js';

const KEY = 'BAECAw';
const OTHER_KEY = 'BAECBA';

/** A browser as far as pushes need it. Each subscription has an endpoint of its own. */
class Browser {
  PushManager = class {};
  subscription = null;
  shown = [];
  made = 0;
  refuses = null;

  constructor() {
    const pushManager = { getSubscription: async () => this.subscription, subscribe: (options) => this.#subscribe(options) };
    this.registration = { pushManager, getNotifications: async () => this.shown };
    const ready = Promise.resolve(this.registration);
    this.navigator = { serviceWorker: { ready, getRegistration: async () => this.registration } };
  }

  async #subscribe({ userVisibleOnly, applicationServerKey }) {
    if (this.refuses) {
      throw this.refuses;
    }
    this.made += 1;
    const endpoint = `https://push.example/${this.made}`;
    const bytes = Uint8Array.from(Buffer.from(applicationServerKey, 'base64url'));
    this.subscription = {
      endpoint,
      options: { userVisibleOnly, applicationServerKey: bytes.buffer },
      toJSON: () => ({ endpoint, keys: { p256dh: 'p', auth: 'a' }, expirationTime: null }),
      unsubscribe: async () => (this.subscription = null),
    };
    return this.subscription;
  }
}

describe('web push', () => {
  let browser;
  let asked;
  let key;

  const person = (me, conversations = []) => Object.assign(new Emitter(), {
    me,
    isLeading: true,
    conversations: new Map(conversations.map((each) => [each.id, each])),
    rest: {
      get: async (path) => {
        asked.push(['GET', path]);
        if (key === null) {
          throw new RestError({ code: 'not_found', status: 404 });
        }
        return { publicKey: key };
      },
      put: async (path, body) => void asked.push(['PUT', path, body]),
      delete: async (path) => void asked.push(['DELETE', path]),
    },
  });
  const wants = (user, more = {}) => setNotices(user, { isOn: false, hasSound: true, isPushed: true, showsText: false, ...more });
  const puts = () => asked.filter(([method]) => method === 'PUT').map(([, , body]) => body);

  beforeEach((context) => {
    const texts = new Map();
    globalThis.localStorage = {
      getItem: (name) => texts.get(name) ?? null,
      setItem: (name, text) => texts.set(name, text),
      removeItem: (name) => texts.delete(name),
    };
    browser = new Browser();
    [asked, key] = [[], KEY];
    context.mock?.method(console, 'info', () => {});
    for (const user of ['ann', 'bob']) {
      setNotices(user, { isOn: false, hasSound: true, isPushed: false, showsText: false });
    }
  });

  test('is offered where browser and server have it', async () => {
    assert.equal(await isPushOffered(person('ann'), browser), true);
    key = null;
    assert.equal(await isPushOffered(person('ann'), browser), false);
    assert.equal(await isPushOffered(person('ann'), { navigator: {} }), false);
  });

  test('subscribes with the server\'s key, and tells the server what to say and what is muted', async () => {
    wants('ann', { showsText: true });
    const muted = { id: 'user:eve', isMuted: true };
    const ann = person('ann', [{ id: 'user:bob' }, muted]);
    await subscribe(ann, browser);
    const [, path, body] = asked.at(-1);
    assert.match(path, /^\/v1\/push\/subscriptions\/[\w.-]{1,64}$/);
    assert.deepEqual(body, {
      endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' }, notice: 'New message', showsText: true, muted: ['user:eve'],
    });
    assert.equal(browser.subscription.options.userVisibleOnly, true);
    await subscribe(ann, browser);
    assert.equal(browser.made, 1);
  });

  test('subscribes anew for another user, and for another key of the server', async () => {
    await subscribe(person('ann'), browser);
    await subscribe(person('bob'), browser);
    key = OTHER_KEY;
    await subscribe(person('bob'), browser);
    assert.deepEqual(puts().map(({ endpoint }) => endpoint), [1, 2, 3].map((n) => `https://push.example/${n}`));
  });

  test('ends for the user who signs out, and for nobody else', async () => {
    await subscribe(person('ann'), browser);
    await unsubscribe(person('bob'), browser);
    assert.notEqual(browser.subscription, null);
    await unsubscribe(person('ann'), browser);
    assert.equal(browser.subscription, null);
    assert.equal(asked.at(-1)[0], 'DELETE');
  });

  test('follows what is muted, from the tab that leads, if the user wants pushes', async () => {
    const ann = person('ann', [{ id: 'user:eve' }]);
    await followPush(ann, browser);
    assert.deepEqual(puts(), []);

    wants('ann');
    ann.emit('conversations', []);
    await settled();
    ann.emit('conversations', []);
    await settled();
    ann.conversations.set('user:eve', { id: 'user:eve', isMuted: true });
    ann.isLeading = false;
    ann.emit('conversations', []);
    await settled();
    ann.isLeading = true;
    ann.emit('conversations', []);
    await settled();
    assert.deepEqual(puts().map(({ muted }) => muted), [[], ['user:eve']]);
  });

  test('takes back its notifications', async () => {
    let closed = 0;
    browser.shown = [{ close: () => (closed += 1) }, { close: () => (closed += 1) }];
    await closePushed(browser);
    await closePushed({ navigator: {} });
    assert.equal(closed, 2);
  });

  test('is a choice of its own, which says where it fails', async (context) => {
    context.mock.method(console, 'info', () => {});
    openPage();
    globalThis.Notification = { permission: 'granted', requestPermission: async () => 'granted' };
    globalThis.PushManager = browser.PushManager;
    replaceNavigator(context, browser.navigator);
    const choice = new NoticeChoice();
    await choice.show(person('ann'));
    assert.equal(byId('notices-closed').hidden, false);
    assert.equal(byId('notices-push').checked, false);

    byId('notices-push').checked = true;
    byId('notices-push').fire('change');
    await settled();
    assert.equal(browser.made, 1);
    byId('notices-push').checked = false;
    byId('notices-push').fire('change');
    await settled();
    assert.equal(browser.subscription, null);

    browser.refuses = new DOMException('push service error', 'AbortError');
    byId('notices-push').checked = true;
    byId('notices-push').fire('change');
    await settled();
    assert.equal(byId('notices-push').checked, false);
    assert.match(byId('notices-hint').textContent, /push service/);

    key = null;
    await choice.show(person('ann'));
    assert.equal(byId('notices-closed').hidden, true);
    delete globalThis.Notification;
    delete globalThis.PushManager;
  });
});
