import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Emitter } from '@webchat/client';
import { settled } from '../../../../js-client/test/support.js';
import { Composer } from '../../main/resources/web/js/view/composer.js';
import { byId, openPage } from './dom.js';

/** What is sent is what stood in the field at Enter, where it stood, and it comes back if it cannot be sent. */
describe('the composer', () => {
  const team = { id: 'room:r', room: 'r', unread: 0 };
  const bob = { id: 'user:bob', peer: 'bob', unread: 0 };
  let composer;
  let messenger;
  let sent;
  let give;
  let upload;

  beforeEach(() => {
    openPage();
    sent = [];
    const found = new Promise((resolve) => {
      give = () => resolve({ members: ['ann', 'bob'].map((userId) => ({ userId, role: 'member' })) });
    });
    messenger = Object.assign(new Emitter(), {
      me: 'ann',
      conversations: new Map([team, bob].map((each) => [each.id, each])),
      people: { want: () => {}, meet: () => {}, nameOf: (user) => user, profileOf: (user) => ({ user, name: '' }), isBlocked: () => false },
      rooms: { find: () => found },
      keystroke: () => {},
      draft: async () => {},
      send: async (...what) => sent.push(what),
      edit: async (...what) => sent.push(['edit', ...what]),
      connection: 'online',
      files: { limits: async () => ({ maxBytes: 100, maxFiles: 10 }), upload: () => new Promise((there) => (upload = there)) },
    });
    const field = byId('text');
    field.setSelectionRange = () => {};
    byId('mention-list').hidden = true;
    composer = new Composer({ picker: {} });
    composer.attach(messenger);
    composer.open(team);
  });

  const passed = async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      await settled();
    }
  };
  const write = (text) => Object.assign(byId('text'), { value: text, selectionStart: 0 }).fire('input');
  const enter = () => byId('text').fire('keydown', { key: 'Enter' });
  const field = () => byId('text').value;

  test('sends what stood there at Enter, while the members are still read', async () => {
    write('hi @bob');
    enter();
    assert.equal(field(), '');
    write('thanks');
    give();
    await passed();
    assert.deepEqual(sent, [['room:r', 'hi @bob', { mentions: ['bob'] }]]);
    assert.equal(field(), 'thanks');
  });

  test('sends to where it was written, though the person has gone elsewhere', async () => {
    write('hi @bob');
    enter();
    composer.open(bob);
    give();
    await passed();
    assert.deepEqual(sent, [['room:r', 'hi @bob', { mentions: ['bob'] }]]);
  });

  test('keeps the order where only the first one waits for the members', async () => {
    write('hi @bob');
    enter();
    write('thanks');
    enter();
    give();
    await passed();
    assert.deepEqual(sent.map(([, text]) => text), ['hi @bob', 'thanks']);
  });

  test('gives back what this browser could not keep, before what was written since', async (context) => {
    context.mock.method(console, 'error', () => {});
    messenger.send = async () => Promise.reject(new Error('full'));
    const answered = { from: 'bob', id: 'm', text: 'well?' };
    composer.answer(answered);
    write('hi @bob');
    enter();
    write('and');
    give();
    await passed();
    assert.equal(field(), 'hi @bob\nand');
    assert.equal(byId('replying').hidden, false);
    assert.match(byId('text-problem').textContent, /could not keep the message/);
  });

  test('gives it back where it was written, once the person is there again', async (context) => {
    context.mock.method(console, 'error', () => {});
    messenger.send = async () => Promise.reject(new Error('full'));
    write('hi @bob');
    enter();
    composer.open(bob);
    give();
    await passed();
    assert.equal(field(), '');
    composer.open(team);
    assert.equal(field(), 'hi @bob');
  });

  test('gives an edit back that the server did not take', async (context) => {
    context.mock.method(console, 'error', () => {});
    messenger.edit = async () => Promise.reject(new Error('no'));
    const record = { from: 'ann', id: 'm', conversation: 'room:r', text: 'old' };
    composer.edit(record);
    write('new');
    enter();
    assert.equal(field(), '');
    await passed();
    assert.deepEqual([field(), byId('replying').hidden], ['new', false]);
    assert.notEqual(byId('text-problem').textContent, '');
  });

  const choose = async (name) => {
    messenger.emit('connection', 'online');
    await passed();
    byId('attach-files').files = [new File(['x'], name, { type: 'text/plain' })];
    byId('attach-files').fire('change');
  };

  test('holds a message until its files are uploaded, in the conversation where it was written', async () => {
    await choose('a.txt');
    write('see');
    enter();
    await passed();
    assert.deepEqual([sent, field(), byId('waiting').hidden, byId('text').readOnly], [[], 'see', false, true]);
    composer.open(bob);
    assert.deepEqual([byId('waiting').hidden, byId('text').readOnly], [true, false]);
    upload({ id: 'f1', name: 'a.txt', type: 'text/plain', bytes: 1 });
    await passed();
    const [[conversation, text, { attachments }]] = sent;
    assert.deepEqual([conversation, text, attachments.map(({ id }) => id)], ['room:r', 'see', ['f1']]);
  });

  test('lets the person write on where they do not want to wait', async () => {
    await choose('a.txt');
    enter();
    byId('text').fire('keydown', { key: 'Escape' });
    assert.deepEqual([byId('waiting').hidden, byId('text').readOnly], [true, false]);
    upload({ id: 'f1', name: 'a.txt', type: 'text/plain', bytes: 1 });
    await passed();
    assert.deepEqual([sent, byId('send').disabled], [[], false]);
    enter();
    await passed();
    assert.equal(sent[0][1], 'a.txt');
  });

  test('an edit keeps the files that the person leaves there', async () => {
    const boat = { id: 'f1', name: 'boat.jpg', type: 'image/jpeg', bytes: 5 };
    const note = { id: 'f2', name: 'note.txt', type: 'text/plain', bytes: 5 };
    composer.edit({ from: 'ann', id: 'm', conversation: 'room:r', text: 'boat.jpg, note.txt', attachments: [boat, note] });
    assert.equal(field(), '');
    byId('tray').children[0].children.find(({ className }) => className.includes('chip-remove')).fire('click');
    enter();
    await passed();
    assert.deepEqual(sent[0].slice(2), ['note.txt', { mentions: [], attachments: [note] }]);
  });

  test('asks before the page is left while something would be lost', async () => {
    const leaving = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    assert.equal(leaving(), false);
    composer.edit({ from: 'ann', id: 'm', conversation: 'room:r', text: 'old' });
    assert.equal(leaving(), false);
    write('new');
    assert.equal(leaving(), true);
    composer.close();
    assert.equal(leaving(), false);
    composer.open(team);
    write('hi @bob');
    enter();
    assert.equal(leaving(), true);
    give();
    await passed();
    assert.equal(leaving(), false);
  });
});
