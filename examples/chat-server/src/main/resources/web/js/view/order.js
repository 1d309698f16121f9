import { byPlace } from '@webchat/client';

/** Orders conversations: pinned ones first, and of each kind the one with the latest message, or that was begun last. */
export function byRecent(one, other) {
  return Number(other.isPinned === true) - Number(one.isPinned === true) || byPlace(mark(other), mark(one));
}

/** Whether a conversation is one that somebody looks for by a part of its name, an id, or its last message. */
export function matches(wanted, title, { peer, room, last }) {
  const found = folded(wanted);
  return [title, peer, room, last?.text].some((text) => text && folded(text).includes(found));
}

/** A text as it is compared: without regard to case and to how accents are written. */
export function folded(text) {
  return text.normalize('NFC').toLowerCase();
}

function mark({ last, createdAt }) {
  return last ?? { place: createdAt, n: 0 };
}
