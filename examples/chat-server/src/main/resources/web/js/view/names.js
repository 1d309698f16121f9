import { say, sayCount } from '../app/language.js';

/** What to call the other side of a conversation: a room's name, or what the person calls themselves, or an id. */
export function titleOf({ peer, room, name }, people) {
  return room ? name || room : people.nameOf(peer);
}

/**
 * One or two letters for a name: the first of its first and last word, without numbers beside them, or the last digits
 * of a number.
 */
export function initials(title) {
  if (/^\d+$/.test(title)) {
    return title.slice(-2);
  }
  const words = title.trim().split(/[\s._@-]+/).filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word));
  const spelt = words.filter((word) => !/^\p{N}+$/u.test(word));
  const [first, ...rest] = spelt.length > 0 ? spelt : words;
  const chosen = [first, rest.at(-1)].filter((word) => word !== undefined);
  return chosen.map(firstLetter).join('').toUpperCase();
}

/** A few names in a row: "Ann", "Ann and Bob", "Ann, Bob and 2 others". */
export function enumeration(names) {
  if (names.length <= 2) {
    return names.length < 2 ? names.join('') : say('twoNames', { one: names[0], other: names[1] });
  }
  const others = names.length - 2;
  const first = names.slice(0, 2).join(', ');
  return sayCount('namesAndOthers', others, { first });
}

/** Who is writing: in a room by their names. */
export function typingText(names, { isRoom }) {
  return isRoom ? sayCount('namesTyping', names.length, { names: enumeration(names) }) : say('typing');
}

function firstLetter(word) {
  const letters = new Intl.Segmenter().segment(word);
  return letters[Symbol.iterator]().next().value?.segment ?? '';
}
