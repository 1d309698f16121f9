import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { RestError } from '@webchat/client';
import { settled } from '../../../../js-client/test/support.js';
import { Uploads } from '../../main/resources/web/js/view/uploads.js';

const LIMITS = { maxBytes: 1_000, maxFiles: 3 };

/** Files go up at once, the message waits for them, and each can be cancelled or tried again. */
describe('the files of a message that is written', () => {
  let running;
  let discarded;
  let changes;
  let uploads;

  beforeEach(() => {
    running = [];
    discarded = [];
    changes = 0;
    uploads = made();
  });

  const files = {
    upload: (file, { signal, onProgress }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        running.push({ file, onProgress, resolve, reject });
      }),
    discard: async ({ id }) => discarded.push(id),
  };
  const measure = async ({ type }) => (type === 'image/png' ? { width: 4, height: 3 } : {});
  const made = (kept = []) => new Uploads({ files, measure, kept, onChange: () => (changes += 1) });
  const file = (name, { size = 10, type = 'text/plain' } = {}) => new File(['x'.repeat(size)], name, { type });
  const answer = (index) => {
    const { name, type, size } = running[index].file;
    running[index].resolve({ id: `f${index}`, name, type, bytes: size });
    return settled();
  };
  const states = () => uploads.items.map(({ state }) => state);

  test('go up at once, tell how far they are, and are named with the size of a picture', async () => {
    assert.deepEqual(uploads.add([file('a.png', { type: 'image/png' }), file('b.txt')], LIMITS), []);
    running[0].onProgress({ loaded: 7, total: 10 });
    assert.equal(uploads.items[0].loaded, 7);
    await answer(0);
    await answer(1);
    assert.deepEqual(uploads.attachments, [
      { id: 'f0', name: 'a.png', type: 'image/png', bytes: 10, width: 4, height: 3 },
      { id: 'f1', name: 'b.txt', type: 'text/plain', bytes: 10 },
    ]);
    assert.ok(changes > 4);
    uploads.close();
  });

  test('that are too large or too many are left out, with a sentence that names the limit', () => {
    const small = ['a', 'b', 'c', 'd', 'e'].map((name) => file(name));
    const problems = uploads.add([file('large', { size: 1_001 }), ...small], LIMITS);
    assert.deepEqual(uploads.items.map(({ name }) => name), ['a', 'b', 'c']);
    assert.equal(problems[0], 'large has 1,001 bytes. A file may have 1,000 bytes at most.');
    assert.equal(problems[1], 'A message has 3 files at most. Left out: d, e.');
    uploads.close();
  });

  test('hold the message until they are there', async () => {
    const sent = [];
    uploads.add([file('a'), file('b')], LIMITS);
    await answer(0);
    uploads.whenThere(() => sent.push(uploads.attachments.length));
    assert.deepEqual([sent, uploads.isAwaited], [[], true]);
    await answer(1);
    assert.deepEqual([sent, uploads.isAwaited], [[2], false]);
  });

  test('hold nothing where there are none', () => {
    let isSent = false;
    uploads.whenThere(() => (isSent = true));
    assert.equal(isSent, true);
  });

  test('end the waiting when one fails, and send nothing by themselves when it is tried again', async () => {
    let isSent = false;
    uploads.add([file('a')], LIMITS);
    uploads.whenThere(() => (isSent = true));
    running[0].reject(new RestError({ code: 'too_large', status: 413, detail: 'it is full' }));
    await settled();
    assert.deepEqual([states(), uploads.isAwaited, uploads.hasFailed], [['failed'], false, true]);
    assert.equal(uploads.items[0].error.message, 'it is full');
    uploads.retry(uploads.items[0]);
    assert.deepEqual(states(), ['uploading']);
    await answer(1);
    assert.deepEqual([states(), isSent], [['there'], false]);
  });

  test('are cancelled, which lets the message go that waits for the others', async () => {
    let sent = null;
    uploads.add([file('a'), file('b')], LIMITS);
    uploads.whenThere(() => (sent = uploads.attachments));
    await answer(0);
    uploads.remove(uploads.items[1]);
    await settled();
    assert.deepEqual(sent.map(({ id }) => id), ['f0']);
    assert.deepEqual(discarded, []);
  });

  test('are taken back from the server when they are removed', async () => {
    uploads.add([file('a')], LIMITS);
    await answer(0);
    uploads.remove(uploads.items[0]);
    assert.deepEqual([discarded, uploads.isEmpty], [['f0'], true]);
  });

  test('of a message that has some already: those stay on the server, whatever the edit does', async () => {
    const boat = { id: 'boat', name: 'boat.jpg', type: 'image/jpeg', bytes: 5 };
    uploads = made([boat]);
    assert.deepEqual([uploads.attachments, uploads.isChanged], [[boat], false]);
    uploads.add([file('a'), file('b'), file('c')], LIMITS);
    assert.equal(uploads.items.length, 3);
    uploads.remove(uploads.items[0]);
    assert.deepEqual([discarded, uploads.isChanged], [[], true]);
    uploads.close();
  });

  test('that could not be sent come back, as the person had them', async () => {
    const boat = { id: 'boat', name: 'boat.jpg', type: 'image/jpeg', bytes: 5 };
    const before = made([boat]);
    before.remove(before.items[0]);
    before.add([file('a')], LIMITS);
    await answer(0);
    uploads = made([boat]);
    uploads.putBack(before);
    assert.deepEqual(uploads.attachments.map(({ id }) => id), ['f0']);
  });
});
