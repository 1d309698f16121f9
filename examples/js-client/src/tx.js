/** A promise of a request's result. Awaiting it keeps the transaction alive. */
export function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The records of one transaction. */
export class Tx {
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

  allConversations() {
    return result(this.#conversations.getAll());
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
    this.#written.messages.delete(`${from} ${id}`);
    this.#removed.push({ from, id });
    await result(this.#messages.delete([from, id]));
  }

  /** Visits a conversation's messages up to a place, newest first, until `visit` returns false. */
  async eachBefore(conversation, place, visit) {
    await walk(this.#messages, within(conversation, -Infinity, place), visit);
  }

  /** What the transaction wrote. */
  written() {
    return {
      messages: Array.from(this.#written.messages.values()),
      conversations: Array.from(this.#written.conversations.values()),
      removed: this.#removed,
    };
  }
}

/** The messages of a conversation between two places, both included. */
export function within(conversation, from = -Infinity, to = Infinity) {
  return IDBKeyRange.bound([conversation, from, -Infinity], [conversation, to, Infinity]);
}

/** Visits messages, the one in the last place first, until `visit` returns false. */
export function walk(messages, range, visit) {
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
