import { partsOf } from './parts.js';

/** A message takes no more mentions. */
const MOST = 50;
/** How many people are offered at once. */
const MOST_OFFERED = 6;
/** `@` and the beginning of an id or a name, before the caret; not within a word, as in a mail address. */
const BEGUN = /(?<![\w.+-])@([\p{L}\p{M}\p{N}._@+:|=-]*)$/u;
/** What goes on behind the caret, but for the punctuation at its end. */
const REST = /^[\p{L}\p{M}\p{N}._@+:|=-]*[\p{L}\p{M}\p{N}]/u;

/** Whom a text mentions, of these users: each once, in the order of the text, as many as a message takes. */
export function mentionedIn(text, users) {
  const named = users.filter((user) => text.includes(`@${user}`));
  const mentions = partsOf(text, named).filter(({ kind }) => kind === 'mention');
  return Array.from(new Set(mentions.map(({ user }) => user))).slice(0, MOST);
}

/** The mention that is being written before the caret, {from, wanted}: where it begins, and what follows `@`; or null. */
export function begunIn(text, caret) {
  const found = BEGUN.exec(text.slice(0, caret));
  return found && { from: found.index, wanted: found[1] };
}

/** The text, and where the caret is, once a begun mention is completed with a user id, in place of all of the begun one. */
export function completed(text, caret, { from }, user) {
  const before = `${text.slice(0, from)}@${user} `;
  const [rest = ''] = REST.exec(text.slice(caret)) ?? [];
  // A sign that was put before a word has nothing to do with that word.
  const isOfMention = caret > from + 1 || user.startsWith(rest);
  const end = isOfMention ? caret + rest.length : caret;
  return { text: before + text.slice(end).replace(/^ /, ''), caret: before.length };
}

/** The users whose id, or a word of whose name, begins with what is wanted: those whose id does first. */
export function offered(wanted, users, nameOf) {
  const begin = folded(wanted);
  const ofId = (user) => folded(user).startsWith(begin);
  const ofName = (user) => folded(nameOf(user)).split(/\s+/).some((word) => word.startsWith(begin));
  const inOrder = [...users].sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
  const others = inOrder.filter((user) => !ofId(user) && ofName(user));
  return [...inOrder.filter(ofId), ...others].slice(0, MOST_OFFERED);
}

/** Names are found without their accents too: many keyboards have none. */
function folded(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
