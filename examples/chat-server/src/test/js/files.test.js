import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { Emitter } from '@webchat/client';
import { settled } from '../../../../js-client/test/support.js';
import { Attaching } from '../../main/resources/web/js/view/attaching.js';
import { Bubble } from '../../main/resources/web/js/view/bubble.js';
import { FileCache } from '../../main/resources/web/js/view/file-cache.js';
import { pastedFiles } from '../../main/resources/web/js/view/file-drop.js';
import { FileViews } from '../../main/resources/web/js/view/file-views.js';
import { captionOf, isPicture, kindOf, nameOfFile, sizeText } from '../../main/resources/web/js/view/file-words.js';
import { boxOf } from '../../main/resources/web/js/view/picture-box.js';
import { wordsOf } from '../../main/resources/web/js/view/summary.js';
import { byId, openPage } from './dom.js';

const boat = { id: 'f1', name: 'boat.jpg', type: 'image/jpeg', bytes: 4, width: 1_200, height: 800 };

describe('what is said of a file', () => {
  test('only raster pictures are shown; pages and drawings with scripts are cards', () => {
    for (const type of ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']) {
      assert.equal(isPicture(type), true, type);
    }
    for (const type of ['image/svg+xml', 'text/html', 'application/pdf', 'image/heic', 'application/octet-stream', '']) {
      assert.equal(isPicture(type), false, type);
    }
  });

  test('a name cannot turn its letters around', () => {
    assert.equal(nameOfFile({ name: 'photo\u202egpj.exe' }), 'photogpj.exe');
    assert.equal(nameOfFile({ name: '\u200f', type: 'image/png' }), 'Picture');
    assert.equal(nameOfFile({}), 'File');
  });

  test('kind and size are as people say them', () => {
    assert.deepEqual([kindOf({ name: 'a.tar.gz' }), kindOf({ name: 'x', type: 'application/pdf' })], ['GZ', 'PDF']);
    assert.deepEqual([0, 999, 26_214_400].map(sizeText), ['0 bytes', '999 bytes', '26.2 MB']);
  });

  test('a text that only names the files is no caption', () => {
    const note = { id: 'f2', name: 'note.txt' };
    assert.equal(captionOf({ text: 'boat.jpg, note.txt', attachments: [boat, note] }), '');
    assert.equal(captionOf({ text: 'our boat', attachments: [boat] }), 'our boat');
    assert.equal(captionOf({ text: 'boat.jpg' }), 'boat.jpg');
    assert.equal(wordsOf({ text: '', attachments: [boat] }), 'boat.jpg');
    assert.equal(wordsOf({ text: '', type: 'shop.order' }), 'message of the kind shop.order');
  });

  test('the box of a picture has its proportions, within bounds, and a size where nobody knows one', () => {
    assert.deepEqual(boxOf(boat), { width: 320, height: 213 });
    assert.deepEqual(boxOf({ width: 100, height: 80 }), { width: 100, height: 80 });
    assert.deepEqual(boxOf({ width: 10_000, height: 10 }), { width: 320, height: 72 });
    assert.deepEqual(boxOf({}), { width: 320, height: 240 });
  });

  test('of a clipboard with formatted text the text is meant, not the picture of it', () => {
    const files = [new File(['x'], 'image.png')];
    assert.deepEqual(pastedFiles({ types: ['text/html', 'Files'], files }), files);
    assert.deepEqual(pastedFiles({ types: ['text/plain', 'text/html', 'Files'], files }), []);
  });
});

describe('files that are shown', () => {
  const message = { from: 'bob', id: 'm1', conversation: 'user:bob', attachments: [boat] };
  const { createObjectURL, revokeObjectURL } = URL;
  let open;
  let downloads;
  let cache;

  beforeEach(() => {
    open = new Set();
    downloads = [];
    let number = 0;
    URL.createObjectURL = () => {
      number += 1;
      open.add(`blob:${number}`);
      return `blob:${number}`;
    };
    URL.revokeObjectURL = (url) => open.delete(url);
    const download = (record, { id }, { signal, onProgress }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        downloads.push({ id, signal, onProgress, resolve: (text) => resolve(new Blob([text])), reject });
      });
    cache = new FileCache({ download }, 10);
  });
  after(() => Object.assign(URL, { createObjectURL, revokeObjectURL }));

  const shown = async (id, text) => {
    const url = cache.use({ ...message, id }, { ...boat, id });
    downloads.at(-1).resolve(text);
    return url;
  };

  test('are loaded once for all who show them', async () => {
    const told = [];
    const tell = ({ loaded }) => told.push(loaded);
    const urls = Promise.all([cache.use(message, boat, tell), cache.use(message, boat, tell)]);
    downloads[0].onProgress({ loaded: 2, total: 4 });
    downloads[0].resolve('abcd');
    assert.deepEqual(told, [2, 2]);
    assert.deepEqual(await urls, ['blob:1', 'blob:1']);
    assert.equal(downloads.length, 1);
    assert.equal(await cache.blobOf(boat).text(), 'abcd');
  });

  test('are not loaded any further when nobody waits for them', async () => {
    const use = cache.use(message, boat);
    cache.release(boat);
    await assert.rejects(use);
    assert.equal(downloads[0].signal.aborted, true);
    assert.equal(await shown('f1', 'ab'), 'blob:1');
  });

  test('are asked for again after a failure', async () => {
    const use = cache.use(message, boat);
    downloads[0].reject(new Error('gone'));
    await assert.rejects(use, /gone/);
    assert.equal(await shown('f1', 'ab'), 'blob:1');
  });

  test('stay as long as there is room: of those that nobody shows the oldest goes first', async () => {
    const [first, second, third] = [await shown('a', '12345'), await shown('b', '12345'), await shown('c', '12345')];
    assert.deepEqual(Array.from(open), [first, second, third]);
    ['a', 'b', 'c'].forEach((id) => cache.release({ id }));
    assert.deepEqual(Array.from(open), [second, third]);
    cache.clear();
    assert.equal(open.size, 0);
  });

  test('of a deleted message are gone at once, and those that an edit keeps stay', async () => {
    await shown('f1', 'ab');
    cache.changed({ ...message, id: 'f1', attachments: [{ id: 'f1' }] });
    assert.equal(open.size, 1);
    cache.changed({ from: 'bob', id: 'another' });
    assert.equal(open.size, 1);
    cache.changed({ from: 'bob', id: 'f1' });
    assert.equal(open.size, 0);
    cache.release({ id: 'f1' });
  });

  test('come from this page where it has them', async () => {
    cache.put(boat, new Blob(['ab']));
    assert.equal(await cache.use(message, boat), 'blob:1');
    assert.equal(downloads.length, 0);
  });
});

describe('the files of the list', () => {
  let views;
  let seen;
  let messenger;

  beforeEach(() => {
    openPage();
    seen = [];
    globalThis.IntersectionObserver = class {
      constructor(report) {
        this.report = report;
      }

      observe(node) {
        seen.push((isIntersecting) => this.report([{ target: node, isIntersecting }]));
      }

      unobserve() {}
    };
    messenger = Object.assign(new Emitter(), { files: { download: async () => new Blob(['abcd']) } });
    views = new FileViews();
    views.attach(messenger);
  });

  const message = { from: 'bob', id: 'm1', conversation: 'user:bob', attachments: [boat] };
  const images = (node) => node.children.filter(({ tagName }) => tagName === 'img');

  test('a picture has its box before it is loaded, and is loaded when it comes near', async () => {
    const { nodes: [box] } = views.of(message);
    assert.deepEqual([box.style.inlineSize, box.style.aspectRatio], ['320px', '320 / 213']);
    assert.equal(images(box).length, 0);
    seen[0](true);
    await settled();
    assert.match(images(box)[0].src, /^blob:/);
    assert.equal(images(box)[0].getAttribute('loading'), 'lazy');
    seen[0](false);
    assert.equal(images(box).length, 0);
  });

  test('a drawing with scripts and a page are cards, and the menu of their message downloads them', () => {
    const drawing = { id: 'f2', name: 'a.svg', type: 'image/svg+xml', bytes: 3 };
    const page = { id: 'f3', name: 'a.html', type: 'text/html', bytes: 3 };
    const record = { ...message, attachments: [drawing, page, boat] };
    const { nodes, width } = views.of(record);
    assert.deepEqual([nodes.map(({ className }) => className), width], [['file-card', 'file-card', 'picture'], 320]);
    const labels = views.entriesOf(record).map(({ label }) => label);
    assert.deepEqual(labels, ['Download a.svg', 'Download a.html', 'Open boat.jpg']);
    assert.deepEqual(views.entriesOf({ from: 'bob', id: 'm2' }), []);
  });

  test('their names are no text of the message, but where a search has found them', () => {
    const record = { ...message, text: 'boat.jpg', at: 0, state: 'received' };
    const people = { nameOf: (user) => user, profileOf: () => ({}) };
    const bubble = new Bubble(record, { me: 'ann', people, filesOf: (each) => views.of(each) });
    const text = bubble.body.children.find(({ className }) => className.includes('text'));
    assert.deepEqual([text.hidden, bubble.body.style.inlineSize], [true, 'calc(320px + 0.9rem)']);
    bubble.mark('BOAT', true);
    assert.deepEqual([text.hidden, text.textContent], [false, 'boat.jpg']);
    bubble.update({ ...message, attachments: undefined, text: '', at: 0, state: 'received', deletedAt: 1 });
    assert.deepEqual([bubble.body.style.inlineSize, text.hidden], ['', false]);
  });

  test('a large picture is loaded only when the person asks for it', async () => {
    const { nodes: [box] } = views.of({ ...message, attachments: [{ ...boat, bytes: 20_000_000 }] });
    seen[0](true);
    await settled();
    assert.equal(images(box).length, 0);
    assert.match(box.textContent, /Show the picture \(20 MB\)/);
    box.fire('click');
    await settled();
    assert.equal(images(box).length, 1);
  });

  test('a picture that could not be loaded says so, and a click tries again', async (context) => {
    context.mock.method(console, 'info', () => {});
    messenger.files.download = async () => Promise.reject(new Error('gone'));
    const { nodes: [box] } = views.of(message);
    seen[0](true);
    await settled();
    assert.match(box.textContent, /could not be loaded/);
    messenger.files.download = async () => new Blob(['abcd']);
    box.fire('click');
    await settled();
    assert.deepEqual([images(box).length, box.textContent], [1, '']);
  });
});

describe('files for what is being written', () => {
  let attaching;
  let messenger;
  let limits;
  let uploaded;

  beforeEach(() => {
    openPage();
    limits = { maxBytes: 1_000, maxFiles: 10 };
    uploaded = [];
    messenger = Object.assign(new Emitter(), {
      connection: 'online',
      files: {
        limits: async () => limits,
        upload: async ({ name, type, size }) => uploaded.push(name) && { id: name, name, type, bytes: size },
      },
    });
    attaching = new Attaching({ field: byId('text'), isOpen: () => true, onChange: () => {} });
    attaching.attach(messenger);
    attaching.open('user:bob');
  });

  const online = () => {
    messenger.emit('connection', 'online');
    return settled();
  };
  const paste = (...files) => {
    const event = Object.assign(new Event('paste', { cancelable: true }), { clipboardData: { types: ['Files'], files } });
    byId('text').dispatchEvent(event);
    return event.defaultPrevented;
  };
  const drop = (target, { files = [], types = ['Files'], folders = [] } = {}) => {
    const items = files.map(({ name }) => ({
      kind: 'file',
      webkitGetAsEntry: () => ({ isDirectory: folders.includes(name) }),
    }));
    const event = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { types, files, items } });
    Object.defineProperty(event, 'target', { value: target });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const file = (name) => new File(['x'], name, { type: 'text/plain' });

  test('the button is there once the server says that it takes files', async () => {
    assert.equal(byId('attach').hidden, true);
    await online();
    assert.equal(byId('attach').hidden, false);
  });

  test('a server that takes none has no button, and a pasted picture gets one sentence', async () => {
    limits = { maxBytes: 0, maxFiles: 10 };
    await online();
    assert.equal(byId('attach').hidden, true);
    assert.equal(paste(file('image.png')), true);
    assert.equal(byId('tray-problem').textContent, 'This server takes no files.');
    assert.deepEqual(uploaded, []);
  });

  test('what is pasted, chosen and dropped goes up; a pasted text is none of it', async () => {
    await online();
    assert.equal(paste(), false);
    paste(file('a'));
    byId('attach-files').files = [file('b')];
    byId('attach-files').fire('change');
    byId('chat').append(byId('messages'));
    drop(byId('messages'), { files: [file('c'), file('photos')], folders: ['photos'] });
    assert.deepEqual(uploaded, ['a', 'b', 'c']);
    assert.equal(byId('tray-problem').textContent, 'photos is a folder. Choose the files in it.');
    await settled();
    assert.equal(byId('tray').children.length, 3);
  });

  test('a file that is dropped elsewhere opens no page, and a dragged text is left alone', async () => {
    await online();
    assert.equal(drop(byId('conversations'), { files: [file('a')] }), true);
    assert.equal(drop(byId('text'), { types: ['text/plain'] }), false);
    assert.deepEqual(uploaded, []);
  });

  test('stay with their conversation, and an edit has its own', async () => {
    await online();
    paste(file('a'));
    attaching.open('user:carol');
    assert.equal(byId('tray').children.length, 0);
    attaching.edit({ attachments: [boat] });
    assert.equal(byId('tray').children.length, 1);
    assert.deepEqual(attaching.uploads.attachments, [boat]);
    attaching.open('user:bob');
    assert.match(byId('tray').textContent, /^a/);
    assert.equal(attaching.wouldLose, true);
    attaching.take(attaching.uploads);
    attaching.open('user:bob');
    assert.deepEqual([attaching.uploads.isEmpty, attaching.wouldLose], [true, false]);
    await settled();
  });
});
