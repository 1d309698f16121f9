/** The records of one transaction in memory, with the methods of `Tx`. */
class MemoryTx {
  #base;
  messages = new Map();
  conversations = new Map();
  values = new Map();
  removed = new Map();

  constructor(base) {
    this.#base = base;
  }

  async message(from, id) {
    const key = `${from} ${id}`;
    return this.removed.has(key) ? undefined : (this.messages.get(key) ?? this.#base.messages.get(key));
  }

  async putMessage(message) {
    const key = `${message.from} ${message.id}`;
    this.removed.delete(key);
    this.messages.set(key, message);
  }

  async deleteMessage(from, id) {
    this.messages.delete(`${from} ${id}`);
    this.removed.set(`${from} ${id}`, { from, id });
  }

  async conversation(id) {
    return this.conversations.get(id) ?? this.#base.conversations.get(id);
  }

  async putConversation(conversation) {
    this.conversations.set(conversation.id, conversation);
  }

  async allConversations() {
    return Array.from(new Map([...this.#base.conversations, ...this.conversations]).values());
  }

  async meta(name) {
    return this.values.has(name) ? this.values.get(name) : this.#base.values.get(name);
  }

  async putMeta(name, value) {
    this.values.set(name, value);
  }

  async eachBefore(conversation, place, visit) {
    const all = Array.from(new Map([...this.#base.messages, ...this.messages]).values());
    const before = sorted(all, conversation, -Infinity, place).filter(
      ({ from, id }) => !this.removed.has(`${from} ${id}`),
    );
    for (const message of before.reverse()) {
      if (visit(message) === false) {
        return;
      }
    }
  }

  written() {
    return {
      messages: Array.from(this.messages.values()),
      conversations: Array.from(this.conversations.values()),
      removed: Array.from(this.removed.values()),
    };
  }
}

/**
 * What `Store` keeps on disk, in memory, for a browser that refuses its storage: gone when the page is closed.
 * Transactions run one after the other, and one that fails leaves nothing behind.
 */
export class MemoryStore {
  #kept;
  #last = Promise.resolve();
  /** Whether what it is given outlasts the page. */
  isLasting = false;

  /** @param snapshot what an earlier store held */
  constructor({ messages = [], conversations = [], values = [], people = [] } = {}) {
    this.#kept = {
      messages: new Map(messages),
      conversations: new Map(conversations),
      values: new Map(values),
      people: new Map(people),
    };
  }

  /** What it holds now, of values that JSON has. */
  snapshot() {
    return Object.fromEntries(Object.entries(this.#kept).map(([name, records]) => [name, Array.from(records)]));
  }

  transact(work) {
    const run = this.#last.then(() => this.#run(work));
    this.#last = run.catch(() => {});
    return run;
  }

  async #run(work) {
    const tx = new MemoryTx(this.#kept);
    const value = await work(tx);
    const { messages, conversations, values } = this.#kept;
    tx.removed.forEach((_, key) => messages.delete(key));
    tx.messages.forEach((message, key) => messages.set(key, message));
    tx.conversations.forEach((conversation, id) => conversations.set(id, conversation));
    tx.values.forEach((each, name) => values.set(name, each));
    return { value, ...tx.written() };
  }

  async conversations() {
    return Array.from(this.#kept.conversations.values());
  }

  async queued() {
    const queued = Array.from(this.#kept.messages.values()).filter((message) => message.queued !== undefined);
    return queued.sort((one, other) => one.queued - other.queued);
  }

  async meta(name) {
    return this.#kept.values.get(name);
  }

  async people() {
    return Array.from(this.#kept.people.values());
  }

  async putPerson(person) {
    this.#kept.people.set(person.user, person);
  }

  async newest(conversation, limit) {
    return (await this.since(conversation, -Infinity)).slice(-limit);
  }

  async since(conversation, place, to = Infinity) {
    return sorted(Array.from(this.#kept.messages.values()), conversation, place, to);
  }

  close() {}
}

function sorted(messages, conversation, from, to) {
  return messages
    .filter((message) => message.conversation === conversation && message.place >= from && message.place <= to)
    .sort((one, other) => one.place - other.place || one.n - other.n);
}
