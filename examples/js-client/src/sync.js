import { LIST_PAGE, SYNC_EVERY } from './limits.js';
import { mergeEntries, mergeRooms } from './merge.js';

/**
 * Brings the list of conversations up to date with the server's: after each connect, after a gap in the queue, and
 * every minute, since what other devices have read and which rooms one was added to comes by no event. Several wishes
 * at once make one more round. The round of the minute ends with the first page that has no news: the conversations
 * behind it have had no message since the last round.
 */
export class Sync {
  #rest;
  #records;
  #me;
  #onState;
  #timer = null;
  #running = false;
  #again = false;
  #isWhole = false;
  #closed = false;

  /** @param onState called with `loading`, `done` or the error of a round */
  constructor({ rest, records, me, onState }) {
    this.#rest = rest;
    this.#records = records;
    this.#me = me;
    this.#onState = onState;
  }

  /** Wishes for a round. Resolves when no round is going on any more. */
  async run({ isWhole = true } = {}) {
    this.#again = true;
    this.#isWhole ||= isWhole;
    if (this.#running || this.#closed) {
      return;
    }
    this.#running = true;
    clearTimeout(this.#timer);
    while (this.#again && !this.#closed) {
      this.#again = false;
      await this.#round();
    }
    this.#running = false;
    if (!this.#closed) {
      this.#timer = setTimeout(() => this.run({ isWhole: false }), SYNC_EVERY);
    }
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #round() {
    const isWhole = this.#isWhole;
    this.#isWhole = false;
    this.#onState('loading');
    try {
      await this.#conversations(isWhole);
      await this.#rooms();
      this.#onState('done');
    } catch (error) {
      this.#isWhole ||= isWhole;
      console.warn('webchat: the list of conversations could not be brought up to date', error);
      this.#onState(error);
    }
  }

  async #conversations(isWhole) {
    let cursor = null;
    let hasNews = true;
    do {
      const { items, nextCursor } = await this.#rest.get('/v1/call-logs', { limit: LIST_PAGE, cursor });
      hasNews = await this.#write((tx) => mergeEntries(tx, items, { me: this.#me, at: Date.now() }));
      cursor = nextCursor;
    } while (cursor !== null && !this.#closed && (isWhole || hasNews));
  }

  async #rooms() {
    const rooms = [];
    let cursor = null;
    do {
      const { items, nextCursor } = await this.#rest.get('/v1/rooms', { limit: 200, cursor });
      rooms.push(...items);
      cursor = nextCursor;
    } while (cursor !== null);
    await this.#write((tx) => mergeRooms(tx, rooms, { at: Date.now() }));
  }

  async #write(work) {
    return this.#closed ? undefined : this.#records.write(work);
  }
}
