/** Calls listeners synchronously, in the order in which they were added. */
export class Emitter {
  #listeners = new Map();

  /** Adds a listener and returns a function that removes it. */
  on(type, listener) {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  emit(type, detail) {
    for (const listener of this.#listeners.get(type) ?? []) {
      listener(detail);
    }
  }

  /** Removes all listeners. */
  clear() {
    this.#listeners.clear();
  }
}
