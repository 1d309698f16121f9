/**
 * What a client has to hold, against two servers over the same stores that are killed and started again, and over
 * networks that lose what was sent. See `runner.js` for what it needs of whoever runs it.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, test } from 'node:test';
import { MemoryStore, newDeviceId } from '../src/index.js';
import { Door } from './door.js';
import { Person, signIn, until } from './person.js';
import { kill, ports, restart, shortToken } from './runner.js';

/** More than a queue of these servers holds: the bound is 40. */
const MORE_THAN_A_QUEUE = 60;
const TOO_LARGE_TEXT = 'x'.repeat(17 * 1024);
/** More than a packet may have. */
const TOO_LARGE_PACKET = 'x'.repeat(600 * 1024);

const servers = await ports();
const run = `${process.pid}${Date.now().toString(36)}`;
let number = 0;
let doors = [];
let people = [];
let writers = [];

beforeEach(async () => {
  number += 1;
  await restart();
});

afterEach(async () => {
  await Promise.all(people.map((person) => person.close()));
  doors.forEach((each) => each.close());
  writers.forEach((child) => child.kill('SIGKILL'));
  people = [];
  doors = [];
  writers = [];
});

async function door(...to) {
  const opened = await Door.to(...to.map((server) => servers[server]));
  doors.push(opened);
  return opened;
}

function nameOf(name) {
  return `${name}-${run}-${number}`;
}

/** No test kills the second server. */
function tokenOf(user) {
  return signIn(`http://127.0.0.1:${servers[1]}/`, user);
}

/** Somebody who is online behind a door. */
async function person(name, behind, options = {}) {
  const user = nameOf(name);
  const somebody = new Person({ door: behind, user, token: await tokenOf(user), ...options });
  people.push(somebody);
  await somebody.open();
  await somebody.online();
  return somebody;
}

function texts(word, count) {
  return Array.from({ length: count }, (_, i) => `${word} ${i + 1}`);
}

/** A process that writes; `printed(line)` resolves once it has printed that. */
function writerProcess(settings) {
  const script = new URL('./writer.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ['ignore', 'pipe', 'inherit'] });
  writers.push(child);
  const lines = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return { child, printed: (line) => until(() => lines.includes(line), () => lines) };
}

test('G1 G2 G3: what is written while the server is killed arrives once, in order, and is acknowledged', async () => {
  const ann = await person('ann', await door(0));
  const bob = await person('bob', await door(1));
  const all = texts('line', 30);
  await ann.writes(bob, ...all.slice(0, 20));
  await until(() => bob.incoming.length > 2, () => bob.incoming);
  await kill(0);
  await ann.writes(bob, ...all.slice(20));
  await restart();

  await bob.gets(...all);
  await ann.reaches('delivered', ...all);
  assert.deepEqual(await bob.stored(ann), all);
});

test('G2: a resend after a lost answer makes no second message', async () => {
  const anns = await door(0);
  const ann = await person('ann', anns);
  const bob = await person('bob', await door(1));
  anns.loseAnswers();
  await ann.writes(bob, 'first', 'second');
  await until(() => bob.incoming.includes('first'), () => bob.incoming);
  assert.equal(ann.message('first').state, 'pending');
  anns.cut();

  await ann.reaches('delivered', 'first', 'second');
  await bob.gets('first', 'second');
  assert.deepEqual(await bob.stored(ann), ['first', 'second']);
});

test('G2: what comes again after a lost confirmation is shown once', async () => {
  const ann = await person('ann', await door(0));
  const bobs = await door(1);
  const bob = await person('bob', bobs);
  bobs.loseRequests();
  await ann.writes(bob, ...texts('early', 3));
  await until(() => bob.incoming.length === 3, () => bob.incoming);
  bobs.cut();
  await ann.writes(bob, 'late');

  await bob.gets(...texts('early', 3), 'late');
  await ann.reaches('delivered', ...texts('early', 3), 'late');
});

test('G1 G2 G3: a process that was killed sends what its store has kept', async () => {
  const bob = await person('bob', await door(1));
  const anns = await door(0);
  const user = nameOf('ann');
  const folder = mkdtempSync(join(tmpdir(), 'webchat-'));
  const settings = {
    url: anns.url,
    file: join(folder, 'store.json'),
    user,
    device: newDeviceId(),
    token: await tokenOf(user),
    to: bob.user,
  };
  await kill(0);
  const first = writerProcess({ ...settings, texts: texts('kept', 5) });
  await first.printed('kept');
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  await restart();

  const second = writerProcess({ ...settings, texts: ['new'] });
  await second.printed('sent');
  await bob.gets(...texts('kept', 5), 'new');
  rmSync(folder, { recursive: true });
});

test('G1 G2: a client on the memory of an earlier one goes on where that ended', async () => {
  const ann = await person('ann', await door(0));
  const bobs = await door(1);
  const [store, device] = [new MemoryStore(), newDeviceId()];
  const earlier = await person('bob', bobs, { store, device });
  await ann.writes(earlier, 'before');
  await earlier.gets('before');
  await ann.reaches('delivered', 'before');
  bobs.shut();
  await earlier.writes(ann, 'from the outbox');
  await earlier.close();
  await ann.writes(earlier, 'meanwhile');
  bobs.reopen();

  const again = new MemoryStore(JSON.parse(JSON.stringify(store.snapshot())));
  const later = await person('bob', bobs, { store: again, device });
  await later.gets('meanwhile');
  await ann.gets('from the outbox');
  await ann.reaches('delivered', 'meanwhile');
});

test('G10: after a gap in the queue the history has the rest', async () => {
  const ann = await person('ann', await door(0));
  const bobs = await door(1);
  const [store, device] = [new MemoryStore(), newDeviceId()];
  const bob = await person('bob', bobs, { store, device });
  await ann.writes(bob, 'before');
  await bob.gets('before');
  await ann.reaches('delivered', 'before');
  await bob.close();
  const all = texts('missed', MORE_THAN_A_QUEUE);
  await ann.writes(bob, ...all);
  await ann.reaches('sent', ...all);

  const back = await person('bob', bobs, { store, device });
  await until(() => back.gaps > 0 && back.incoming.includes(all.at(-1)), () => back.incoming);
  assert.ok(back.incoming.length < all.length, 'the queue held everything');
  assert.deepEqual(await back.reads(ann), ['before', ...all]);
});

test('G1 G2 G3 G6: when a server dies the client goes on with the other one', async () => {
  const anns = await door(0, 1);
  const ann = await person('ann', anns);
  const bob = await person('bob', await door(1));
  const all = texts('line', 20);
  await ann.writes(bob, ...all.slice(0, 10));
  await until(() => bob.incoming.length > 2, () => bob.incoming);
  await kill(0);
  await ann.writes(bob, ...all.slice(10));

  await bob.gets(...all);
  await ann.reaches('delivered', ...all);
  await bob.writes(ann, 'still there?');
  await ann.gets('still there?');
  assert.deepEqual(await bob.stored(ann), [...all, 'still there?']);
});

test('a token that expires is renewed, and the connection stays', async () => {
  const anns = await door(0);
  const user = nameOf('ann');
  const token = await shortToken(user, 15);
  const ann = new Person({
    door: anns,
    user,
    token,
    renew: async (rest) => (await rest.post('/v1/token')).token,
  });
  people.push(ann);
  await ann.open();
  await ann.online();
  const bob = await person('bob', await door(1));
  await until(() => ann.token !== token, () => ann.states);
  const headers = { Authorization: `Bearer ${token}` };
  await until(async () => (await fetch(`${anns.url}v1/rooms`, { headers })).status === 401, () => 'it is good still');

  await ann.writes(bob, 'after the end of the first token');
  await bob.gets('after the end of the first token');
  await bob.writes(ann, 'I hear you');
  await ann.gets('I hear you');
  assert.deepEqual(ann.states.filter((state) => state === 'online'), ['online']);
});

test('receipts, edits and deletions that came about during an outage are seen after it', async () => {
  const anns = await door(0);
  const ann = await person('ann', anns);
  const bob = await person('bob', await door(1));
  await ann.writes(bob, 'do you read this?');
  await bob.gets('do you read this?');
  await bob.writes(ann, 'a typo', 'a mistake');
  await ann.gets('a typo', 'a mistake');
  await bob.reaches('delivered', 'a mistake');
  const [typo, mistake] = [bob.message('a typo'), bob.message('a mistake')];
  anns.shut();
  await kill(0);
  await bob.looks('do you read this?');
  await bob.client.edit(typo, 'no typo');
  await bob.client.remove(mistake);
  await restart();
  anns.reopen();

  await ann.reaches('displayed', 'do you read this?');
  await until(
    () => ann.changed(typo.id).text === 'no typo' && ann.changed(mistake.id).deletedAt !== undefined,
    () => [ann.changed(typo.id), ann.changed(mistake.id)],
  );
  assert.deepEqual(ann.incoming, ['a typo', 'a mistake']);
});

test('a refusal makes no loop of connections', async () => {
  const strangers = await door(0);
  const stranger = new Person({ door: strangers, user: nameOf('eve'), token: 'not a token' });
  people.push(stranger);
  await stranger.open();
  await until(() => stranger.states.at(-1) === 'unauthorized', () => stranger.states);

  const anns = await door(0);
  const ann = await person('ann', anns);
  const bob = await person('bob', await door(1));
  const dan = await person('dan', await door(1));
  await dan.client.people.setBlocked(ann.user, true);
  await ann.writes(dan, 'let me in');
  await ann.writes(bob, TOO_LARGE_TEXT, 'small');
  await bob.gets('small');
  await until(() => ann.message('let me in').state === 'failed', () => ann.message('let me in'));
  assert.equal(ann.message('let me in').code, 'forbidden');
  assert.equal(ann.message(TOO_LARGE_TEXT).code, 'too_large');
  assert.equal(anns.attempts, 1);

  await ann.writes(bob, TOO_LARGE_PACKET, 'behind it');
  await bob.gets('small', 'behind it');
  assert.equal(ann.message(TOO_LARGE_PACKET).code, 'too_large');
  assert.ok(anns.attempts <= 2, `${anns.attempts} connections`);
  assert.equal(strangers.attempts, 1);
});
