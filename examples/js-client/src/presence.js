import { PRESENCE } from './limits.js';
import { Emitter } from './emitter.js';

/**
 * Who is there, of those who are shown, and when the others were: asks the server every so often while the page is
 * visible, and takes every event from somebody as a sign in between. Emits `presence` (a set of user ids) for those of
 * whom something else is known.
 */
export class Presence extends Emitter {
  #rest;
  #isVisible;
  #now;
  #shown = [];
  #online = new Set();
  #lastSeen = new Map();
  #heard = new Map();
  #timer = null;
  #round = 0;
  #isReachable = false;
  #closed = false;

  constructor({ rest, isVisible = () => globalThis.document?.visibilityState !== 'hidden', now = Date.now }) {
    super();
    this.#rest = rest;
    this.#isVisible = isVisible;
    this.#now = now;
  }

  isOnline(user) {
    return this.#online.has(user);
  }

  /** When somebody who is not online was connected last, in Unix milliseconds; null where that is not known. */
  lastSeen(user) {
    return this.#lastSeen.get(user) ?? null;
  }

  /** Says who is shown from now on, and asks about them if somebody is new. */
  show(users) {
    const isNews = users.some((user) => !this.#shown.includes(user));
    this.#shown = users;
    if (isNews && this.#isReachable) {
      this.#later(50);
    }
  }

  /** An event came from a user. */
  heard(user) {
    this.#heard.set(user, this.#now());
    this.#change(new Map([[user, { isOnline: true, lastSeen: null }]]));
  }

  /** Asks now, and from now on again and again until `forget`. Resolves when the answer is in. */
  async ask() {
    this.#isReachable = true;
    const round = (this.#round += 1);
    try {
      for (let start = 0; !this.#closed && this.#isVisible() && start < this.#shown.length; start += PRESENCE.atOnce) {
        await this.#askAbout(this.#shown.slice(start, start + PRESENCE.atOnce));
      }
    } catch (error) {
      if (this.#isReachable) {
        console.warn('webchat: it is not known who is there', error);
      }
    }
    if (round === this.#round) {
      this.#later(PRESENCE.every);
    }
  }

  /** The connection is lost: of nobody is anything known. */
  forget() {
    this.#isReachable = false;
    clearTimeout(this.#timer);
    this.#heard.clear();
    const known = [...this.#online, ...this.#lastSeen.keys()];
    this.#change(new Map(known.map((user) => [user, { isOnline: false, lastSeen: null }])));
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.clear();
  }

  async #askAbout(users) {
    const { items } = await this.#rest.get('/v1/presence', { user: users });
    const recent = this.#now() - PRESENCE.heard;
    const stateOf = ({ userId, online, lastSeenAt }) => {
      const isOnline = online || (this.#heard.get(userId) ?? -Infinity) > recent;
      return [userId, { isOnline, lastSeen: isOnline || !lastSeenAt ? null : Date.parse(lastSeenAt) }];
    };
    this.#change(new Map(items.map(stateOf)));
  }

  #later(ms) {
    clearTimeout(this.#timer);
    if (!this.#closed && this.#isReachable) {
      this.#timer = setTimeout(() => this.ask(), ms);
    }
  }

  #change(states) {
    const isNew = ([user, { isOnline, lastSeen }]) =>
      isOnline !== this.isOnline(user) || lastSeen !== this.lastSeen(user);
    const changed = Array.from(states).filter(isNew);
    for (const [user, { isOnline, lastSeen }] of changed) {
      isOnline ? this.#online.add(user) : this.#online.delete(user);
      lastSeen === null ? this.#lastSeen.delete(user) : this.#lastSeen.set(user, lastSeen);
    }
    if (changed.length > 0) {
      this.emit('presence', new Set(changed.map(([user]) => user)));
    }
  }
}
