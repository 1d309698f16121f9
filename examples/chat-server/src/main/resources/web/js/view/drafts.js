/**
 * Keeps what is being written, as fast as the store takes it: while one text is being kept, of all that follow only the
 * last one waits.
 */
export class Drafts {
  #keep;
  #waiting = new Map();
  #busy = false;

  /** @param keep called with a conversation's id and a text; its promise resolves once that is kept */
  constructor(keep) {
    this.#keep = keep;
  }

  /** Keeps a text as the draft of a conversation. */
  put(id, text) {
    this.#waiting.set(id, text);
    if (!this.#busy) {
      this.#run();
    }
  }

  async #run() {
    this.#busy = true;
    while (this.#waiting.size > 0) {
      const [id, text] = this.#waiting.entries().next().value;
      this.#waiting.delete(id);
      await this.#keep(id, text).catch((error) => console.error('webchat: a draft could not be kept', error));
    }
    this.#busy = false;
  }
}
