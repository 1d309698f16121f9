import { byPosition, positionOf } from '@webchat/client';
import { isLookedAt, onAttention } from './attention.js';

/** Marks messages as seen: those that come into view while the person looks at the page. */
export class SeenWatch {
  #messages;
  #messenger = null;
  #id = null;
  #last = null;
  #isDue = false;

  constructor({ messages }) {
    this.#messages = messages;
    onAttention(() => this.check());
  }

  attach(messenger) {
    this.#messenger = messenger;
  }

  /** Watches a conversation, whose messages stand where the person reads them (null: none). */
  watch(id) {
    this.#id = id;
    this.#last = null;
    if (id !== null) {
      this.#messages.begin();
    }
    this.#look();
  }

  /** Others may be in view now: looks at them once they are drawn. */
  check() {
    this.#tellWatched();
    if (!this.#isDue) {
      this.#isDue = true;
      requestAnimationFrame(() => {
        this.#isDue = false;
        this.#look();
      });
    }
  }

  #look() {
    this.#tellWatched();
    const record = this.#id !== null && isLookedAt() ? this.#messages.newestRead() : null;
    if (record) {
      this.#messages.looked(record);
    }
    if (record && byPosition(record, this.#last) > 0) {
      this.#last = positionOf(record);
      this.#messenger.saw(this.#id, this.#last).catch((error) => {
        console.error('webchat: messages could not be marked as seen', error);
      });
    }
  }

  #tellWatched() {
    const isWatched = this.#id !== null && isLookedAt() && this.#messages.isAtEnd;
    this.#messenger?.watch(isWatched ? this.#id : null);
  }
}
