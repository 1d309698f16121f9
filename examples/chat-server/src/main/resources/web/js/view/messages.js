import { byPlace } from '../app/history.js';
import { Bubble } from './bubble.js';
import { byId, element } from './dom.js';
import { Scroller } from './scroller.js';

/**
 * The messages of the open conversation, in order: puts in what the store and the server have, and what comes. It stays
 * at its end unless the person has scrolled up, and stands still while something is put in above.
 */
export class MessageList {
  #list = byId('messages');
  #scroller;
  #messenger = null;
  #conversation = null;
  #bubbles = new Map();
  #sorted = [];
  #reach = -Infinity;
  #unread = 0;
  #firstUnread = null;
  #onChange;

  /**
   * @param onNearTop called when the person comes near the oldest message
   * @param onChange called after messages were put in or taken out
   */
  constructor({ onNearTop, onChange }) {
    this.#scroller = new Scroller({ onNearTop });
    this.#onChange = onChange;
  }

  attach(messenger) {
    this.#messenger = messenger;
    messenger.on('messages', (records) => this.#changed(records));
    messenger.on('removed', (records) => this.#removed(records));
    messenger.on('people', (users) => this.#showAuthors(users));
  }

  /** Empties the pane for a conversation. */
  open(conversation) {
    this.#conversation = conversation;
    this.#bubbles.clear();
    this.#sorted = [];
    this.#reach = -Infinity;
    this.#unread = conversation.unread;
    this.#firstUnread = null;
    this.#list.replaceChildren();
    this.#scroller.reset();
  }

  close() {
    this.#conversation = null;
  }

  /** Shows these records of the conversation, and of all others only what is younger than `floor`. */
  show(records, floor) {
    this.#reach = floor;
    this.#scroller.keep(() => {
      this.#bubbles.forEach(({ record }, key) => record.place < this.#reach && this.#bubbles.delete(key));
      records.forEach((record) => this.#put(record));
      this.#arrange();
    });
    this.#onChange();
  }

  toEnd() {
    this.#scroller.toEnd();
  }

  /** Whether the reader is near the oldest message, as they are in a list that is short. */
  get isNearTop() {
    return this.#scroller.isNearTop;
  }

  get isEmpty() {
    return this.#sorted.length === 0;
  }

  /** Marks what is looked for in all messages; returns the marks from the newest to the oldest. */
  mark(wanted) {
    this.#sorted.forEach((bubble) => bubble.mark(wanted));
    return this.#sorted.flatMap((bubble) => bubble.marks).reverse();
  }

  #changed(records) {
    // One that is shown stays, though its place, once the server has told it, may be an older one.
    const here = records.filter(
      (record) =>
        record.conversation === this.#conversation?.id &&
        (record.place >= this.#reach || this.#bubbles.has(key(record))),
    );
    if (here.length === 0) {
      return;
    }
    const added = here.filter((record) => !this.#bubbles.has(key(record)));
    const isOwn = added.some(({ state }) => state === 'pending');
    this.#scroller.follow({ force: isOwn, news: added.filter(({ state }) => state === 'received').length }, () => {
      here.forEach((record) => this.#put(record));
      this.#arrange();
    });
    this.#onChange();
  }

  #removed(records) {
    this.#scroller.keep(() => {
      records.forEach((record) => this.#bubbles.delete(key(record)));
      this.#arrange();
    });
    this.#onChange();
  }

  #put(record) {
    const bubble = this.#bubbles.get(key(record));
    if (bubble) {
      bubble.update(record);
      return;
    }
    const { me, people } = this.#messenger;
    const onRetry = (id) => this.#messenger.retry(id);
    this.#bubbles.set(key(record), new Bubble(record, { me, people, onRetry }));
    if (record.room) {
      people.want([record.from]);
    }
  }

  /** Puts the bubbles in order, touching only those that are not where they belong. */
  #arrange() {
    this.#sorted = Array.from(this.#bubbles.values()).sort((one, other) => byPlace(one.record, other.record));
    this.#firstUnread ??= this.#findFirstUnread();
    let previous = null;
    this.#sorted.forEach((bubble, index) => {
      if (this.#list.children[index] !== bubble.node) {
        this.#list.insertBefore(bubble.node, this.#list.children[index] ?? null);
      }
      bubble.follow(previous, bubble === this.#firstUnread);
      previous = bubble.record;
    });
    while (this.#list.children.length > this.#sorted.length) {
      this.#list.lastChild.remove();
    }
  }

  /** The oldest of as many received messages as were unread when the conversation was opened. */
  #findFirstUnread() {
    const received = this.#sorted.filter(({ record }) => record.state === 'received');
    return this.#unread > 0 && received.length >= this.#unread ? received[received.length - this.#unread] : null;
  }

  #showAuthors(users) {
    this.#sorted.filter(({ record }) => users.has(record.from)).forEach((bubble) => bubble.showAuthor());
  }
}

function key({ from, id }) {
  return `${from} ${id}`;
}
