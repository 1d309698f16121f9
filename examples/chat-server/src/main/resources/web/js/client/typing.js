import { TYPING } from '../config.js';

/** Lets a typing signal through at most every three seconds per conversation. */
export class TypingSignal {
  #lastSent = new Map();
  #send;
  #now;

  constructor(send, now = Date.now) {
    this.#send = send;
    this.#now = now;
  }

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

/** Remembers who is writing, for five seconds after the last signal. */
export class TypingWatch {
  #timers = new Map();
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
  }

  heard(conversation) {
    clearTimeout(this.#timers.get(conversation));
    this.#timers.set(conversation, setTimeout(() => this.stopped(conversation), TYPING.shown));
    this.#onChange(conversation);
  }

  stopped(conversation) {
    clearTimeout(this.#timers.get(conversation));
    if (this.#timers.delete(conversation)) {
      this.#onChange(conversation);
    }
  }

  isTyping(conversation) {
    return this.#timers.has(conversation);
  }
}
