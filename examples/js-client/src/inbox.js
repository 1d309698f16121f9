const BATCH = 200;

/**
 * Keeps received events first and confirms them afterwards, strictly in the order they came.
 *
 * `after` is the highest `Seq` such that it and everything received before it is kept: what to tell the server on the
 * next connect. Events that arrive while a batch is being kept form the next batch, so a flood costs few writes. If
 * keeping fails, nothing of that batch or behind it is confirmed and `after` stays: the server brings it all again on
 * the next connection.
 */
export class Inbox {
  #waiting = [];
  #keeping = null;
  #broken = false;
  #keep;
  #onTrouble;

  /**
   * @param keep called with a list of events and the new `after`; its promise resolves once both are safe
   * @param onTrouble called with the error if keeping failed; the owner ends the connection
   */
  constructor({ keep, onTrouble, after = 0 }) {
    this.#keep = keep;
    this.#onTrouble = onTrouble;
    this.after = after;
  }

  /** Takes an event and the function that confirms it to the server. */
  take(event, confirm) {
    if (!this.#broken) {
      this.#waiting.push({ event, confirm });
      this.#keeping ??= this.#run();
    }
  }

  /** A connection ended: what was not being kept yet comes again on the next. */
  reset() {
    this.#waiting = [];
    this.#broken = false;
  }

  /** Resolves when nothing is being kept any more. */
  async idle() {
    await this.#keeping;
  }

  async #run() {
    // Gives the rest of a burst the time to arrive, so that it is kept in one go.
    await null;
    while (this.#waiting.length > 0) {
      await this.#keepBatch(this.#waiting.splice(0, BATCH));
    }
    this.#keeping = null;
  }

  async #keepBatch(batch) {
    const after = batch.reduce((highest, { event }) => Math.max(highest, event.Seq ?? 0), this.after);
    try {
      await this.#keep(batch.map(({ event }) => event), after);
    } catch (error) {
      this.#waiting = [];
      this.#broken = true;
      this.#onTrouble(error);
      return;
    }
    this.after = after;
    batch.forEach(({ confirm }) => confirm());
  }
}
