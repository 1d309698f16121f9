const CLOCK = { set: (work, ms) => setTimeout(work, ms), clear: (timer) => clearTimeout(timer) };

/** Ends a transfer when its caller does, or when nothing has moved for a while: `signal` is aborted then. */
export class Stall {
  #controller = new AbortController();
  #caller;
  #ms;
  #clock;
  #timer = null;
  #onAbort = () => this.#controller.abort(this.#caller.reason);

  /**
   * @param caller the signal of the caller, or null
   * @param ms how long nothing may move, in milliseconds
   */
  constructor(caller, ms, clock = CLOCK) {
    this.#caller = caller;
    this.#ms = ms;
    this.#clock = clock;
    caller?.addEventListener('abort', this.#onAbort);
    if (caller?.aborted) {
      this.#onAbort();
    }
    this.moved();
  }

  get signal() {
    return this.#controller.signal;
  }

  /** Something has moved. */
  moved() {
    this.#clock.clear(this.#timer);
    this.#timer = this.#clock.set(() => this.#controller.abort(), this.#ms);
  }

  /** The transfer has ended. */
  end() {
    this.#clock.clear(this.#timer);
    this.#caller?.removeEventListener('abort', this.#onAbort);
  }
}
