import { say } from '../app/language.js';
import { ofBrowser } from '../app/texts.js';
import { folded } from './order.js';

/** How many emoji stand in a row of the picker. */
export const COLUMNS = 8;

const RECENT = 'webchat.emoji';
/** Two rows. */
const MOST_RECENT = 2 * COLUMNS;

/** The categories of a table of emoji: [{category, emoji: [{emoji, name}]}]. */
export function categoriesOf(table) {
  const entries = (lines) => lines.trim().split('\n').map(entryOf);
  return Object.entries(table).map(([id, lines]) => ({ category: say(id), emoji: entries(lines) }));
}

function entryOf(line) {
  const end = line.indexOf(' ');
  return { emoji: line.slice(0, end), name: line.slice(end + 1) };
}

/** The emoji of whose name each wanted word begins a word; those first whose name begins with it. */
export function findEmoji(categories, wanted) {
  const words = folded(wanted).split(/\s+/).filter(Boolean);
  const begins = (name, word) => name.split(/[\s-]+/).some((each) => each.startsWith(word));
  const found = categories
    .flatMap(({ emoji }) => emoji)
    .filter(({ name }) => words.every((word) => begins(name, word)));
  const isFirst = ({ name }) => words.length > 0 && name.startsWith(words[0]);
  return [...found.filter(isFirst), ...found.filter((each) => !isFirst(each))];
}

/**
 * Where a key leads in rows of emoji, {row, column}; null for another key. Left and right go on in the next row, up and
 * down stay in the column, or as near to it as a row is long.
 */
export function movedBy(key, rows, { row, column }) {
  const at = (to) => ({ row: to, column: Math.min(column, rows[to].length - 1) });
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowRight':
      return flat(rows, { row, column }, 1);
    case 'ArrowLeft':
      return flat(rows, { row, column }, -1);
    case 'ArrowDown':
      return at(Math.min(last, row + 1));
    case 'ArrowUp':
      return at(Math.max(0, row - 1));
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: rows[row].length - 1 };
    default:
      return null;
  }
}

/** The next one, or the one before, as if all stood in one row; at the ends the same. */
function flat(rows, { row, column }, by) {
  const wanted = column + by;
  if (rows[row][wanted] !== undefined) {
    return { row, column: wanted };
  }
  const next = rows[row + by];
  return next === undefined ? { row, column } : { row: row + by, column: by > 0 ? 0 : next.length - 1 };
}

/** The emoji that the person chose last in this browser, the latest first. */
export function recentEmoji(texts = ofBrowser) {
  try {
    const kept = JSON.parse(texts.get(RECENT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string').slice(0, MOST_RECENT) : [];
  } catch {
    // Somebody or something else has written it.
    return [];
  }
}

/** Remembers that an emoji was chosen. */
export function rememberEmoji(emoji, texts = ofBrowser) {
  const others = recentEmoji(texts).filter((each) => each !== emoji);
  texts.set(RECENT, JSON.stringify([emoji, ...others].slice(0, MOST_RECENT)));
}
