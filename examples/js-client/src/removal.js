import { byPosition } from './history.js';
import { PAGES } from './limits.js';

/**
 * The server's cursor of the newest message of a history that is no newer than a position; null where there is none. Rejects
 * with a `RestError`.
 *
 * @param path the path of the history
 */
export async function cursorUpTo(rest, path, position) {
  let before = position === null ? null : '';
  while (before !== null) {
    const query = { limit: PAGES.large, before: before || null };
    const { items, nextCursor } = await rest.get(path, query).catch(nothingThere);
    const found = items.find((item) => byPosition(positionOfItem(item), position) <= 0);
    if (found) {
      return found.cursor;
    }
    before = nextCursor;
  }
  return null;
}

function positionOfItem({ from, msgId, storedAt }) {
  return { from, id: msgId, place: Date.parse(storedAt) };
}

/** The history of a conversation that has none yet, or none for this user any more. */
function nothingThere(error) {
  if (error.code !== 'not_found') {
    throw error;
  }
  return { items: [], nextCursor: null };
}
