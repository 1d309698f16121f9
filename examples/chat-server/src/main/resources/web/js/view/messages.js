import { byPlace } from '../app/history.js';
import { PAGE } from '../config.js';
import { Bubble, gapNotice } from './bubble.js';
import { byId, element } from './dom.js';
import { titleOf } from './names.js';

const NEAR = 80;

/** The messages of the open conversation. It stays at its end unless the person has scrolled up. */
export class MessageList {
  #scroller = byId('scroller');
  #list = byId('messages');
  #earlier = byId('earlier');
  #jump = byId('jump');
  #jumpCount = byId('jump-count');
  #messenger = null;
  #conversation = null;
  #bubbles = new Map();
  #sorted = [];
  #limit = PAGE;
  #more = false;
  #below = 0;
  #wasAtEnd = true;

  constructor() {
    this.#earlier.addEventListener('click', () => this.#showEarlier());
    this.#jump.addEventListener('click', () => this.#toEnd());
    this.#scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#stay()).observe(this.#scroller);
  }

  attach(messenger) {
    this.#messenger = messenger;
    messenger.on('messages', (records) => this.#changed(records));
    messenger.on('removed', (records) => records.forEach((record) => this.#remove(record)));
    messenger.on('gap', () => this.#changed([]));
  }

  /** Shows a conversation; resolves once its stored messages are there. */
  async open(conversation) {
    this.#conversation = conversation;
    this.#bubbles.clear();
    this.#sorted = [];
    this.#below = 0;
    this.#list.replaceChildren();
    this.#limit = PAGE;
    this.#more = false;
    await this.#load();
    this.#toEnd();
  }

  async #load() {
    const { id } = this.#conversation;
    const { messages, more } = await this.#messenger.newest(id, this.#limit);
    if (this.#conversation.id !== id) {
      return;
    }
    this.#more = more;
    this.#earlier.hidden = !more;
    // What came in while the store was being read is newer than what was read.
    messages.filter((record) => !this.#bubbles.has(key(record))).forEach((record) => this.#put(record));
    this.#arrange();
  }

  async #showEarlier() {
    const fromEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    this.#limit += PAGE;
    await this.#load();
    this.#scroller.scrollTop = this.#scroller.scrollHeight - fromEnd;
  }

  #changed(records) {
    const wasAtEnd = this.#isAtEnd();
    const here = records.filter((record) => record.conversation === this.#conversation?.id && this.#isInReach(record));
    const added = here.filter((record) => !this.#bubbles.has(key(record)));
    here.forEach((record) => this.#put(record));
    this.#arrange();
    if (wasAtEnd || added.some(({ state }) => state === 'pending')) {
      this.#toEnd();
    } else {
      this.#below += added.length;
      this.#showJump();
    }
  }

  #put(record) {
    const bubble = this.#bubbles.get(key(record));
    if (bubble) {
      bubble.update(record);
    } else {
      const title = titleOf(this.#conversation);
      const onRetry = (id) => this.#messenger.retry(id);
      this.#bubbles.set(key(record), new Bubble(record, { me: this.#messenger.me, title, onRetry }));
    }
  }

  /** Whether a record belongs to the part of the conversation that is shown, rather than before it. */
  #isInReach(record) {
    const oldest = this.#sorted[0]?.record;
    return !this.#more || !oldest || byPlace(record, oldest) >= 0;
  }

  #remove(record) {
    this.#bubbles.get(key(record))?.node.remove();
    this.#bubbles.delete(key(record));
    this.#arrange();
  }

  /** Puts the bubbles in order, touching only those that are not where they belong. */
  #arrange() {
    this.#sorted = Array.from(this.#bubbles.values()).sort((one, other) => byPlace(one.record, other.record));
    const gaps = this.#messenger.gaps;
    let previous = null;
    this.#sorted.forEach((bubble, index) => {
      if (this.#list.children[index] !== bubble.node) {
        this.#list.insertBefore(bubble.node, this.#list.children[index] ?? null);
      }
      const gapBefore = previous !== null && gaps.some((gap) => previous.place < gap && gap <= bubble.record.place);
      bubble.follow(previous, gapBefore);
      previous = bubble.record;
    });
    this.#arrangeEnd(previous, gaps);
  }

  #arrangeEnd(last, gaps) {
    while (this.#list.children.length > this.#sorted.length) {
      this.#list.lastChild.remove();
    }
    if (last && gaps.some((gap) => gap > last.place)) {
      this.#list.append(element('li', 'end', {}, gapNotice()));
    }
    if (!last) {
      this.#list.append(element('li', 'end', {}, element('p', 'notice', {}, 'No messages yet. Say hello!')));
    }
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#scrolled();
  }

  #scrolled() {
    this.#wasAtEnd = this.#isAtEnd();
    if (this.#wasAtEnd) {
      this.#below = 0;
    }
    this.#showJump();
  }

  /** The pane changed its height, for instance because a keyboard came up. */
  #stay() {
    if (this.#wasAtEnd) {
      this.#toEnd();
    }
  }

  #showJump() {
    this.#jump.hidden = this.#isAtEnd();
    this.#jumpCount.textContent = this.#below > 0 ? `${this.#below} new` : 'Latest';
  }
}

function key({ from, id }) {
  return `${from} ${id}`;
}
