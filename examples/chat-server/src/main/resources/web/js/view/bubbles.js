import { Bubble } from './bubble.js';
import { byId } from './dom.js';
import { SystemLine } from './system-line.js';
import { keyOf } from './timeline.js';

/** The messages that stand in the page, in order. Touches only those that are not where they belong. */
export class Bubbles {
  #list = byId('messages');
  #messenger = null;
  #shown = new Map();
  #wanted = { text: '', current: null };
  #events;

  /**
   * @param events what is called: `onReact` and `filesOf` as `MessageList` has them, `onQuote` with a message to go to,
   *     `textOf` with a message that another one answers, and `onFocusLost` when the one with the focus goes
   */
  constructor(events) {
    this.#events = events;
  }

  attach(messenger) {
    this.#messenger = messenger;
  }

  clear() {
    this.#shown.clear();
    this.#wanted = { text: '', current: null };
    this.#list.replaceChildren();
  }

  /** The node of a key's message, if it stands in the page; else null. */
  nodeOf(key) {
    return this.#shown.get(key)?.node ?? null;
  }

  /** The bubbles of these records, all of which stand in the page. */
  of(records) {
    return records.map((record) => this.#shown.get(keyOf(record)));
  }

  /** The record of a message's node. */
  recordOf(node) {
    return Array.from(this.#shown.values()).find((bubble) => bubble.node === node)?.record;
  }

  /** Marks what is looked for in all messages, and the message that the search is at. */
  mark(text, current) {
    this.#wanted = { text, current };
    this.#shown.forEach((bubble, key) => bubble.mark(text, key === current));
  }

  /**
   * Shows these records and no others, with a line above that of the key `divider`.
   *
   * @param above the record before the first one, of `size` known ones; `from` is the first one's index
   */
  show(records, { above, divider, from, size }) {
    const bubbles = new Map(records.map((record) => [keyOf(record), this.#bubble(record)]));
    this.#shown.forEach(({ node }, key) => bubbles.has(key) || this.#leave(node));
    this.#shown = bubbles;
    let [previous, next, place] = [above, this.#list.firstChild, from];
    for (const [key, bubble] of bubbles) {
      const { node } = bubble;
      if (node === next) {
        next = next.nextSibling;
      } else {
        this.#list.insertBefore(node, next);
      }
      bubble.follow(previous, key === divider);
      previous = bubble.record;
      place += 1;
      node.setAttribute('aria-posinset', String(place));
      node.setAttribute('aria-setsize', String(size));
    }
  }

  /** Takes a message out of the page. */
  #leave(node) {
    if (node.contains(document.activeElement)) {
      this.#events.onFocusLost();
    }
    node.remove();
  }

  #bubble(record) {
    const known = this.#shown.get(keyOf(record));
    if (known) {
      known.update(record);
      return known;
    }
    const bubble = this.#made(record);
    bubble.mark(this.#wanted.text, keyOf(record) === this.#wanted.current);
    if (record.room) {
      this.#messenger.people.want([record.from]);
    }
    return bubble;
  }

  #made(record) {
    const { me, people } = this.#messenger;
    if (record.state === 'noted') {
      return new SystemLine(record, { me, people });
    }
    const onRetry = (id) => this.#messenger.retry(id);
    const { onReact, onQuote, filesOf, textOf } = this.#events;
    const answered = record.replyTo ? { ...record.replyTo, text: textOf(record.replyTo) } : null;
    return new Bubble(record, { me, people, onRetry, answered, onQuote, onReact, filesOf });
  }

  /** Shows what these users call themselves by now. */
  showAuthors(users) {
    for (const bubble of this.#shown.values()) {
      if (users.has(bubble.record.from)) {
        bubble.showAuthor();
      }
      bubble.showMentions(users);
    }
  }
}
