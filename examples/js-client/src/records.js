import { Emitter } from './emitter.js';

/**
 * The stored records as the tabs of one user share them.
 *
 * Emits `messages` (changed or new records), `conversations` (changed records) and `removed` ({from, id}), whichever
 * tab made the change, and only once it is on disk.
 */
export class Records extends Emitter {
  #store;
  #tabs;
  conversations = new Map();

  constructor({ store, tabs }) {
    super();
    this.#store = store;
    this.#tabs = tabs;
    tabs.on('changes', (changes) => this.#show(changes));
  }

  /** Takes up what the store holds. */
  async load() {
    this.#show({ messages: [], conversations: await this.#store.conversations(), removed: [] });
  }

  /** Runs `work(tx)` in one transaction and resolves to what it returned. */
  async write(work) {
    const { value, ...changes } = await this.#store.transact(work);
    if (Object.values(changes).some((records) => records.length > 0)) {
      this.#tabs.share('changes', changes);
      this.#show(changes);
    }
    return value;
  }

  #show({ messages, conversations, removed }) {
    conversations.forEach((conversation) => this.conversations.set(conversation.id, conversation));
    this.#tell('removed', removed);
    this.#tell('messages', messages);
    this.#tell('conversations', conversations);
  }

  #tell(type, records) {
    if (records.length > 0) {
      this.emit(type, records);
    }
  }
}
