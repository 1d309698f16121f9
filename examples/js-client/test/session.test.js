import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Session } from '../src/session.js';

/** Stands in for the Socket.IO client's socket: what the session asks of it, and what it hears from it. */
class FakeSocket {
  #listeners = {};
  connected = false;
  attempts = 0;
  emitted = [];
  volatile = { emit: (_name, event) => this.emitted.push(event) };

  on(name, listener) {
    this.#listeners[name] = listener;
  }

  hear(name, ...args) {
    this.#listeners[name](...args);
  }

  connect() {
    this.attempts += 1;
  }

  disconnect() {
    if (this.connected) {
      this.drop();
    }
  }

  emit(name, event, reply) {
    this.emitted.push({ name, event, reply });
  }

  timeout() {
    return { emit: (_name, event, reply) => this.emitted.push({ event, reply }) };
  }

  welcome() {
    this.connected = true;
    this.hear('connect');
  }

  drop() {
    this.connected = false;
    this.hear('disconnect', 'transport close');
  }
}

describe('Session', () => {
  let socket;
  let network;
  let session;
  let states;
  let options;

  beforeEach(() => {
    socket = new FakeSocket();
    network = Object.assign(new EventTarget(), { navigator: { onLine: true } });
    session = new Session({
      io: (given) => {
        options = given;
        return socket;
      },
      auth: () => ({ token: 't', device: 'd', after: 7 }),
      network,
    });
    states = [];
    session.on('state', (state) => states.push(state));
  });

  afterEach(() => session.close());

  test('asks for the credentials at every connect', () => {
    const given = [];
    options.auth((auth) => given.push(auth));
    assert.deepEqual(given, [{ token: 't', device: 'd', after: 7 }]);
  });

  test('connects, and again after the connection was lost', () => {
    session.start();
    socket.welcome();
    socket.drop();
    session.tryNow();
    socket.welcome();
    assert.deepEqual(states, ['connecting', 'online', 'reconnecting', 'online']);
    assert.equal(socket.attempts, 2);
  });

  test('tells whether a connection ended because of the size of a packet', () => {
    const told = [];
    session.on('lost', ({ isTooLarge }) => told.push(isTooLarge));
    session.start();
    socket.welcome();
    socket.hear('disconnect', 'transport close', { context: { code: 1009 } });
    socket.hear('disconnect', 'transport error', { description: 413 });
    socket.hear('disconnect', 'transport close', { context: { code: 1006 } });
    socket.hear('disconnect', 'io server disconnect');
    assert.deepEqual(told, [true, true, false, false]);
  });

  test('tries again after a refusal that may pass', () => {
    session.start();
    socket.hear('connect_error', Object.assign(new Error('busy'), { data: { code: 'unavailable' } }));
    assert.equal(session.state, 'reconnecting');
    session.tryNow();
    assert.equal(socket.attempts, 2);
  });

  test('a refused token ends it until it is started again', () => {
    session.start();
    socket.hear('connect_error', Object.assign(new Error('no'), { data: { code: 'unauthorized' } }));
    session.tryNow();
    assert.equal(session.state, 'unauthorized');
    assert.equal(socket.attempts, 1);
    session.start();
    assert.equal(socket.attempts, 2);
  });

  test('a replaced session stays away, even when the network comes back', () => {
    session.start();
    socket.welcome();
    socket.hear('chat', { EvtType: 'replaced' });
    network.dispatchEvent(new Event('offline'));
    network.dispatchEvent(new Event('online'));
    assert.deepEqual(states, ['connecting', 'online', 'replaced']);
    assert.equal(socket.connected, false);
    assert.equal(socket.attempts, 1);
  });

  test('a draining server is announced and left only when it closes', () => {
    session.start();
    socket.welcome();
    socket.hear('chat', { EvtType: 'draining' });
    assert.equal(session.isOnline, true);
    socket.drop();
    assert.deepEqual(states, ['connecting', 'online', 'draining', 'reconnecting']);
  });

  test('says offline when the browser is, and tries at once when it no longer is', () => {
    session.start();
    socket.welcome();
    network.navigator.onLine = false;
    network.dispatchEvent(new Event('offline'));
    assert.equal(session.state, 'offline');
    network.navigator.onLine = true;
    network.dispatchEvent(new Event('online'));
    assert.equal(socket.attempts, 2);
  });

  test('confirms an event on its own connection only', () => {
    const confirms = [];
    let acks = 0;
    session.on('event', ({ confirm }) => confirms.push(confirm));
    session.start();
    socket.welcome();
    socket.hear('chat', { EvtType: 'message', From: '2', To: '1', MsgID: 'a', Text: 'x' }, () => (acks += 1));
    confirms[0]();
    assert.equal(acks, 1);
    socket.drop();
    session.tryNow();
    socket.welcome();
    confirms[0]();
    assert.equal(acks, 1);
  });

  test('never hands a request to a closed socket, which would keep it and send it out of turn', async () => {
    session.start();
    await assert.rejects(session.request({ EvtType: 'message' }), /not connected/);
    session.signal({ EvtType: 'typing' });
    assert.deepEqual(socket.emitted, []);
  });

  test('a request ends with the answer, or with the time-out', async () => {
    session.start();
    socket.welcome();
    const answered = session.request({ MsgID: 'a' });
    const unanswered = session.request({ MsgID: 'b' });
    socket.emitted[0].reply(null, { ok: true });
    socket.emitted[1].reply(new Error('operation has timed out'));
    assert.deepEqual(await answered, { ok: true });
    await assert.rejects(unanswered, /timed out/);
  });

  test('a malformed event is confirmed and goes no further', (t) => {
    t.mock.method(console, 'warn', () => {});
    let acks = 0;
    let events = 0;
    session.on('event', () => (events += 1));
    session.start();
    socket.welcome();
    for (const event of [null, 'text', {}, { EvtType: 'message', From: '2', To: '1', MsgID: 'a' }]) {
      socket.hear('chat', event, () => (acks += 1));
    }
    assert.equal(acks, 4);
    assert.equal(events, 0);
  });

  test('asks for a new token before the present one expires, and goes on with it', () => {
    let asked = 0;
    session.on('expiring', () => (asked += 1));
    session.start();
    socket.welcome();
    socket.hear('chat', { EvtType: 'expiring', To: 'ann', Timestamp: 1, Detail: 'soon' });
    session.renew('new');
    assert.equal(asked, 1);
    assert.equal(session.state, 'online');
    assert.deepEqual(socket.emitted.map(({ name, event }) => [name, event]), [['auth', { token: 'new' }]]);
  });
});
