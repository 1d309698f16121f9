import { Emitter } from '../client/emitter.js';

/**
 * What the tabs of one user in this browser tell each other: emits the kind of whatever another tab shared, with its
 * detail. Nothing is kept for tabs that open later; what must not be lost is in the store.
 */
export class Tabs extends Emitter {
  #channel;

  constructor(user, open = (name) => new BroadcastChannel(name)) {
    super();
    this.#channel = open(`webchat:${user}`);
    this.#channel.onmessage = ({ data: { kind, detail } }) => this.emit(kind, detail);
  }

  share(kind, detail = null) {
    this.#channel.postMessage({ kind, detail });
  }

  close() {
    this.clear();
    this.#channel.close();
  }
}
