import assert from 'node:assert/strict';
import { io } from 'socket.io-client';
import { ChatClient, MemoryStore, newDeviceId, positionOf } from '../src/index.js';

/** How long something may take. Only what fails takes that long. */
const PATIENCE = 90_000;
const LOOK_EVERY = 20;
const REACHED = ['sent', 'delivered', 'displayed'];

/** Resolves once a condition holds; fails with what `tell` returns if it does not. */
export async function until(condition, tell) {
  const end = Date.now() + PATIENCE;
  while (!(await condition())) {
    if (Date.now() > end) {
      assert.fail(`${PATIENCE} ms were not enough: ${JSON.stringify(tell())}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

/** A token for a user, who has an account from then on. */
export async function signIn(url, user) {
  const response = await fetch(`${url}v1/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user, password: `the password of ${user}` }),
  });
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()).token;
}

/** Somebody with one device, and what they have seen since they opened it. */
export class Person {
  #client;
  #device;
  #store;
  #records = new Map();
  #door;
  #token;
  #renew;
  /** The texts of the messages that were new to this device, in the order in which it told of them. */
  incoming = [];
  /** The states of the connection, in their order. */
  states = [];
  gaps = 0;

  constructor({ door, user, token, renew, device = newDeviceId(), store = new MemoryStore() }) {
    this.user = user;
    this.#door = door;
    this.#token = token;
    this.#renew = renew;
    this.#device = device;
    this.#store = store;
  }

  /** Opens the client, on the store that it had before. */
  async open() {
    this.#client = new ChatClient({
      url: this.#door.url,
      io: (uri, options) => io(uri, { ...options, forceNew: true }),
      user: this.user,
      device: this.#device,
      token: () => this.#token,
      renew: this.#renew && (async (rest) => (this.#token = await this.#renew(rest))),
      store: this.#store,
    });
    this.#client.on('incoming', (messages) => this.incoming.push(...messages.map(({ text }) => text)));
    this.#client.on('messages', (records) => records.forEach((each) => this.#records.set(each.id, each)));
    this.#client.on('connection', (state) => this.states.push(state));
    this.#client.on('gap', () => (this.gaps += 1));
    await this.#client.start();
    return this;
  }

  close() {
    return this.#client.close();
  }

  get client() {
    return this.#client;
  }

  get token() {
    return this.#token;
  }

  online() {
    return until(() => this.#client.connection === 'online', () => this.states);
  }

  async writes(other, ...texts) {
    const conversation = await this.#client.converse(other.user);
    for (const text of texts) {
      await this.#client.send(conversation, text);
    }
  }

  /** The record of the newest message with a text. */
  message(text) {
    return Array.from(this.#records.values()).findLast((each) => each.text === text);
  }

  changed(id) {
    return this.#records.get(id);
  }

  /** Waits until messages have come so far, or further. */
  async reaches(state, ...texts) {
    const isThere = (text) => REACHED.indexOf(this.message(text)?.state) >= REACHED.indexOf(state);
    const tell = () => texts.filter((text) => !isThere(text)).map((text) => [text, this.message(text)?.state]);
    await until(() => texts.every(isThere), tell);
  }

  /** Waits for the last of these, and holds that just these came, each once and in this order. */
  async gets(...texts) {
    await until(() => this.incoming.includes(texts.at(-1)), () => this.incoming);
    assert.deepEqual(this.incoming, texts);
  }

  /** The texts of the messages with another that the server has, oldest first. */
  async stored(other) {
    const conversation = [this.user, other.user].sort().join('~');
    const { items } = await this.#client.rest.get(`/v1/call-logs/${conversation}/messages`, { limit: 200 });
    return items.map(({ text }) => text).reverse();
  }

  /** Reads the whole conversation with another; returns its texts, oldest first. */
  async reads(other) {
    const pager = this.#client.pager(await this.#client.converse(other.user));
    await pager.begin();
    while (pager.hasOlder) {
      await pager.older();
    }
    return (await pager.known()).map(({ text }) => text);
  }

  /** Looks at the message with a text. */
  async looks(text) {
    const message = this.message(text);
    await this.#client.saw(message.conversation, positionOf(message));
  }
}
