import { connect, createServer } from 'node:net';

const SOCKET = 'GET /socket.io/';

/**
 * A load balancer and a bad network in one: passes each connection on to the first server that takes it. It can be
 * closed, its connections can be cut, and it can lose what goes one way.
 */
export class Door {
  #ports;
  #listening;
  #open = new Set();
  #isShut = false;
  #losesAnswers = false;
  #losesRequests = false;
  /** How many Socket.IO connections were begun. */
  attempts = 0;

  /** @param ports the servers, the preferred one first */
  constructor(ports) {
    this.#ports = ports;
    this.#listening = createServer((client) => this.#accept(client));
  }

  static async to(...ports) {
    const door = new Door(ports);
    await new Promise((resolve) => door.#listening.listen(0, '127.0.0.1', resolve));
    return door;
  }

  get url() {
    return `http://127.0.0.1:${this.#listening.address().port}/`;
  }

  /** From now on no answer of the servers comes through, until the connections are cut. */
  loseAnswers() {
    this.#losesAnswers = true;
  }

  /** From now on no byte to the servers comes through, until the connections are cut. */
  loseRequests() {
    this.#losesRequests = true;
  }

  /** Ends all connections; new ones lose nothing. */
  cut() {
    this.#losesAnswers = false;
    this.#losesRequests = false;
    this.#open.forEach((socket) => socket.destroy());
  }

  /** Cuts, and takes no connection until it is opened again. */
  shut() {
    this.#isShut = true;
    this.cut();
  }

  reopen() {
    this.#isShut = false;
  }

  close() {
    this.shut();
    this.#listening.close();
  }

  #accept(client) {
    this.#hold(client);
    if (this.#isShut) {
      client.destroy();
      return;
    }
    client.once('data', (first) => {
      client.pause();
      this.attempts += String(first).startsWith(SOCKET) ? 1 : 0;
      this.#passOn(client, first, this.#ports);
    });
  }

  #passOn(client, first, [port, ...others]) {
    const server = connect(port, '127.0.0.1');
    this.#hold(server);
    const refused = () => (others.length > 0 ? this.#passOn(client, first, others) : client.end());
    server.once('error', refused);
    server.once('connect', () => {
      server.off('error', refused);
      server.write(first);
      client.on('data', (bytes) => this.#losesRequests || server.write(bytes));
      server.on('data', (bytes) => this.#losesAnswers || client.write(bytes));
      client.once('end', () => server.end());
      server.once('end', () => client.end());
      client.once('close', () => server.destroy());
      server.once('close', () => client.end());
      client.resume();
    });
  }

  /** A connection that ends early is what this door is for. */
  #hold(socket) {
    this.#open.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#open.delete(socket));
  }
}
