import { MOST_COUNTED, PAGE, PAGES } from './limits.js';
import { logId, partner } from './conversation.js';
import { nextTicket } from './ids.js';
import { Pages } from './pages.js';
import { segment } from './rest.js';
import { mergeMessages } from './merge.js';

/**
 * The history of one open conversation: what the store has at once, then what the server says.
 *
 * `floor` is the place from which on everything is known without a hole; what the store has below it may have holes,
 * and is shown only while nothing came from the server yet.
 */
export class Pager {
  #store;
  #records;
  #me;
  #conversation;
  #pages;
  #loading = null;
  #limit = PAGE;
  #told = Infinity;
  floor = -Infinity;
  /** Whether the server shows this user no history, because they are not in the room. */
  isHidden = false;

  constructor({ rest, store, records, me, conversation }) {
    this.#store = store;
    this.#records = records;
    this.#me = me;
    this.#conversation = conversation;
    const path = `/v1/call-logs/${segment(logId(conversation, me))}/messages`;
    this.#pages = new Pages({
      read: ({ before, after }) => rest.get(path, { limit: this.#limit, before: before || null, after: after || null }),
    });
  }

  /**
   * What the store has of the newest messages, oldest first: {records, floor, isWhole}. It is one page, or more where
   * the reader is to begin further up. `floor` is the place from which on it is all that the store has. `isWhole` says
   * whether it certainly has the newest message and all that is unread, so that nothing from the server is missing.
   */
  async kept({ position = null, unread = 0, readTo = -Infinity } = {}) {
    const isCounted = position === null && unread < MOST_COUNTED;
    const wanted = isCounted ? unread + PAGES.context : PAGES.kept;
    const limit = Math.min(PAGES.kept, Math.max(PAGE, wanted));
    const records = await this.#store.newest(this.#conversation, limit);
    const floor = records.length < limit ? -Infinity : records[0].place;
    const after = records.filter(({ state, place }) => state === 'received' && place > readTo);
    const isWhole = this.#hasLast(records) && (position !== null || unread === 0 || after.length === unread);
    return { records, floor, isWhole };
  }

  #hasLast(records) {
    const last = this.#records.conversations.get(this.#conversation)?.last;
    return last !== undefined && records.some(({ from, id }) => from === last.from && id === last.id);
  }

  /** What is known without a hole and was not told by an earlier call, oldest first. */
  known() {
    const to = this.#told;
    this.#told = this.floor;
    return this.#store.since(this.#conversation, this.floor, to);
  }

  /** Whether there may be older messages on the server. */
  get hasOlder() {
    return this.#pages.hasOlder;
  }

  /** Whether anything came from the server yet. */
  get isOpen() {
    return this.#pages.isOpen;
  }

  /** Gets the first pages: down to a position, or to the first of so many unread messages after a place. */
  async begin({ position = null, unread = 0, readTo = -Infinity } = {}) {
    const isLarge = position !== null || unread + PAGES.context > PAGE;
    let received = 0;
    for (let pages = 0; pages < PAGES.atFirst && this.hasOlder; pages += 1) {
      const items = await this.older({ isLarge });
      received += items.filter(({ from }) => from !== this.#me).length;
      const isCounted = position === null && unread < MOST_COUNTED;
      if (isCounted ? received >= unread : this.floor <= (position?.place ?? readTo)) {
        return;
      }
    }
  }

  /** Gets the next older page and resolves to it; rejects with a `RestError`. Calls at the same time share one. */
  older({ isLarge = false } = {}) {
    this.#limit = isLarge ? PAGES.large : PAGE;
    this.#loading ??= this.#older().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** Gets what is newer than all that came so far; where nothing came, the first page. */
  async newer() {
    const { items, isWhole } = await this.#pages.newer().catch((error) => this.#refused(error));
    this.isHidden = false;
    await this.#merge(items);
    if (!isWhole) {
      this.floor = lowest(items, Infinity);
      this.#told = Infinity;
      this.#reachBeginning();
    }
  }

  async #older() {
    const items = await this.#pages.older().catch((error) => this.#refused(error));
    this.isHidden = false;
    await this.#merge(items);
    this.floor = lowest(items, this.floor === -Infinity ? Infinity : this.floor);
    this.#reachBeginning();
    return items;
  }

  /** What the server does not know, or not for this user, has nothing older. */
  #refused(error) {
    if (error.code === 'not_found') {
      this.#pages.end();
      this.isHidden = partner(this.#conversation).room !== undefined;
    }
    throw error;
  }

  #reachBeginning() {
    if (!this.#pages.hasOlder || this.floor === Infinity) {
      this.floor = -Infinity;
    }
  }

  async #merge(items) {
    if (items.length > 0) {
      const context = { me: this.#me, conversation: this.#conversation, ticket: nextTicket };
      await this.#records.write((tx) => mergeMessages(tx, items, context));
    }
  }
}

function lowest(items, place) {
  return items.reduce((least, { storedAt }) => Math.min(least, Date.parse(storedAt)), place);
}
