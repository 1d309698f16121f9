import { TYPING } from './timing.js';

/** Lets a typing signal through at most every three seconds per conversation. */
export class TypingSignal {
  #lastSent = new Map();
  #send;
  #now;

  /** @param send called with a conversation's id when the other side is to be told */
  constructor(send, now = Date.now) {
    this.#send = send;
    this.#now = now;
  }

  /** The person pressed a key. */
  keystroke(conversation) {
    const now = this.#now();
    if (now - (this.#lastSent.get(conversation) ?? -Infinity) >= TYPING.every) {
      this.#lastSent.set(conversation, now);
      this.#send(conversation);
    }
  }

  /** A message went out: the next keystroke starts anew. */
  finished(conversation) {
    this.#lastSent.delete(conversation);
  }
}

/** Remembers who is writing in which conversation, for five seconds after the last signal. */
export class TypingWatch {
  #writers = new Map();
  #onChange;

  /** @param onChange called with a conversation's id when other people write in it than before */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** A signal of a user came in. */
  heard(conversation, user) {
    const timers = this.#writers.get(conversation) ?? new Map();
    const isNews = !timers.has(user);
    clearTimeout(timers.get(user));
    timers.set(user, setTimeout(() => this.stopped(conversation, user), TYPING.shown));
    this.#writers.set(conversation, timers);
    if (isNews) {
      this.#onChange(conversation);
    }
  }

  /** The user's message came in, or their signals ceased. */
  stopped(conversation, user) {
    const timers = this.#writers.get(conversation);
    clearTimeout(timers?.get(user));
    if (timers?.delete(user)) {
      this.#onChange(conversation);
    }
  }

  /** These users have gone, wherever they were writing. */
  left(users) {
    const conversations = Array.from(this.#writers.keys());
    users.forEach((user) => conversations.forEach((conversation) => this.stopped(conversation, user)));
  }

  /** The users who are writing there now. */
  writers(conversation) {
    return Array.from(this.#writers.get(conversation)?.keys() ?? []);
  }

  /** Forgets everyone without a word. */
  close() {
    this.#writers.forEach((timers) => timers.forEach((timer) => clearTimeout(timer)));
    this.#writers.clear();
  }
}
