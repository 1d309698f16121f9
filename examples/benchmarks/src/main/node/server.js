'use strict';

// A chat server as one would write it for Node.js: Socket.IO, a Redis stream per user, one script that drops resends,
// stores and publishes before the sender is answered, replay until confirmed. `node --expose-gc server.js REDIS_URL`

const fs = require('fs');
const http = require('http');
const path = require('path');
const readline = require('readline');
const Redis = require('ioredis');
const { Server } = require('socket.io');
const { Mailbox } = require('./mailbox');

const MAX_TEXT = 16384;
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const USER = /^[A-Za-z0-9_.@-]{1,64}$/;

const url = process.argv[2];
const redis = new Redis(url, { enableAutoPipelining: true });
// It may ask nothing once it listens, not even whether Redis is ready.
const subscriber = new Redis(url, { enableReadyCheck: false });
redis.defineCommand('append', {
  numberOfKeys: 2,
  lua: fs.readFileSync(path.join(__dirname, 'append.lua'), 'utf8'),
});

const httpServer = http.createServer();
const io = new Server(httpServer, { transports: ['websocket'], serveClient: false, maxHttpBufferSize: 65536 });
const mailboxes = new Map();

const stream = user => `node:{${user}}`;

subscriber.on('message', (channel, payload) => {
  mailboxes.get(channel)?.forEach(each => each.published(payload));
});

function append(kind, from, event) {
  const { To: to, MsgID: id } = event;
  const stored = `${kind} ${from} ${id} ${JSON.stringify(event)}`;
  return redis.append(stream(to), `${stream(to)}:${from}:${id}:${kind}`, stored);
}

function check(event, user) {
  if (event === null || typeof event !== 'object' || event.From !== user) {
    return 'forbidden';
  }
  const known = USER.test(event.To) && ID.test(event.MsgID);
  const text = event.EvtType !== 'message' || (typeof event.Text === 'string' && event.Text.length <= MAX_TEXT);
  return known && text ? '' : 'bad_request';
}

async function message(user, event, ack) {
  try {
    const id = await append('message', user, event);
    ack?.({ ok: true, MsgID: event.MsgID, StoredAt: id ? parseInt(id, 10) : undefined, Duplicate: !id });
  } catch (failure) {
    ack?.({ ok: false, MsgID: event.MsgID, Code: 'unavailable', Retry: true });
  }
}

async function receipt(user, event, mailbox) {
  // Only about what this user was given, and confirmed only once its author can hear of it.
  if (!mailbox.awaits(event.To, event.MsgID)) {
    return;
  }
  await append(event.EvtType, user, event);
  mailbox.confirmed(event.To, event.MsgID);
}

io.use((socket, next) => {
  const user = socket.handshake.auth.token;
  if (typeof user !== 'string' || !USER.test(user)) {
    next(new Error('unauthorized'));
    return;
  }
  socket.data.user = user;
  enter(socket, user).then(() => next(), next);
});

async function enter(socket, user) {
  const name = stream(user);
  // Encoded once, here: what was stored is JSON already.
  const mailbox = new Mailbox(redis, name, json => socket.conn.write(`2["chat",${json}]`));
  socket.data.mailbox = mailbox;
  const all = mailboxes.get(name) ?? new Set();
  mailboxes.set(name, all.add(mailbox));
  await subscriber.subscribe(name);
}

io.on('connection', socket => {
  const { user, mailbox } = socket.data;
  socket.on('chat', (event, ack) => {
    const fault = check(event, user);
    if (fault) {
      ack?.({ ok: false, MsgID: event?.MsgID, Code: fault, Retry: false });
    } else if (event.EvtType === 'message') {
      message(user, event, ack);
    } else if (event.EvtType === 'delivery' || event.EvtType === 'display') {
      receipt(user, event, mailbox).catch(failure => console.error('a receipt was not stored', failure.message));
    }
  });
  socket.conn.on('heartbeat', () => mailbox.heartbeat());
  socket.on('disconnect', () => leave(user, mailbox));
  mailbox.replay().catch(() => socket.disconnect(true));
});

function leave(user, mailbox) {
  const name = stream(user);
  const all = mailboxes.get(name);
  all?.delete(mailbox);
  if (all?.size === 0) {
    mailboxes.delete(name);
    subscriber.unsubscribe(name).catch(failure => console.error('not unsubscribed', failure.message));
  }
}

httpServer.listen(0, '127.0.0.1', () => console.log(`ready ${httpServer.address().port}`));

const input = readline.createInterface({ input: process.stdin });
input.on('line', line => {
  if (line === 'memory') {
    global.gc();
    const { heapUsed, external } = process.memoryUsage();
    console.log(`memory ${heapUsed} ${external}`);
  }
});
input.on('close', () => process.exit(0));
