const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks about many users, one after the other and slowly, so that the server takes other requests meanwhile. */
export class Meeting {
  #ask;
  #every;
  #wait;
  #left = [];
  #isGoingOn = false;

  /**
   * @param ask called with a user; its promise is waited for, and never rejects
   * @param every the pause between two users, in milliseconds
   */
  constructor({ ask, every, wait = pause }) {
    this.#ask = ask;
    this.#every = every;
    this.#wait = wait;
  }

  /** Whether there are users to ask about. */
  get isGoingOn() {
    return this.#isGoingOn;
  }

  /** Asks about these users, and no longer about those of an earlier call. Resolves to whether it asked to the end. */
  async run(users) {
    this.#left = Array.from(new Set(users));
    if (this.#isGoingOn || this.#left.length === 0) {
      return false;
    }
    this.#isGoingOn = true;
    while (this.#left.length > 0) {
      await this.#ask(this.#left.shift());
      await this.#wait(this.#every);
    }
    this.#isGoingOn = false;
    return true;
  }
}
