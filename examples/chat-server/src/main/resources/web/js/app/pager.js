import { PAGE } from '../config.js';
import { logId } from '../client/conversation.js';
import { nextTicket } from '../client/ids.js';
import { Pages } from '../client/pages.js';
import { segment } from '../client/rest.js';
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
  floor = -Infinity;

  constructor({ rest, store, records, me, conversation }) {
    this.#store = store;
    this.#records = records;
    this.#me = me;
    this.#conversation = conversation;
    const path = `/v1/call-logs/${segment(logId(conversation, me))}/messages`;
    this.#pages = new Pages({
      read: ({ before, after }) => rest.get(path, { limit: PAGE, before: before || null, after: after || null }),
    });
  }

  /** What the store has of the newest messages, oldest first, and the place from which on that is all it has. */
  async kept() {
    const records = await this.#store.newest(this.#conversation, PAGE);
    return { records, floor: records.length < PAGE ? -Infinity : records[0].place };
  }

  /** What is known without a hole, oldest first. */
  known() {
    return this.#store.since(this.#conversation, this.floor);
  }

  /** Whether there may be older messages on the server. */
  get hasOlder() {
    return this.#pages.hasOlder;
  }

  /** Whether anything came from the server yet. */
  get isOpen() {
    return this.#pages.isOpen;
  }

  /** Gets the next older page; rejects with a `RestError`. Calls at the same time share one request. */
  older() {
    this.#loading ??= this.#older().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** Gets what is newer than all that came so far. */
  async newer() {
    const { items, isWhole } = await this.#pages.newer();
    await this.#merge(items);
    if (!isWhole) {
      this.floor = lowest(items, Infinity);
      this.#reachBeginning();
    }
  }

  async #older() {
    const items = await this.#pages.older();
    await this.#merge(items);
    this.floor = lowest(items, this.floor === -Infinity ? Infinity : this.floor);
    this.#reachBeginning();
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
