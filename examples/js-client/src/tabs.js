import { Emitter } from './emitter.js';

/**
 * What the tabs of one user in this browser tell each other: emits the kind of whatever another tab shared, with its
 * detail. Nothing is kept for tabs that open later; what must not be lost is in the store.
 */
export class Tabs extends Emitter {
  #channel;
  #closed = false;

  constructor(user, open = openChannel) {
    super();
    this.#channel = open(`webchat:${user}`);
    this.#channel.onmessage = ({ data: { kind, detail } }) => this.emit(kind, detail);
  }

  /** Tells the other tabs; nothing once this one has closed, since what was under way may end later. */
  share(kind, detail = null) {
    if (this.#closed) {
      return;
    }
    this.#channel.postMessage({ kind, detail });
  }

  close() {
    this.#closed = true;
    this.clear();
    this.#channel.close();
  }
}

/** A browser that refuses its storage may refuse this too: then each tab is on its own. */
function openChannel(name) {
  try {
    return new BroadcastChannel(name);
  } catch (error) {
    console.info(`webchat: tabs cannot talk to each other: ${error.message}`);
    return silent();
  }
}

function silent() {
  return { postMessage: () => {}, close: () => {} };
}

/** For a client that shares its store with nobody. */
export function noTabs(user) {
  return new Tabs(user, silent);
}
