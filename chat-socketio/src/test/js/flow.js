// One conversation between two clients of one generation of the official Socket.IO client.
// node flow.js <1|2|4> <polling|websocket|both> <token|join> <url>; ends with status 0 if all went well.
'use strict';

const assert = require('assert');

const [generation, transport, entry, url] = process.argv.slice(2);
const io = require('socket.io-client-' + generation);
const transports = transport === 'both' ? ['polling', 'websocket'] : [transport];
const COUNT = 300;
// An accent, a Hangul syllable, an emoji beyond the basic plane, and what JSON must escape.
const text = i => i + ' \u00e9\ud55c\ud83d\ude00 "\\\n';

function connect(user, token) {
  const options = { transports, forceNew: true, reconnection: false };
  if (entry === 'token') {
    options[generation === '4' ? 'auth' : 'query'] = { token: token || 'token-' + user };
  }
  const socket = io(url, options);
  if (entry === 'join') {
    socket.on('connect', () => socket.emit('join', user));
  }
  return socket;
}

// The original's clients send strings.
const wire = event => (entry === 'join' ? JSON.stringify(event) : event);
// What an application may add to a text, also with a client that knows none of it.
const card = {
  Type: 'shop.order',
  Data: { n: 1.5, text: text(0), list: [1, { deep: null }] },
  ReplyTo: { From: 'bob', MsgID: 'm0' },
  Mentions: ['bob'],
};
const isCard = i => i % 3 === 0;
const message = (from, to, i) => ({
  EvtType: 'message', From: from, To: to, MsgID: 'm' + i, Timestamp: Math.floor(Date.now() / 1000), Text: text(i),
  ...(isCard(i) ? card : {}),
});

function within(what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('no ' + what + ' in time')), 60000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function receiving(bob) {
  const received = [];
  return within('messages', new Promise((resolve, reject) => {
    bob.on('chat', (event, acknowledge) => {
      if (event.EvtType !== 'message') {
        return reject(new Error('unexpected ' + JSON.stringify(event)));
      }
      received.push(event);
      if (received.length % 2) {
        acknowledge();
      } else {
        bob.emit('chat', wire({ EvtType: 'delivery', From: 'bob', To: 'alice', MsgID: event.MsgID, Timestamp: 1 }));
      }
      if (received.length === COUNT) {
        resolve(received);
      }
    });
  }));
}

function receipts(alice) {
  const ids = new Set();
  return within('receipts', new Promise((resolve, reject) => {
    alice.on('chat', event => {
      if (event.EvtType !== 'delivery') {
        return reject(new Error('unexpected ' + JSON.stringify(event)));
      }
      ids.add(event.MsgID);
      if (ids.size === COUNT) {
        resolve();
      }
    });
  }));
}

async function converse() {
  const bob = connect('bob');
  const alice = connect('alice');
  const received = receiving(bob);
  const confirmed = receipts(alice);
  await within('connection', new Promise(resolve => alice.on('connect', resolve)));
  // At once, while the transport may still be on its way from polling to websocket.
  const answers = [];
  for (let i = 0; i < COUNT; i++) {
    answers.push(new Promise(resolve => alice.emit('chat', wire(message('alice', 'bob', i)), resolve)));
  }
  for (const [i, answer] of (await within('answers', Promise.all(answers))).entries()) {
    assert.strictEqual(answer.ok, true, JSON.stringify(answer));
    assert.strictEqual(answer.MsgID, 'm' + i);
  }
  assert.deepStrictEqual((await received).map(event => event.Text), Array.from({ length: COUNT }, (_, i) => text(i)));
  for (const [i, { Type, Data, ReplyTo, Mentions }] of (await received).entries()) {
    const none = { Type: undefined, Data: undefined, ReplyTo: undefined, Mentions: undefined };
    assert.deepStrictEqual({ Type, Data, ReplyTo, Mentions }, isCard(i) ? card : none);
  }
  await confirmed;
  if (entry === 'token') {
    await renewal(alice);
  }
  await refusals(alice);
  alice.close();
  bob.close();
}

// Sends a new token, as a client does before the old one expires; then one of somebody else, which ends nothing.
async function renewal(alice) {
  const renew = token => within('answer', new Promise(resolve => alice.emit('auth', { token }, resolve)));
  assert.deepStrictEqual(await renew('token-alice-until-' + (Date.now() + 3600000)), { ok: true });
  const foreign = await renew('token-eve');
  assert.strictEqual(foreign.ok, false, JSON.stringify(foreign));
  const broken = await renew('wrong');
  assert.strictEqual(broken.Code, 'unauthorized', JSON.stringify(broken));
}

async function refusals(alice) {
  const forged = wire(message('eve', 'bob', 1));
  const answer = await within('answer', new Promise(resolve => alice.emit('chat', forged, resolve)));
  assert.strictEqual(answer.ok, false);
  assert.strictEqual(answer.Code, 'forbidden');
  alice.removeAllListeners('chat');
  const failed = within('failed event', new Promise(resolve => alice.on('chat', resolve)));
  alice.emit('chat', forged);
  assert.strictEqual((await failed).Code, 'forbidden');
  alice.removeAllListeners('chat');
  const binary = within('failed event', new Promise(resolve => alice.on('chat', resolve)));
  alice.emit('chat', Buffer.from([1, 2, 3]));
  assert.strictEqual((await binary).Code, 'bad_request');
}

async function refused() {
  const eve = connect('eve', 'wrong');
  const name = generation === '4' ? 'connect_error' : 'error';
  const error = await within(name, new Promise(resolve => eve.on(name, resolve)));
  if (generation === '4') {
    assert.strictEqual(error.message, 'the token is wrong');
    assert.deepStrictEqual(error.data, { code: 'unauthorized' });
  } else {
    assert.strictEqual(error, 'the token is wrong');
  }
  eve.close();
}

converse()
  .then(() => (entry === 'token' ? refused() : undefined))
  .then(() => process.exit(0), error => {
    console.error(error);
    process.exit(1);
  });
