/** What the tests share. */

/** A clock that moves only when told. */
export class Timers {
  #now = 0;
  #timers = new Set();

  set(work, ms) {
    const timer = { work, at: this.#now + ms };
    this.#timers.add(timer);
    return timer;
  }

  clear(timer) {
    this.#timers.delete(timer);
  }

  advance(ms) {
    this.#now += ms;
    for (const timer of Array.from(this.#timers).filter(({ at }) => at <= this.#now)) {
      this.#timers.delete(timer);
      timer.work();
    }
  }
}

/** Resolves once all promises that can be kept by now have been. */
export function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The records of a store transaction, in memory, with the methods that the store's own have. */
export class MemoryTx {
  messages = new Map();
  conversations = new Map();
  values = new Map();

  async message(from, id) {
    return this.messages.get(`${from} ${id}`);
  }

  async putMessage(message) {
    this.messages.set(`${message.from} ${message.id}`, message);
  }

  async deleteMessage(from, id) {
    this.messages.delete(`${from} ${id}`);
  }

  async conversation(id) {
    return this.conversations.get(id);
  }

  async putConversation(conversation) {
    this.conversations.set(conversation.id, conversation);
  }

  async allConversations() {
    return Array.from(this.conversations.values());
  }

  async meta(name) {
    return this.values.get(name);
  }

  async putMeta(name, value) {
    this.values.set(name, value);
  }

  async eachBefore(conversation, place, visit) {
    const before = Array.from(this.messages.values())
      .filter((message) => message.conversation === conversation && message.place <= place)
      .sort((one, other) => other.place - one.place || other.n - one.n);
    for (const message of before) {
      if (visit(message) === false) {
        return;
      }
    }
  }
}

/** Channels between the tabs of one test: each hears what the others post, a moment later, as a copy. */
export function channels() {
  const open = new Set();
  return () => {
    const channel = {
      onmessage: () => {},
      postMessage: (data) => {
        const copy = structuredClone(data);
        const others = Array.from(open).filter((other) => other !== channel);
        others.forEach((other) => queueMicrotask(() => open.has(other) && other.onmessage({ data: copy })));
      },
      close: () => open.delete(channel),
    };
    open.add(channel);
    return channel;
  };
}

/** A lock manager like the browser's, for one lock. */
export class Locks {
  #waiting = [];
  #held = false;

  request(name, { signal }, work) {
    return new Promise((resolve, reject) => {
      const wish = { work, resolve, reject };
      signal.addEventListener('abort', () => {
        if (this.#waiting.includes(wish)) {
          this.#waiting = this.#waiting.filter((other) => other !== wish);
          reject(new DOMException('aborted', 'AbortError'));
        }
      });
      this.#waiting.push(wish);
      this.#grant();
    });
  }

  #grant() {
    const next = this.#held ? undefined : this.#waiting.shift();
    if (next) {
      this.#held = true;
      queueMicrotask(async () => {
        next.resolve(await next.work());
        this.#held = false;
        this.#grant();
      });
    }
  }
}
