import { Backoff } from './backoff.js';
import { Emitter } from './emitter.js';
import { surroundings } from './surroundings.js';
import { ANSWER_TIMEOUT, CONNECT_TIMEOUT, RECONNECT } from './timing.js';
import { CHAT, isWellFormed } from './wire.js';

/**
 * One device's connection to the chat server, kept up for as long as it is started.
 *
 * Emits `state` (a name from the list below), `event` ({event, confirm}) for everything the server sends, `expiring`
 * when the token will soon expire (call `renew`), and `lost` ({isTooLarge}) whenever a connection ended: with whether
 * the server ended it because a packet was larger than it takes. States: `stopped`, `connecting`, `online`, `draining` (online, but the server is about to close), `reconnecting`, `offline` (the browser
 * says so), `replaced` (another session of this device took over) and `unauthorized` (sign in again). From the last two
 * only `start` leads on.
 *
 * The Socket.IO client's own reconnecting is off: it stops for good after a server-side disconnect or a refusal, and
 * cannot be told to try at once.
 */
export class Session extends Emitter {
  #socket;
  #network;
  #backoff = new Backoff(RECONNECT);
  #timer = null;
  #connection = 0;
  #wasOnline = false;
  state = 'stopped';

  /**
   * @param io the Socket.IO client
   * @param auth called at every connect, returns {token, device, after}
   * @param network what emits `online` and `offline`: the window
   */
  constructor({ io, auth, network = surroundings() }) {
    super();
    this.#network = network;
    this.#socket = io({
      auth: (use) => use(auth()),
      autoConnect: false,
      reconnection: false,
      // Websocket first: there is no upgrade then, during which events could be held up.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
    });
    this.#socket.on('connect', () => this.#connected());
    this.#socket.on('connect_error', (error) => this.#refused(error));
    this.#socket.on('disconnect', (_, details) => this.#disconnected(isTooLarge(details)));
    this.#socket.on(CHAT, (event, ack) => this.#received(event, ack));
    network.addEventListener('online', this.#networkChanged);
    network.addEventListener('offline', this.#networkChanged);
  }

  /** Connects, and from now on connects again whenever the connection ends. Does nothing while that is going on. */
  start() {
    if (['stopped', 'replaced', 'unauthorized'].includes(this.state)) {
      this.#backoff.reset();
      this.#connect();
    }
  }

  /** Connects at once instead of waiting for the next attempt. */
  tryNow() {
    if (['reconnecting', 'offline'].includes(this.state) && this.#timer !== null) {
      this.#connect();
    }
  }

  /** Ends the connection and stays away; `state` says why. */
  stop(state = 'stopped') {
    this.#enter(state);
    this.#hangUp();
  }

  /** Ends the connection and comes back after a pause, by default the next of the growing ones. */
  restart(pause = this.#backoff.next()) {
    this.#hangUp();
    this.#comeBack(pause);
  }

  /** Releases the listeners on the network; the session is not usable afterwards. */
  close() {
    this.stop();
    this.#network.removeEventListener('online', this.#networkChanged);
    this.#network.removeEventListener('offline', this.#networkChanged);
  }

  get isOnline() {
    return this.#socket.connected;
  }

  /** Sends an event and returns a promise of the server's answer; rejects if there is none in time. */
  request(event) {
    return new Promise((resolve, reject) => {
      if (!this.#socket.connected) {
        // Socket.IO would keep it and send it at the next connect, ahead of older unanswered messages.
        reject(new Error('not connected'));
        return;
      }
      const reply = (error, answer) => (error ? reject(error) : resolve(answer));
      this.#socket.timeout(ANSWER_TIMEOUT).emit(CHAT, event, reply);
    });
  }

  /** Goes on with a new token of the same user. */
  renew(token) {
    this.#socket.emit('auth', { token }, (answer) => {
      if (answer?.ok !== true) {
        console.warn('webchat: the new token was refused', answer);
      }
    });
  }

  /** Sends a passing signal, if that is possible right now. */
  signal(event) {
    if (this.#socket.connected) {
      this.#socket.volatile.emit(CHAT, event);
    }
  }

  #connect() {
    this.#clearTimer();
    this.#enter(this.#wasOnline || this.state === 'offline' ? this.#absence() : 'connecting');
    this.#timer = setTimeout(() => this.restart(), CONNECT_TIMEOUT);
    this.#socket.connect();
  }

  #connected() {
    this.#clearTimer();
    this.#backoff.reset();
    this.#connection += 1;
    this.#wasOnline = true;
    this.#enter('online');
  }

  #refused(error) {
    const code = error.data?.code ?? error.message;
    if (code === 'unauthorized') {
      this.stop('unauthorized');
    } else if (!this.#isAway()) {
      this.#comeBack();
    }
  }

  #disconnected(isTooLarge) {
    this.#connection += 1;
    this.emit('lost', { isTooLarge });
    if (!this.#isAway()) {
      this.#comeBack();
    }
  }

  #received(event, ack) {
    if (event?.EvtType === 'replaced') {
      this.stop('replaced');
      return;
    }
    if (event?.EvtType === 'expiring') {
      this.emit('expiring');
      return;
    }
    if (event?.EvtType === 'disconnected') {
      this.stop('unauthorized');
      return;
    }
    if (event?.EvtType === 'draining') {
      this.#enter('draining');
      return;
    }
    const confirm = this.#confirmation(ack);
    if (isWellFormed(event)) {
      this.emit('event', { event, confirm });
    } else {
      // Nothing to keep; unconfirmed it would come again on every connect.
      console.warn('webchat: ignored a malformed event', event);
      confirm();
    }
  }

  /** Ack numbers start anew with each connection: an old one would confirm an event that was never kept. */
  #confirmation(ack) {
    const connection = this.#connection;
    return () => {
      if (typeof ack === 'function' && connection === this.#connection) {
        ack();
      }
    };
  }

  #comeBack(pause = this.#backoff.next()) {
    this.#clearTimer();
    this.#enter(this.#absence());
    this.#timer = setTimeout(() => this.#connect(), pause);
  }

  #networkChanged = ({ type }) => {
    if (type === 'online') {
      this.tryNow();
    } else if (!this.#isAway()) {
      this.restart();
    }
  };

  #hangUp() {
    this.#clearTimer();
    this.#connection += 1;
    this.#socket.disconnect();
  }

  #absence() {
    return this.#network.navigator?.onLine === false ? 'offline' : 'reconnecting';
  }

  #isAway() {
    return ['stopped', 'replaced', 'unauthorized'].includes(this.state);
  }

  #clearTimer() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #enter(state) {
    if (this.state !== state) {
      this.state = state;
      this.emit('state', state);
    }
  }
}

/** Whether an end of the connection says so: the close code of a WebSocket, or the status of a polling request. */
function isTooLarge(details) {
  return details?.context?.code === 1009 || details?.description === 413;
}
