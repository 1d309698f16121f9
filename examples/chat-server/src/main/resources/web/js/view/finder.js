import { folded } from './order.js';

/** How many messages are looked at before the page gets its turn. */
const PIECE = 500;

const turn = () => new Promise((resolve) => setTimeout(resolve));

/**
 * Finds a text in messages, a piece at a time so that the page stays quick. `found` has the messages that have it, the
 * newest first. Texts are compared without regard to case, as the marks in them are.
 */
export class Finder {
  #wanted;
  #pause;
  #isStopped = false;
  found = [];

  constructor(wanted, pause = turn) {
    this.#wanted = folded(wanted.trim());
    this.#pause = pause;
  }

  get isStopped() {
    return this.#isStopped;
  }

  stop() {
    this.#isStopped = true;
  }

  /** Looks at older messages than all before, given oldest first; `onPiece` is called after each piece. */
  async older(records, onPiece = () => {}) {
    for (let end = records.length; end > 0 && !this.#isStopped; end -= PIECE) {
      const piece = records.slice(Math.max(0, end - PIECE), end).reverse();
      this.found.push(...piece.filter((record) => this.#has(record)));
      onPiece();
      await this.#pause();
    }
  }

  /** Looks at messages that have just come. */
  newer(records) {
    this.found.unshift(...records.filter((record) => this.#has(record)).reverse());
  }

  #has({ text }) {
    return folded(text).includes(this.#wanted);
  }
}
