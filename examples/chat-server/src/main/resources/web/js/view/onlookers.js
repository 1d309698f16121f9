import { isLookedAt } from './attention.js';

/** How long the other tabs have to answer, in milliseconds. */
const PATIENCE = 200;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Knows whether the person looks at any of their tabs in this browser. */
export class Onlookers {
  #tabs;
  #wait;
  #waiting = new Set();

  /** @param tabs what the tabs of the person tell each other */
  constructor(tabs, { wait = pause } = {}) {
    this.#tabs = tabs;
    this.#wait = wait;
    tabs.on('whoLooks', () => isLookedAt() && tabs.share('looking'));
    tabs.on('looking', () => this.#waiting.forEach((answer) => answer(true)));
  }

  /** Resolves to whether somebody looks at one of them now. */
  async isAny() {
    if (isLookedAt()) {
      return true;
    }
    let hear;
    const heard = new Promise((resolve) => {
      hear = resolve;
    });
    this.#waiting.add(hear);
    this.#tabs.share('whoLooks');
    const isAny = await Promise.race([heard, this.#wait(PATIENCE).then(() => false)]);
    this.#waiting.delete(hear);
    return isAny;
  }
}
