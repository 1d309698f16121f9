/**
 * Growing pauses with jitter: each lies between half of and the whole of a bound that doubles up to the longest.
 * The jitter keeps thousands of clients of a server that died from all coming back in the same instant.
 */
export class Backoff {
  #attempts = 0;

  constructor({ first, longest }, random = Math.random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** The next pause, in milliseconds. */
  next() {
    const bound = Math.min(this.longest, this.first * 2 ** Math.min(this.#attempts, 20));
    this.#attempts += 1;
    return Math.round(bound * (0.5 + this.random() / 2));
  }

  reset() {
    this.#attempts = 0;
  }
}
