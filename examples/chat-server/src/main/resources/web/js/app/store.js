/** What this browser keeps of one user: messages, conversations, and the place in the server's queue. */

const VERSION = 1;

/** A promise of a request's result. Awaiting it keeps the transaction alive. */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function create(database) {
  const messages = database.createObjectStore('messages', { keyPath: ['from', 'id'] });
  messages.createIndex('place', ['conversation', 'place', 'n']);
  // Only messages that still wait for the server's answer have the property `queued`.
  messages.createIndex('queued', 'queued');
  database.createObjectStore('conversations', { keyPath: 'id' });
  database.createObjectStore('meta');
}

/**
 * An IndexedDB database per user. Everything is written in transactions: a promise of `transact` resolves once all of
 * it is on disk, and rejects once it is certain that none of it is.
 */
export class Store {
  #database;

  constructor(database) {
    this.#database = database;
    database.onversionchange = () => database.close();
  }

  static async open(user) {
    const request = indexedDB.open(`webchat:${user}`, VERSION);
    request.onupgradeneeded = () => create(request.result);
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

  /** The newest messages of a conversation, oldest first, and whether there are more. */
  async newest(conversation, limit) {
    const transaction = this.#database.transaction('messages');
    const messages = [];
    await walk(transaction.objectStore('messages'), within(conversation), (message) => {
      messages.unshift(message);
      return messages.length <= limit;
    });
    return { messages: messages.slice(-limit), more: messages.length > limit };
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

/** The records of one transaction. */
class Tx {
  #messages;
  #conversations;
  #meta;
  #written = { messages: new Map(), conversations: new Map() };
  #removed = [];

  constructor(transaction) {
    this.#messages = transaction.objectStore('messages');
    this.#conversations = transaction.objectStore('conversations');
    this.#meta = transaction.objectStore('meta');
  }

  message(from, id) {
    return result(this.#messages.get([from, id]));
  }

  conversation(id) {
    return result(this.#conversations.get(id));
  }

  meta(name) {
    return result(this.#meta.get(name));
  }

  async putMessage(message) {
    this.#written.messages.set(`${message.from} ${message.id}`, message);
    await result(this.#messages.put(message));
  }

  async putConversation(conversation) {
    this.#written.conversations.set(conversation.id, conversation);
    await result(this.#conversations.put(conversation));
  }

  async putMeta(name, value) {
    await result(this.#meta.put(value, name));
  }

  async deleteMessage(from, id) {
    this.#removed.push({ from, id });
    await result(this.#messages.delete([from, id]));
  }

  /** Visits a conversation's messages up to a place, newest first, until `visit` returns false. */
  async eachBefore(conversation, place, visit) {
    await walk(this.#messages, within(conversation, place), visit);
  }

  written() {
    return {
      messages: Array.from(this.#written.messages.values()),
      conversations: Array.from(this.#written.conversations.values()),
      removed: this.#removed,
    };
  }
}

function within(conversation, place = Infinity) {
  return IDBKeyRange.bound([conversation, -Infinity, -Infinity], [conversation, place, Infinity]);
}

function walk(messages, range, visit) {
  return new Promise((resolve, reject) => {
    const request = messages.index('place').openCursor(range, 'prev');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor && visit(cursor.value) !== false) {
        cursor.continue();
      } else {
        resolve();
      }
    };
  });
}

function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // Already aborted by the failure itself: its own abort event has been or will be seen.
  }
}
