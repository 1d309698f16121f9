// A client that the application disconnects: it is told so with a code, and does not come back by itself.
// node disconnected.js <1|2|4> <polling|websocket|both> <url>; ends with status 0 by itself once nothing is left to do.
'use strict';

const assert = require('assert');

const [generation, transport, url] = process.argv.slice(2);
const client = require('socket.io-client-' + generation);
const io = client.io || client;
const transports = transport === 'both' ? ['polling', 'websocket'] : [transport];
const token = 'token-alice';
const events = [];

const entry = generation === '4' ? { auth: { token } } : { query: { token } };
const socket = io(url, { transports, forceNew: true, reconnectionDelay: 10, ...entry });
socket.on('connect', () => {
  events.push('connect');
  // The test waits for this message, so that it ends a session that stands.
  const message = { EvtType: 'message', From: 'alice', To: 'witness-' + generation, MsgID: 'm1', Text: 'I am here' };
  socket.emit('chat', message, () => {});
});
socket.on('chat', event => events.push(event.EvtType + ' ' + event.Code));
socket.on('disconnect', reason => events.push('disconnect ' + reason));
socket.io.on('reconnect_attempt', () => {
  console.error('reconnects after', events);
  process.exit(1);
});
process.on('exit', status => {
  if (status === 0) {
    assert.deepStrictEqual(events, ['connect', 'disconnected unauthorized', 'disconnect io server disconnect']);
  }
});
