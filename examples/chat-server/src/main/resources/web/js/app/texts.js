/**
 * The browser's storage of short texts. Where the browser refuses it, they are in memory, until the page is closed.
 */
export class Texts {
  #open;
  #memory = new Map();

  /** @param open returns the storage, or throws */
  constructor(open) {
    this.#open = open;
  }

  /** Whether the browser offers its storage. */
  get isLasting() {
    return this.#use(() => true) ?? false;
  }

  /** The text of a name, or null. */
  get(name) {
    return this.#use((storage) => storage.getItem(name)) ?? this.#memory.get(name) ?? null;
  }

  set(name, text) {
    this.#memory.set(name, text);
    this.#use((storage) => storage.setItem(name, text));
  }

  remove(name) {
    this.#memory.delete(name);
    this.#use((storage) => storage.removeItem(name));
  }

  #use(work) {
    try {
      return work(this.#open());
    } catch (error) {
      console.info(`webchat: the browser's storage cannot be used: ${error.message}`);
      return null;
    }
  }
}

/** What all tabs of this browser share, and a new one finds. */
export const ofBrowser = new Texts(() => localStorage);

/** What belongs to this tab. */
export const ofTab = new Texts(() => sessionStorage);
