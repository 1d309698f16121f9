import { element } from './dom.js';

const HUES = 8;

/** What to call the other side of a conversation: the name given in this browser, else the number. */
export function titleOf(conversation) {
  return conversation.name || conversation.peer;
}

/** A round picture with initials, in a colour that stays with the id. It is decoration: the name stands next to it. */
export function avatar(id, title) {
  const hue = Array.from(id).reduce((sum, char) => (sum * 31 + char.codePointAt(0)) % 65_521, 7) % HUES;
  return element('span', `avatar hue-${hue}`, { 'aria-hidden': 'true' }, initials(title));
}

function initials(title) {
  if (/^\d+$/.test(title)) {
    return title.slice(-2);
  }
  const words = title.trim().split(/\s+/);
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return chosen.map((word) => Array.from(word)[0] ?? '').join('').toUpperCase();
}
