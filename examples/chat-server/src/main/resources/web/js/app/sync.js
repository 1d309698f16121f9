import { LIST, SYNC_EVERY } from '../config.js';
import { mergeEntries, mergeRooms } from './merge.js';

/**
 * Brings the list of conversations up to date with the server's: after each connect, after a gap in the queue, and
 * every minute, since what other devices have read and which rooms one was added to comes by no event. Several wishes
 * at once make one more round.
 */
export class Sync {
  #rest;
  #records;
  #me;
  #onState;
  #timer = null;
  #running = false;
  #again = false;
  #closed = false;

  /** @param onState called with `loading`, `done` or the error of a round */
  constructor({ rest, records, me, onState }) {
    this.#rest = rest;
    this.#records = records;
    this.#me = me;
    this.#onState = onState;
  }

  /** Wishes for a round. Resolves when no round is going on any more. */
  async run() {
    this.#again = true;
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
      this.#timer = setTimeout(() => this.run(), SYNC_EVERY);
    }
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #round() {
    this.#onState('loading');
    try {
      await this.#conversations();
      await this.#rooms();
      this.#onState('done');
    } catch (error) {
      console.warn('webchat: the list of conversations could not be brought up to date', error);
      this.#onState(error);
    }
  }

  async #conversations() {
    let cursor = null;
    for (let read = 0; read < LIST.most; read += LIST.page) {
      const { items, nextCursor } = await this.#rest.get('/v1/call-logs', { limit: LIST.page, cursor });
      await this.#write((tx) => mergeEntries(tx, items, { me: this.#me, at: Date.now() }));
      if (nextCursor === null) {
        return;
      }
      cursor = nextCursor;
    }
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
    if (!this.#closed) {
      await this.#records.write(work);
    }
  }
}
