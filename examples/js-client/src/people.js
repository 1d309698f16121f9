import { PROFILES } from './limits.js';
import { Emitter } from './emitter.js';
import { Meeting } from './meeting.js';
import { segment } from './rest.js';

/**
 * What users tell about themselves, and whom this user blocks. Profiles are asked for when they are shown, a few at a
 * time, and kept in the store. Emits `people` (a set of user ids) when something about them changed.
 */
export class People extends Emitter {
  #rest;
  #store;
  #tabs;
  #known = new Map();
  #wanted = new Set();
  #asking = new Set();
  /** The users who are asked about again in a moment. */
  #later = new Set();
  #blocked = new Set();
  #learning = null;
  #meeting;
  #closed = false;

  constructor({ rest, store, tabs, wait }) {
    super();
    this.#meeting = new Meeting({ ask: (user) => this.#meetOne(user), every: PROFILES.every, wait });
    this.#rest = rest;
    this.#store = store;
    this.#tabs = tabs;
    tabs.on('people', (people) => this.#show(people));
    tabs.on('blocks', (users) => this.#showBlocks(users));
  }

  /** Takes up what the store holds. */
  async load() {
    this.#show(await this.#store.people());
  }

  /** What to call a user: the name they gave themselves, or their id. */
  nameOf(user) {
    return this.#known.get(user)?.name || user;
  }

  /** The users of whom something is known. */
  get known() {
    return Array.from(this.#known.keys());
  }

  /** Whether there is such a user; true where the server does not tell. Rejects with a `RestError`. */
  async exists(user) {
    try {
      const { exists } = await this.#rest.get(`/v1/users/${segment(user)}`);
      return exists !== false;
    } catch (error) {
      if (error.status === 404) {
        return true;
      }
      throw error;
    }
  }

  /** What a user said of themselves: {user, name, colour, picture}; texts may be empty. */
  profileOf(user) {
    return this.#known.get(user) ?? { user, name: '', colour: '', picture: '' };
  }

  /** Asks for the profiles of users who are shown, where they are not known or no longer fresh. */
  want(users) {
    this.#wantOlderThan(PROFILES.fresh, users);
  }

  /**
   * Asks for the profiles of users of whom nothing is known, however many, and no longer for those of an earlier call.
   * Emits `people` at the end too.
   */
  async meet(users) {
    if (await this.#meeting.run(users.filter((user) => !this.#known.has(user)))) {
      this.emit('people', new Set());
    }
  }

  /** Whether there are users still to be met. */
  get isMeeting() {
    return this.#meeting.isGoingOn;
  }

  async #meetOne(user) {
    if (!this.#known.has(user) && !this.#asking.has(user)) {
      this.#asking.add(user);
      await this.#ask(user);
      this.#asking.delete(user);
    }
  }

  /** An event came from a user: a profile that the server hid from strangers may be visible now. */
  heard(user) {
    if (!this.#known.has(user) || this.#known.get(user).name || this.#closed || this.#later.has(user)) {
      return;
    }
    const left = this.#known.get(user).at + PROFILES.missing - Date.now();
    if (left < 0) {
      this.#wantOlderThan(PROFILES.missing, [user]);
      return;
    }
    // It was asked for a moment ago, perhaps just before this sign.
    this.#later.add(user);
    const timer = setTimeout(() => {
      this.#later.delete(user);
      this.heard(user);
    }, left + 1);
    // In Node it does not keep the process.
    timer.unref?.();
  }

  #wantOlderThan(age, users) {
    const stale = Date.now() - age;
    users.filter((user) => !((this.#known.get(user)?.at ?? 0) > stale)).forEach((user) => this.#wanted.add(user));
    this.#askMore();
  }

  /** Replaces this user's own profile; rejects with a `RestError`. */
  async saveMine({ name, colour, picture }) {
    const attributes = { ...(colour && { colour }), ...(picture && { picture }) };
    await this.#keep(personOf(await this.#rest.put('/v1/profiles/me', { name, attributes })));
  }

  isBlocked(user) {
    return this.#blocked.has(user);
  }

  /** Reads whom this user blocks, unless that is known or being read. */
  async learnBlocks() {
    try {
      await (this.#learning ??= this.#readBlocks());
    } catch (error) {
      this.#learning = null;
      console.warn('webchat: blocks could not be read', error);
    }
  }

  async #readBlocks() {
    const users = [];
    let cursor = null;
    do {
      const { items, nextCursor } = await this.#rest.get('/v1/blocks', { limit: 200, cursor });
      users.push(...items.map(({ userId }) => userId));
      cursor = nextCursor;
    } while (cursor !== null);
    this.#showBlocks(users);
  }

  /** Blocks a user, or lifts the block; rejects with a `RestError`. */
  async setBlocked(user, isBlocked) {
    const path = `/v1/blocks/${segment(user)}`;
    await (isBlocked ? this.#rest.put(path) : this.#rest.delete(path));
    const others = Array.from(this.#blocked).filter((each) => each !== user);
    const users = isBlocked ? [...others, user] : others;
    this.#tabs.share('blocks', users);
    this.#showBlocks(users);
  }

  /** Keeps nothing from now on: the store is about to close. */
  close() {
    this.#closed = true;
    this.#wanted.clear();
    this.#meeting.run([]);
    this.clear();
  }

  #askMore() {
    for (const user of this.#wanted) {
      if (this.#asking.size >= PROFILES.atOnce) {
        return;
      }
      this.#wanted.delete(user);
      if (!this.#asking.has(user)) {
        this.#asking.add(user);
        this.#ask(user).finally(() => {
          this.#asking.delete(user);
          this.#askMore();
        });
      }
    }
  }

  async #ask(user) {
    try {
      await this.#keep(await this.#read(user));
    } catch (error) {
      console.warn(`webchat: the profile of ${user} could not be read`, error);
    }
  }

  async #read(user) {
    try {
      return personOf(await this.#rest.get(`/v1/profiles/${segment(user)}`));
    } catch (error) {
      if (error.code === 'not_found') {
        return personOf({ userId: user });
      }
      throw error;
    }
  }

  async #keep(person) {
    if (this.#closed) {
      return;
    }
    await this.#store.putPerson(person);
    this.#tabs.share('people', [person]);
    this.#show([person]);
  }

  #show(people) {
    const changed = people.filter((person) => !isSame(person, this.#known.get(person.user)));
    people.forEach((person) => this.#known.set(person.user, person));
    if (changed.length > 0) {
      this.emit('people', new Set(changed.map(({ user }) => user)));
    }
  }

  #showBlocks(users) {
    const before = this.#blocked;
    this.#blocked = new Set(users);
    const changed = [...before, ...users].filter((user) => before.has(user) !== this.#blocked.has(user));
    if (changed.length > 0) {
      this.emit('people', new Set(changed));
    }
  }
}

function personOf({ userId, name = '', attributes = {} }) {
  const { colour = '', picture = '' } = attributes;
  return { user: userId, name, colour, picture, at: Date.now() };
}

function isSame(one, other) {
  return ['name', 'colour', 'picture'].every((field) => one[field] === other?.[field]);
}
