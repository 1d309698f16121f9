import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Files } from '../src/files.js';
import { Gate } from '../src/gate.js';
import { Rest } from '../src/rest.js';
import { Stall } from '../src/stall.js';
import { settled, Timers } from './support.js';

const BOB = 'user:bob';
const problem = (status, code, headers = {}) =>
  new Response(JSON.stringify({ code, detail: `it is ${code}` }), { status, headers });

/** An upload in a browser, which a test drives. */
class FakeXhr {
  static all = [];
  headers = {};
  upload = {};
  isAborted = false;

  constructor() {
    FakeXhr.all.push(this);
  }

  static get last() {
    return FakeXhr.all.at(-1);
  }

  open(method, url) {
    Object.assign(this, { method, url });
  }

  setRequestHeader(name, value) {
    this.headers[name] = value;
  }

  getResponseHeader(name) {
    return { 'Retry-After': '7' }[name] ?? null;
  }

  send(file) {
    this.file = file;
  }

  abort() {
    this.isAborted = true;
    this.onabort();
  }

  answer(status, json) {
    Object.assign(this, { status, responseText: JSON.stringify(json) });
    this.onload();
  }
}

describe('files', () => {
  let asked;
  let answers;
  let pauses;

  beforeEach(() => {
    FakeXhr.all = [];
    asked = [];
    answers = [];
    pauses = [];
  });

  const fetch = async (url, init) => {
    const body = init.body ? await new Response(init.body).text() : null;
    asked.push({ url, ...init, body });
    init.signal?.throwIfAborted();
    const next = answers.shift();
    return next instanceof Error ? Promise.reject(next) : next;
  };

  const made = (XMLHttpRequest = null) => {
    const token = () => 'secret';
    const address = (path) => `https://chat.example.org/base${path}`;
    const rest = new Rest({ token, fetch: (path, init) => fetch(address(path), init) });
    const wait = async (ms) => pauses.push(ms);
    return new Files({ rest, me: 'ann', token, fetch, address, XMLHttpRequest, wait });
  };

  const message = { conversation: BOB, from: 'bob', id: 'm 1' };
  const file = { id: 'f1', name: 'a.txt', type: 'text/plain', bytes: 6 };

  /** A response that breaks off after these bytes. */
  const broken = (text) => {
    const pull = (controller) => controller.error(new TypeError('the connection is gone'));
    const start = (controller) => controller.enqueue(new TextEncoder().encode(text));
    return new Response(new ReadableStream({ start, pull }, { highWaterMark: 0 }));
  };

  test('the limits are the server’s', async () => {
    answers.push(Response.json({ maxBytes: 5, maxFiles: 10 }));
    assert.deepEqual(await made().limits(), { maxBytes: 5, maxFiles: 10 });
    assert.equal(asked[0].url, 'https://chat.example.org/base/v1/attachments');
  });

  test('an upload sends the bytes and the name, with the token beside the address, and tells how far it is', async () => {
    answers.push(Response.json(file, { status: 201 }));
    const progress = [];
    const sent = new File(['a note'], 'Größe 1.txt');
    assert.deepEqual(await made().upload(sent, { onProgress: (each) => progress.push(each) }), file);
    assert.equal(asked[0].url, 'https://chat.example.org/base/v1/attachments?name=Gr%C3%B6%C3%9Fe%201.txt');
    assert.equal(asked[0].headers.Authorization, 'Bearer secret');
    assert.equal(asked[0].body, 'a note');
    assert.deepEqual(progress.at(-1), { loaded: 6, total: 6 });
  });

  test('a name that the server would not take is mended: without line ends, and cut before its end', async () => {
    answers.push(Response.json(file), Response.json(file));
    const files = made();
    await files.upload(new Blob(['x']), { name: ' a\nb\u2028.txt ' });
    await files.upload(new Blob(['x']), { name: `${'x'.repeat(400)}.tar.gz` });
    const names = asked.map(({ url }) => new URL(url).searchParams.get('name'));
    assert.equal(names[0], 'a b .txt');
    assert.equal(Array.from(names[1]).length, 255);
    assert.match(names[1], /…x+\.tar\.gz$/);
  });

  test('a refused upload has the code and the sentence of the server', async () => {
    answers.push(problem(413, 'too_large'));
    await assert.rejects(made().upload(new Blob(['x'])), { code: 'too_large', message: 'it is too_large' });
    answers.push(new TypeError('no net'));
    await assert.rejects(made().upload(new Blob(['x'])), { code: 'unreachable', isPassing: true });
  });

  test('in a browser an upload tells its progress while it goes, and its refusal', async () => {
    const progress = [];
    const upload = made(FakeXhr).upload(new Blob(['123456']), { onProgress: ({ loaded }) => progress.push(loaded) });
    await settled();
    FakeXhr.last.upload.onprogress({ loaded: 4 });
    assert.deepEqual(progress, [4]);
    assert.equal(FakeXhr.last.headers.Authorization, 'Bearer secret');
    FakeXhr.last.answer(429, { code: 'rate_limited', detail: 'slowly' });
    await assert.rejects(upload, { code: 'rate_limited', message: 'slowly', retryAfter: 7_000 });
  });

  test('in a browser a cancelled upload is aborted, and says nothing of the server', async () => {
    const controller = new AbortController();
    const upload = made(FakeXhr).upload(new Blob(['x']), { signal: controller.signal });
    await settled();
    controller.abort();
    await assert.rejects(upload, { name: 'AbortError' });
    assert.equal(FakeXhr.last.isAborted, true);
    const again = made(FakeXhr).upload(new Blob(['x']));
    await settled();
    FakeXhr.last.onerror();
    await assert.rejects(again, { code: 'unreachable' });
  });

  test('so many uploads run at once, and one that waits can be cancelled', async () => {
    const files = made(FakeXhr);
    const first = Array.from({ length: 3 }, () => files.upload(new Blob(['x'])));
    const controller = new AbortController();
    const waiting = files.upload(new Blob(['x']), { signal: controller.signal });
    await settled();
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    const next = files.upload(new Blob(['next']));
    await settled();
    assert.equal(FakeXhr.all.length, 3);
    FakeXhr.all[2].answer(201, file);
    assert.deepEqual(await first[2], file);
    await settled();
    assert.equal(FakeXhr.all.length, 4);
    [0, 1, 3].forEach((index) => FakeXhr.all[index].answer(201, file));
    await Promise.all([...first, next]);
  });

  test('a download names the message, and an own file is read without it', async () => {
    answers.push(new Response('a note'), new Response('a note'));
    const progress = [];
    const blob = await made().download(message, file, { onProgress: ({ loaded, total }) => progress.push(loaded, total) });
    assert.equal(await blob.text(), 'a note');
    assert.equal(blob.type, 'text/plain');
    assert.deepEqual(progress.slice(-2), [6, 6]);
    const query = 'conversationId=ann%7Ebob&from=bob&msgId=m+1';
    assert.equal(asked[0].url, `https://chat.example.org/base/v1/attachments/f1?${query}`);
    assert.equal(asked[0].headers.Authorization, 'Bearer secret');
    await made().download({ ...message, from: 'ann' }, file);
    assert.equal(asked[1].url, 'https://chat.example.org/base/v1/attachments/f1');
  });

  test('a download goes on where it was after a failure', async () => {
    answers.push(broken('a n'), problem(503, 'unavailable', { 'Retry-After': '2' }), new Response('ote', { status: 206 }));
    assert.equal(await (await made().download(message, file)).text(), 'a note');
    assert.deepEqual(asked.map(({ headers }) => headers.Range), [undefined, 'bytes=3-', 'bytes=3-']);
    assert.equal(asked[1].headers['If-Range'], '"f1"');
    assert.equal(pauses[1], 2_000);
  });

  test('a download begins anew where the server does not go on', async () => {
    answers.push(broken('a n'), new Response('a note'));
    assert.equal(await (await made().download(message, file)).text(), 'a note');
  });

  test('a download that is too short is not taken, and a refused one is not tried again', async () => {
    answers.push(...Array.from({ length: 4 }, () => new Response('')));
    await assert.rejects(made().download(message, file), { code: 'unreachable' });
    assert.equal(asked.length, 4);
    answers.push(problem(404, 'not_found'));
    await assert.rejects(made().download(message, file), { code: 'not_found' });
    assert.equal(asked.length, 5);
  });

  test('a cancelled download is not tried again', async () => {
    const controller = new AbortController();
    answers.push(broken('a n'));
    const onProgress = () => controller.abort();
    await assert.rejects(made().download(message, file, { signal: controller.signal, onProgress }), { name: 'AbortError' });
    assert.equal(asked.length, 1);
  });

  test('a file that no message names is taken back', async () => {
    answers.push(new Response(null, { status: 204 }));
    await made().discard(file);
    assert.deepEqual([asked[0].method, asked[0].url], ['DELETE', 'https://chat.example.org/base/v1/attachments/f1']);
  });
});

describe('turns', () => {
  test('a place goes to the next in line, also after a failure', async () => {
    const gate = new Gate(1);
    const done = [];
    const failing = gate.run(() => Promise.reject(new Error('broken')));
    const next = gate.run(async () => done.push('next'));
    await assert.rejects(failing, /broken/);
    await next;
    await gate.run(async () => done.push('last'));
    assert.deepEqual(done, ['next', 'last']);
  });
});

describe('a transfer', () => {
  test('ends when nothing has moved for a while, or its caller ends it', () => {
    const timers = new Timers();
    const stall = new Stall(null, 100, timers);
    timers.advance(99);
    stall.moved();
    timers.advance(99);
    assert.equal(stall.signal.aborted, false);
    timers.advance(1);
    assert.equal(stall.signal.aborted, true);
    const controller = new AbortController();
    const other = new Stall(controller.signal, 100, timers);
    controller.abort('the person has cancelled it');
    assert.equal(other.signal.reason, 'the person has cancelled it');
  });
});
