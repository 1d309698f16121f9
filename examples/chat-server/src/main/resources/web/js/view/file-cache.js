/** How many bytes of files that are not shown are kept at most. */
const KEPT_BYTES = 48 * 1024 * 1024;

/**
 * The files that are shown, as addresses of objects in this page: the bytes come with the token, which stands in no
 * address. A file that nobody shows any more stays as long as there is room; of those the oldest goes first.
 */
export class FileCache {
  #files;
  #most;
  /**
   * By the ids of the files, the one that was used last at the end: {message, url, blob, users, watchers,
   * loading, controller}.
   */
  #entries = new Map();

  /** @param files the client's files */
  constructor(files, most = KEPT_BYTES) {
    this.#files = files;
    this.#most = most;
  }

  /**
   * The address of a file for somebody who shows it, and calls `release` afterwards. Rejects with a `RestError`, or
   * when everybody has released it before it was there.
   *
   * @param onProgress called with {loaded, total} while it is loaded
   */
  async use(message, attachment, onProgress = () => {}) {
    const { id } = attachment;
    const entry = this.#entries.get(id) ?? this.#load(message, attachment);
    entry.message = message;
    entry.users += 1;
    entry.watchers.push(onProgress);
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return entry.loading;
  }

  /** One less shows a file. What nobody waits for is not loaded any further. */
  release({ id }) {
    const entry = this.#entries.get(id);
    if (!entry) {
      return;
    }
    entry.users -= 1;
    if (entry.users === 0 && entry.url === null) {
      this.drop({ id });
    }
    this.#tidy();
  }

  /** Takes in a file that this page has anyway. */
  put({ id }, blob) {
    if (!this.#entries.has(id)) {
      const url = URL.createObjectURL(blob);
      const loading = Promise.resolve(url);
      this.#entries.set(id, { message: null, url, blob, users: 0, watchers: [], loading, controller: null });
      this.#tidy();
    }
  }

  /** Forgets a file at once, such as that of a deleted message. */
  drop({ id }) {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.controller?.abort();
    if (entry?.url) {
      URL.revokeObjectURL(entry.url);
    }
  }

  /** Forgets the files that a message has no more. */
  changed({ from, id, attachments = [] }) {
    for (const [file, { message }] of Array.from(this.#entries)) {
      const isOf = message?.from === from && message.id === id;
      if (isOf && !attachments.some((each) => each.id === file)) {
        this.drop({ id: file });
      }
    }
  }

  /** The bytes of a file that is there. */
  blobOf({ id }) {
    return this.#entries.get(id).blob;
  }

  /** Forgets all. */
  clear() {
    Array.from(this.#entries.keys()).forEach((id) => this.drop({ id }));
  }

  #load(message, attachment) {
    const controller = new AbortController();
    const entry = { message, url: null, blob: null, users: 0, watchers: [], controller };
    entry.loading = this.#read(entry, message, attachment);
    // Whoever waits for it hears of it; if nobody does any more, nobody has to.
    entry.loading.catch(() => {});
    return entry;
  }

  async #read(entry, message, attachment) {
    const { signal } = entry.controller;
    try {
      const onProgress = (progress) => entry.watchers.forEach((watcher) => watcher(progress));
      entry.blob = await this.#files.download(message, attachment, { signal, onProgress });
      signal.throwIfAborted();
      entry.url = URL.createObjectURL(entry.blob);
      return entry.url;
    } catch (error) {
      if (this.#entries.get(attachment.id) === entry) {
        this.#entries.delete(attachment.id);
      }
      throw error;
    }
  }

  #tidy() {
    const idle = Array.from(this.#entries).filter(([, { users, url }]) => users === 0 && url !== null);
    let kept = idle.reduce((sum, [, { blob }]) => sum + blob.size, 0);
    for (const [id, { blob }] of idle) {
      if (kept <= this.#most) {
        return;
      }
      this.drop({ id });
      kept -= blob.size;
    }
  }
}
