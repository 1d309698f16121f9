/** Lets so much work run at once. The rest waits for its turn, in order; what is aborted meanwhile gives its turn up. */
export class Gate {
  #free;
  #waiting = [];

  /** @param places how much runs at once */
  constructor(places) {
    this.#free = places;
  }

  /** Does the work when it is its turn, and resolves to what it returned. Rejects with the reason of an abort. */
  async run(work, signal = null) {
    signal?.throwIfAborted();
    if (this.#free === 0) {
      await this.#turn(signal);
    } else {
      this.#free -= 1;
    }
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #turn(signal) {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((other) => other !== enter);
        reject(signal.reason);
      };
      const enter = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      signal?.addEventListener('abort', giveUp);
      this.#waiting.push(enter);
    });
  }

  /** The place goes to the next in line, without a moment in which somebody else could take it. */
  #leave() {
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#free += 1;
    }
  }
}
