import { say, sayCount } from '../app/language.js';
import { conversationAvatar } from './avatar.js';
import { element, icon } from './dom.js';
import { titleOf, typingText } from './names.js';
import { wordsOf } from './summary.js';
import { systemText } from './system-line.js';
import { tick } from './ticks.js';
import { shortTime } from './time.js';
import { countText } from './title.js';

const LONGEST = 200;

/** What a row of the list says about a conversation. */
export function rowContent(conversation, messenger, { isOpen, before }) {
  const { id, last, unread, mentions = 0, isMuted = false } = conversation;
  // What is being looked at is about to be marked as seen: no badge flickers up for it.
  const isCounted = unread > 0 && id !== messenger.watched;
  return [
    conversationAvatar(conversation, messenger, before),
    element('span', 'row-title', { dir: 'auto' }, titleOf(conversation, messenger.people)),
    side(conversation),
    preview(conversation, messenger, isOpen),
    isCounted ? element('span', 'badges', {}, mentions > 0 ? mentionBadge(mentions) : '', badge(unread, isMuted)) : '',
  ];
}

/** How the person has arranged it, and when the last message came. */
function side({ last, isPinned, isMuted }) {
  const marks = [isPinned ? icon('pin', say('pinned')) : '', isMuted ? icon('mute', say('muted')) : ''];
  const time = last ? element('time', '', { datetime: new Date(last.at).toISOString() }, shortTime(last.at)) : '';
  return element('span', 'row-time', {}, ...marks, time);
}

function badge(unread, isMuted) {
  const words = element('span', 'visually-hidden', {}, ` ${sayCount('unreadMessages', unread)}`);
  return element('span', isMuted ? 'badge is-muted' : 'badge', {}, countText(unread), words);
}

function mentionBadge(count) {
  const words = element('span', 'visually-hidden', {}, ` ${sayCount('mentionCount', count)},`);
  return element('span', 'badge', {}, element('span', '', { 'aria-hidden': 'true' }, '@'), words);
}

function preview({ id, peer, last, left, draft }, messenger, isOpen) {
  const { me, people } = messenger;
  const writing = messenger.writers(id);
  if (writing.length > 0) {
    const names = writing.map((user) => people.nameOf(user));
    return element('span', 'row-preview row-typing', {}, typingText(names, { isRoom: peer === undefined }));
  }
  if (draft?.trim() && !isOpen) {
    const text = element('span', 'row-text', { dir: 'auto' }, draft.slice(0, LONGEST));
    return element('span', 'row-preview', {}, element('span', 'row-draft', {}, `${say('draft')} `), text);
  }
  if (!last) {
    return element('span', 'row-preview', {}, left ? say('youLeftThisRoom') : say('noMessagesYet'));
  }
  const author = peer || last.from === me || last.state === 'noted' ? '' : `${people.nameOf(last.from)}: `;
  const text = element('span', 'row-text', { dir: 'auto' }, author + summary(last, messenger).slice(0, LONGEST));
  return element('span', 'row-preview', {}, tick(last.state) ?? '', text);
}

/** A message in a few words. */
function summary(last, { me, people }) {
  if (last.deletedAt !== undefined) {
    return say('deletedMessage');
  }
  if (last.state === 'noted') {
    return systemText(last, { me, nameOf: (user) => people.nameOf(user) });
  }
  return wordsOf(last);
}
