import { result, Tx, walk, within } from './tx.js';

/** What this browser keeps of one user: messages, conversations, people, and the place in the server's queue. */

const VERSION = 2;

function upgrade(database, from) {
  if (from < 1) {
    const messages = database.createObjectStore('messages', { keyPath: ['from', 'id'] });
    messages.createIndex('place', ['conversation', 'place', 'n']);
    // Only messages that still wait for the server's answer have the property `queued`.
    messages.createIndex('queued', 'queued');
    database.createObjectStore('conversations', { keyPath: 'id' });
    database.createObjectStore('meta');
  }
  if (from < 2) {
    database.createObjectStore('people', { keyPath: 'user' });
  }
}

/**
 * An IndexedDB database per user, shared by this browser's tabs. Everything is written in transactions: a promise of
 * `transact` resolves once all of it is on disk, and rejects once it is certain that none of it is.
 */
export class Store {
  #database;

  constructor(database) {
    this.#database = database;
    database.onversionchange = () => database.close();
  }

  /** Whether what it is given outlasts the page. */
  isLasting = true;

  static async open(user) {
    const request = indexedDB.open(`webchat:${user}`, VERSION);
    request.onupgradeneeded = ({ oldVersion }) => upgrade(request.result, oldVersion);
    return new Store(await result(request));
  }

  /** Runs `work(tx)` in one transaction; resolves to what it returned (`value`) and the records that it wrote. */
  transact(work) {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(['messages', 'conversations', 'meta'], 'readwrite', {
        durability: 'strict',
      });
      const tx = new Tx(transaction);
      let value;
      let failure = null;
      transaction.oncomplete = () => resolve({ value, ...tx.written() });
      transaction.onabort = () => reject(failure ?? transaction.error);
      work(tx).then(
        (returned) => {
          value = returned;
        },
        (error) => {
          failure = error;
          abort(transaction);
        },
      );
    });
  }

  /** All conversations, in no particular order. */
  conversations() {
    return this.#read('conversations', (store) => store.getAll());
  }

  /** The messages that still wait for the server's answer, in the order they were written in. */
  queued() {
    return this.#read('messages', (store) => store.index('queued').getAll());
  }

  /** A value kept under a name, or undefined. */
  meta(name) {
    return this.#read('meta', (store) => store.get(name));
  }

  /** The people that were read of, in no particular order. */
  people() {
    return this.#read('people', (store) => store.getAll());
  }

  /** Keeps what is known of a person. */
  async putPerson(person) {
    const transaction = this.#database.transaction('people', 'readwrite');
    await result(transaction.objectStore('people').put(person));
  }

  /** The newest messages of a conversation, oldest first. */
  async newest(conversation, limit) {
    const messages = [];
    const records = this.#database.transaction('messages').objectStore('messages');
    await walk(records, within(conversation), (message) => {
      messages.unshift(message);
      return messages.length < limit;
    });
    return messages;
  }

  /** All messages of a conversation from a place on, up to another one, oldest first. */
  since(conversation, place, to = Infinity) {
    return this.#read('messages', (store) => store.index('place').getAll(within(conversation, place, to)));
  }

  close() {
    this.#database.close();
  }

  /** Deletes everything kept of a user. */
  static async remove(user) {
    await result(indexedDB.deleteDatabase(`webchat:${user}`));
  }

  #read(name, query) {
    return result(query(this.#database.transaction(name).objectStore(name)));
  }
}

function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // Already aborted by the failure itself: its own abort event has been or will be seen.
  }
}
