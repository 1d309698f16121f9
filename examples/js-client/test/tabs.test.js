import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { ChatClient } from '../src/chat-client.js';
import { MemoryStore } from '../src/memory-store.js';
import { Tabs } from '../src/tabs.js';
import { channels, Locks, settled } from './support.js';

const WITH_BOB = 'user:bob';

/** A chat server with one socket at most per device, which answers when the test says so. */
class Server {
  sockets = new Set();
  stored = new Map();
  got = [];
  answers = true;

  io = (origin, { auth }) => {
    const handlers = new Map();
    const socket = {
      connected: false,
      on: (type, handler) => handlers.set(type, handler),
      connect: () => auth((credentials) => this.#accept(socket, credentials)),
      disconnect: () => this.#close(socket),
      timeout: () => ({ emit: (_, event, reply) => this.#receive(event, reply) }),
      volatile: { emit: (_, event) => this.got.push(event) },
      tell: (type, ...what) => handlers.get(type)?.(...what),
    };
    return socket;
  };

  get connected() {
    return Array.from(this.sockets).filter(({ connected }) => connected);
  }

  get messages() {
    return this.got.filter(({ EvtType }) => EvtType === 'message').map(({ MsgID, Text }) => `${MsgID} ${Text}`);
  }

  /** Sends an event to whoever is connected; resolves once it is confirmed. */
  send(event) {
    return new Promise((resolve) => this.connected.forEach((socket) => socket.tell('chat', event, resolve)));
  }

  #accept(socket, credentials) {
    this.credentials = credentials;
    this.connected.forEach((other) => other.tell('chat', { EvtType: 'replaced' }));
    socket.connected = true;
    this.sockets.add(socket);
    socket.tell('connect');
  }

  #close(socket) {
    if (socket.connected) {
      socket.connected = false;
      socket.tell('disconnect');
    }
  }

  #receive(event, reply) {
    this.got.push(event);
    if (this.answers) {
      const at = this.stored.get(event.MsgID) ?? 1_000 + this.stored.size;
      this.stored.set(event.MsgID, at);
      queueMicrotask(() => reply(null, { ok: true, MsgID: event.MsgID, StoredAt: at }));
    }
  }
}

describe('several tabs of one user', () => {
  const globals = { window: globalThis.window, document: globalThis.document, fetch: globalThis.fetch };
  let server;
  let store;
  let locks;
  let open;
  let tabs;

  before(() => {
    globalThis.window = new EventTarget();
    globalThis.document = { visibilityState: 'visible' };
    globalThis.fetch = async () => ({ ok: true, status: 200, json: async () => ({ items: [], nextCursor: null }) });
  });

  after(() => Object.assign(globalThis, globals));

  beforeEach(() => {
    server = new Server();
    store = new MemoryStore();
    locks = new Locks();
    open = channels();
    tabs = [];
  });

  async function tab() {
    const shared = { io: server.io, store, locks, tabs: new Tabs('ann', open) };
    const messenger = new ChatClient({ ...shared, url: 'http://chat.test', user: 'ann', device: 'd', token: () => 't' });
    const told = [];
    messenger.on('incoming', (messages) => told.push(...messages.map(({ text }) => text)));
    await messenger.start();
    await quiet();
    tabs.push(messenger);
    return { messenger, told };
  }

  /** Lets everything that goes on come to its end. */
  async function quiet() {
    for (let turns = 0; turns < 20; turns += 1) {
      await settled();
    }
  }

  const end = async () => {
    await Promise.all(tabs.map((messenger) => messenger.close()));
    await quiet();
  };

  const hello = { EvtType: 'message', From: 'bob', To: 'ann', MsgID: 'b1', Text: 'hello', StoredAt: 500, Seq: 7 };

  test('take somebody with whom there is a conversation for a user, whatever the server says', async (context) => {
    const asked = [];
    const { messenger } = await tab();
    await messenger.converse('bob');
    context.mock.method(globalThis, 'fetch', async (url) => {
      asked.push(new URL(url).pathname);
      return { ok: true, status: 200, json: async () => ({ exists: false }) };
    });
    assert.deepEqual([await messenger.exists('bob'), await messenger.exists('bobb')], [true, false]);
    assert.deepEqual(asked, ['/v1/users/bobb']);
    await end();
  });

  test('have one connection together, and all know how it is', async () => {
    const [first, second] = [await tab(), await tab()];
    assert.equal(server.sockets.size, 1);
    assert.deepEqual([first, second].map(({ messenger }) => messenger.connection), ['online', 'online']);
    await end();
  });

  test('send each message once, whichever tab it was written in', async () => {
    const [first, second] = [await tab(), await tab()];
    await second.messenger.converse('bob');
    await second.messenger.send(WITH_BOB, 'from the second');
    await first.messenger.send(WITH_BOB, 'from the first');
    await quiet();
    const texts = server.messages.map((it) => it.slice(it.indexOf(' ') + 1));
    assert.deepEqual(texts, ['from the second', 'from the first']);
    assert.equal(second.messenger.conversations.get(WITH_BOB).last.state, 'sent');
    assert.equal(await second.messenger.unsent(), 0);
    await end();
  });

  test('show what comes in all tabs, and keep it once', async () => {
    const [first, second] = [await tab(), await tab()];
    await server.send(hello);
    await quiet();
    assert.deepEqual([first.told, second.told], [['hello'], ['hello']]);
    assert.equal(second.messenger.conversations.get(WITH_BOB).unread, 1);
    await end();
  });

  test('take somebody to be there who types or writes now, not one whose message waited', async () => {
    const [first, second] = [await tab(), await tab()];
    await server.send(hello);
    await quiet();
    assert.equal(first.messenger.presence.isOnline('bob'), false);
    await server.send({ ...hello, MsgID: 'b2', StoredAt: Date.now(), Seq: 8 });
    await server.send({ EvtType: 'typing', From: 'carol', To: 'ann' });
    await quiet();
    assert.deepEqual(['bob', 'carol'].map((user) => second.messenger.presence.isOnline(user)), [true, true]);
    assert.deepEqual(second.messenger.writers('user:carol'), ['carol']);
    await end();
  });

  test('what one tab shows counts as seen, and is told once', async () => {
    await tab();
    const second = await tab();
    await server.send(hello);
    await second.messenger.saw(WITH_BOB, { from: 'bob', id: 'b1', place: 500 });
    await quiet();
    const displays = server.got.filter(({ EvtType }) => EvtType === 'display');
    assert.deepEqual(displays.map(({ MsgID, To }) => [MsgID, To]), [['b1', 'bob']]);
    assert.equal(tabs[0].conversations.get(WITH_BOB).unread, 0);
    await end();
  });

  test('the next one takes over where the first was, and sends what was left under the same id', async () => {
    const [first, second] = [await tab(), await tab()];
    await server.send(hello);
    server.answers = false;
    await first.messenger.send(WITH_BOB, 'unanswered');
    await quiet();
    server.answers = true;
    await first.messenger.close();
    await quiet();
    assert.equal(server.credentials.after, 7);
    assert.equal(server.connected.length, 1);
    assert.equal(new Set(server.messages).size, 1);
    assert.equal(server.messages.length, 2);
    assert.equal(await second.messenger.unsent(), 0);
    await end();
  });

  test('a second tab can say that the person types, and ask to connect', async () => {
    await tab();
    const second = await tab();
    second.messenger.keystroke(WITH_BOB);
    await quiet();
    assert.deepEqual(server.got.map(({ EvtType, To }) => [EvtType, To]), [['typing', 'bob']]);
    await end();
  });

  test('a session that was replaced from elsewhere stays away until a person asks for it, in any tab', async () => {
    await tab();
    const second = await tab();
    server.connected[0].tell('chat', { EvtType: 'replaced' });
    await quiet();
    assert.equal(server.connected.length, 0);
    assert.equal(second.messenger.connection, 'replaced');
    second.messenger.tryNow();
    await quiet();
    assert.equal(server.connected.length, 1);
    assert.equal(second.messenger.connection, 'online');
    await end();
  });
});
