import { YIELD_TIMEOUT } from './limits.js';
import { Emitter } from './emitter.js';
import { surroundings } from './surroundings.js';

/**
 * Which of a user's tabs speaks to the server: one at a time, since they share a device and its place in the queue.
 *
 * Emits `lead` when it is this tab's turn, and `follow` when another tab takes it away. The first tab leads, and the
 * next one as soon as it is gone, however it ended: the browser's lock sees to that. Where there are no locks (a page
 * that came over plain http), the newest tab leads, and a tab that closes says so.
 */
export class Leadership extends Emitter {
  #name;
  #locks;
  #tabs;
  #page;
  #id = Math.random();
  #state = 'following';
  #release = () => {};
  #stop = new AbortController();

  /**
   * @param locks the browser's lock manager; null or missing where there is none
   * @param page what emits `pagehide`: the window
   */
  constructor({ user, tabs, locks = globalThis.navigator?.locks, page = surroundings() }) {
    super();
    this.#name = `webchat:${user}`;
    this.#locks = locks;
    this.#tabs = tabs;
    this.#page = page;
  }

  get isLeading() {
    return this.#state === 'leading';
  }

  /** Waits for this tab's turn. */
  start() {
    if (this.#locks) {
      this.#wait();
    } else {
      this.#tabs.on('claim', (id) => this.#otherClaims(id));
      this.#tabs.on('left', () => this.#claim());
      this.#page.addEventListener('pagehide', () => this.close(), { signal: this.#stop.signal });
      this.#claim();
    }
  }

  /** Lets another tab lead. */
  close() {
    const led = this.isLeading;
    this.#state = 'closed';
    this.#stop.abort();
    this.#release();
    if (led && !this.#locks) {
      this.#tabs.share('left');
    }
    this.clear();
  }

  async #wait() {
    try {
      await this.#locks.request(this.#name, { signal: this.#stop.signal }, () => {
        this.#lead();
        return new Promise((release) => {
          this.#release = release;
        });
      });
    } catch (error) {
      if (this.#state === 'following' && error.name === 'SecurityError') {
        // The browser refuses its storage to this page, and locks with it: no other tab shares anything with this one.
        this.#lead();
      } else if (this.#state !== 'closed') {
        throw error;
      }
    }
  }

  #claim() {
    if (this.#state === 'following') {
      this.#state = 'claiming';
      this.#tabs.share('claim', this.#id);
      setTimeout(() => this.#state === 'claiming' && this.#lead(), YIELD_TIMEOUT);
    }
  }

  #otherClaims(id) {
    if (this.#state === 'leading' || (this.#state === 'claiming' && id > this.#id)) {
      this.#state = 'following';
      this.emit('follow');
    } else if (this.#state === 'claiming') {
      // The other one may have opened after this tab's claim went out.
      this.#tabs.share('claim', this.#id);
    }
  }

  #lead() {
    this.#state = 'leading';
    this.emit('lead');
  }
}

/** The leadership of a client that shares its store with nobody. */
export class Alone extends Emitter {
  isLeading = false;

  start() {
    this.isLeading = true;
    this.emit('lead');
  }

  close() {
    this.isLeading = false;
    this.clear();
  }
}
