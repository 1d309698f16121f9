import { YIELD_TIMEOUT } from '../config.js';
import { Emitter } from '../client/emitter.js';

/**
 * The tabs of one user in this browser. They share a device and a store, so only one of them is active: the one that
 * claimed last. Emits `yield` (another tab takes over; call the function that comes with it once everything is written)
 * and `signedOut`.
 */
export class Tabs extends Emitter {
  #channel;
  #onYielded = () => {};

  constructor(user) {
    super();
    this.#channel = new BroadcastChannel(`webchat:${user}`);
    this.#channel.onmessage = ({ data }) => this.#heard(data);
  }

  /** Makes this tab the active one. Resolves once a tab that was active has written everything down. */
  claim() {
    return new Promise((resolve) => {
      this.#onYielded = resolve;
      setTimeout(resolve, YIELD_TIMEOUT);
      this.#channel.postMessage('claim');
    });
  }

  /** Tells the others that the user signed out of this browser. */
  signOut() {
    this.#channel.postMessage('signedOut');
  }

  close() {
    this.#channel.close();
  }

  #heard(message) {
    if (message === 'claim') {
      this.emit('yield', () => this.#channel.postMessage('yielded'));
    } else if (message === 'yielded') {
      this.#onYielded();
    } else if (message === 'signedOut') {
      this.emit('signedOut');
    }
  }
}
