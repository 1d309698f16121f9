import { byId, element } from './dom.js';
import { failureText } from './failures.js';

/**
 * Fills the message pane with the open conversation's history: at once from the store, then page after page from the
 * server as the person scrolls up. The line above the messages says how that goes.
 */
export class Past {
  #line = byId('older');
  #messages;
  #onRead;
  #pager = null;
  #failed = false;
  #busy = false;

  /** @param onRead called after something came from the server */
  constructor({ messages, onRead }) {
    this.#messages = messages;
    this.#onRead = onRead;
  }

  /** Shows a conversation's history; resolves once its stored part is there. */
  async open(pager) {
    this.#pager = pager;
    this.#failed = false;
    this.#busy = false;
    this.show();
    const kept = await pager.kept();
    if (pager === this.#pager) {
      this.#messages.show(kept.records, kept.floor);
      this.#messages.toEnd();
      this.more();
    }
  }

  close() {
    this.#pager = null;
  }

  /** Gets older messages if there are any, unless that is going on or has just failed. */
  more() {
    if (this.#pager?.hasOlder && !this.#failed && !this.#busy) {
      this.#read(this.#pager, () => this.#pager.older());
    }
  }

  /** Gets what this device missed. */
  catchUp() {
    if (this.#pager && !this.#busy) {
      this.#failed = false;
      this.#read(this.#pager, () => (this.#pager.isOpen ? this.#pager.newer() : this.#pager.older()));
    }
  }

  async #read(pager, read) {
    this.#busy = true;
    this.show();
    try {
      await read();
      const known = await pager.known();
      if (pager === this.#pager) {
        this.#messages.show(known, pager.floor);
        this.#onRead();
      }
    } catch (error) {
      this.#fail(pager, error);
    }
    if (pager === this.#pager) {
      this.#busy = false;
      this.show();
      // A reader who came to the top while this was on its way scrolls no further, and so would not ask.
      if (this.#messages.isNearTop) {
        this.more();
      }
    }
  }

  #fail(pager, error) {
    // A conversation without a message has no log yet.
    if (error.code !== 'not_found' && pager === this.#pager) {
      this.#failed = true;
      const words = element('span', '', {}, `Earlier messages are missing. ${failureText(error)} `);
      this.#line.replaceChildren(words, this.#retry());
    }
  }

  /** Says how things are, now that other messages are shown. */
  show() {
    if (this.#failed || this.#pager === null) {
      return;
    }
    if (this.#busy) {
      const spinner = element('span', 'spinner', { 'aria-hidden': 'true' });
      this.#line.replaceChildren(spinner, element('span', '', {}, 'Loading messages…'));
    } else {
      this.#line.textContent = this.#pager.hasOlder ? '' : this.#beginning();
    }
  }

  #beginning() {
    return this.#messages.isEmpty ? 'No messages yet. Say hello!' : 'This is where the conversation begins.';
  }

  #retry() {
    const button = element('button', 'link', { type: 'button' }, 'Try again');
    button.addEventListener('click', () => {
      this.#failed = false;
      this.more();
    });
    return button;
  }
}
