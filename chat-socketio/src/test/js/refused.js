// A client of an old generation whose token is refused: it is told why, and does not come back by itself.
// node refused.js <1|2> <polling|websocket|both> <url>; ends with status 0 by itself once nothing is left to do.
'use strict';

const assert = require('assert');

const [generation, transport, url] = process.argv.slice(2);
const io = require('socket.io-client-' + generation);
const transports = transport === 'both' ? ['polling', 'websocket'] : [transport];
const events = [];

const socket = io(url, { transports, forceNew: true, reconnectionDelay: 10, query: { token: 'wrong' } });
socket.on('connect', () => events.push('connect'));
socket.on('error', reason => events.push('error ' + reason));
socket.on('disconnect', reason => events.push('disconnect ' + reason));
socket.io.on('reconnect_attempt', () => {
  console.error('reconnects after', events);
  process.exit(1);
});
process.on('exit', status => {
  if (status === 0) {
    assert.deepStrictEqual(events, ['error the token is wrong', 'disconnect io server disconnect']);
  }
});
