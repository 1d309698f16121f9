import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Emitter } from '@webchat/client';
import { settled } from '../../../../js-client/test/support.js';
import { isSilent } from '../../main/resources/web/js/view/announcer.js';
import { ConversationMenu } from '../../main/resources/web/js/view/conversation-menu.js';
import { ListNotice } from '../../main/resources/web/js/view/list-notice.js';
import { ConversationList } from '../../main/resources/web/js/view/list.js';
import { byRecent } from '../../main/resources/web/js/view/order.js';
import { unreadOf } from '../../main/resources/web/js/view/title.js';
import { byId, openPage } from './dom.js';

const people = {
  nameOf: (user) => user, want: () => {}, meet: () => {}, isMeeting: false,
  profileOf: (user) => ({ user, name: '', colour: '', picture: '' }),
};
const conversation = (peer, createdAt, marks = {}) => ({ id: `user:${peer}`, peer, unread: 0, createdAt, ...marks });

function messengerOf(...all) {
  return Object.assign(new Emitter(), {
    me: 'ann', sync: 'done', people, conversations: new Map(all.map((each) => [each.id, each])),
    presence: { show: () => {}, isOnline: () => false }, rooms: { want: () => {} }, writers: () => [],
  });
}

describe('a list of arranged conversations', () => {
  let messenger;
  const rows = () => byId('conversations').children.map(({ dataset }) => dataset.conversation);
  const open = (...all) => {
    openPage();
    messenger = messengerOf(...all);
    const notice = new ListNotice({ onRetry: () => {}, onStart: () => {} });
    new ConversationList({ notice, onOpen: () => {} }).attach(messenger);
  };

  test('has pinned ones first', () => {
    const all = [conversation('a', 3), conversation('b', 1, { isPinned: true }), conversation('c', 2, { isPinned: true })];
    assert.deepEqual(all.sort(byRecent).map(({ peer }) => peer), ['c', 'b', 'a']);
  });

  test('has archived ones behind a button, and deleted ones nowhere', () => {
    open(conversation('a', 3), conversation('b', 2, { isArchived: true }), conversation('c', 1, { isGone: true }));
    assert.deepEqual(rows(), ['user:a']);
    assert.deepEqual([byId('archive').hidden, byId('archive').textContent], [false, 'Archived (1)']);
    byId('archive').fire('click');
    assert.deepEqual([rows(), byId('archive').textContent], [['user:b'], 'All conversations']);
    messenger.conversations.get('user:b').isArchived = false;
    messenger.emit('conversations', [messenger.conversations.get('user:b')]);
    assert.deepEqual([rows(), byId('archive').hidden], [['user:a', 'user:b'], true]);
  });

  test('finds archived ones, and says where all are', () => {
    open(conversation('bob', 2, { isArchived: true }));
    assert.equal(byId('list-notice').textContent, 'All your conversations are in the archive.');
    byId('filter').value = 'bo';
    byId('filter').fire('input');
    assert.deepEqual(rows(), ['user:bob']);
  });

  test('counts of muted ones only what mentions the person, and is silent about the rest', () => {
    const all = [conversation('a', 1, { unread: 3 }), conversation('b', 1, { unread: 5, mentions: 1, isMuted: true })];
    assert.equal(unreadOf(all), 4);
    const messenger = messengerOf(...all);
    assert.equal(isSilent({ conversation: 'user:a' }, messenger), false);
    assert.equal(isSilent({ conversation: 'user:b' }, messenger), true);
    assert.equal(isSilent({ conversation: 'user:b', mentions: ['ann'] }, messenger), false);
  });
});

describe('the menu of a conversation', () => {
  let arranged;
  let asked;
  let gone;
  let menu;
  let messenger;

  beforeEach(() => {
    openPage();
    arranged = [];
    gone = [];
    messenger = Object.assign(messengerOf(conversation('bob', 1, { isMuted: true, newest: { from: 'bob', id: 'a', place: 1_000 } })), {
      arrange: async (...how) => arranged.push(how),
      forget: async (...what) => gone.push(what),
    });
    menu = new ConversationMenu({
      menu: { open: () => {} },
      confirm: { ask: (question, work) => (asked = { question, work }) },
      openId: () => 'user:bob',
      onDetails: () => {},
      onGone: (id) => gone.push(`left ${id}`),
    });
    menu.attach(messenger);
  });

  const entry = (label) => menu.entries('user:bob').find((each) => each.label === label);

  test('offers to undo what is done, and to do what is not', () => {
    const labels = menu.entries('user:bob').map(({ label }) => label);
    assert.deepEqual(labels, ['Pin', 'Unmute', 'Archive', 'Go to a day…', 'Details', 'Delete…']);
    entry('Unmute').action();
    entry('Pin').action();
    assert.deepEqual(arranged, [['user:bob', { isMuted: false }], ['user:bob', { isPinned: true }]]);
  });

  test('deletes only once the person has agreed, and leaves the conversation then', async () => {
    entry('Delete…').action();
    assert.equal(asked.question.title, 'Delete the conversation with bob?');
    assert.doesNotMatch(asked.question.text, /all your devices/);
    assert.deepEqual(gone, []);
    const later = { from: 'bob', id: 'b', place: 2_000 };
    messenger.conversations.set('user:bob', { ...messenger.conversations.get('user:bob'), newest: later });
    await asked.work();
    await settled();
    assert.deepEqual(gone, [['user:bob', { from: 'bob', id: 'a', place: 1_000 }], 'left user:bob']);
  });
});
