import { say } from '../app/language.js';
import { isPicture, nameOfFile, sizeAndLimit } from './file-words.js';

/**
 * The files of a message that is being written. Each is uploaded at once; the message names them when it is sent.
 *
 * An item has {name, type, bytes, state, loaded, url, attachment, error}. Its state is `uploading`, `there` or `failed`.
 * `url` shows a picture, `attachment` is there once the server has the file.
 */
export class Uploads {
  #files;
  #measure;
  #onChange;
  #before;
  #send = null;
  items;

  /**
   * @param files the client's files
   * @param measure returns a promise of {width, height} for a picture, and of {} for other files
   * @param kept the files that the message has already
   * @param onChange called with these uploads when a file came, went, or got on
   */
  constructor({ files, measure, kept = [], onChange }) {
    this.#files = files;
    this.#measure = measure;
    this.#onChange = onChange;
    this.#before = kept;
    this.items = kept.map((attachment) => ({ ...attachment, state: 'there', loaded: 0, url: null, attachment }));
  }

  /**
   * Takes files as far as the limits allow, {maxBytes, maxFiles}. Returns a sentence for each reason why some were left
   * out.
   */
  add(files, { maxBytes, maxFiles }) {
    const isLarge = (file) => file.size > maxBytes;
    const free = Math.max(0, maxFiles - this.items.length);
    const fitting = files.filter((file) => !isLarge(file));
    const problems = files.filter(isLarge).map((file) => {
      const [size, limit] = sizeAndLimit(file.size, maxBytes);
      return say('nameHasSizeTheLimitIs', { name: nameOfFile(file), size, limit });
    });
    if (fitting.length > free) {
      const names = fitting.slice(free).map(nameOfFile).join(', ');
      problems.push(say('aMessageHasSoManyFiles', { most: maxFiles, names }));
    }
    fitting.slice(0, free).forEach((file) => this.#begin(file));
    return problems;
  }

  /** Takes in those of a message that could not be sent. They know what has become of the files that it had before. */
  putBack({ items }) {
    this.items = [...items, ...this.items.filter(({ attachment }) => !this.#isKept(attachment))];
    this.#onChange(this);
  }

  get isEmpty() {
    return this.items.length === 0;
  }

  get hasFailed() {
    return this.items.some(({ state }) => state === 'failed');
  }

  /** Whether they differ from the files that the message has already. */
  get isChanged() {
    const names = (attachments) => attachments.map((each) => each?.id).join();
    return names(this.attachments) !== names(this.#before);
  }

  /** Whether the message waits for them. */
  get isAwaited() {
    return this.#send !== null;
  }

  /** What the message names. */
  get attachments() {
    return this.items.map(({ attachment }) => attachment);
  }

  /** Sends as soon as all files are there; at once if they are. One that fails ends the waiting. */
  whenThere(send) {
    this.#send = send;
    this.#check();
  }

  /** The message does not wait any more. */
  giveUp() {
    this.#send = null;
    this.#onChange(this);
  }

  /** Takes a file out: it is not uploaded any further, and the server forgets it. */
  remove(item) {
    this.items = this.items.filter((other) => other !== item);
    this.#end(item);
    if (item.attachment && !this.#isKept(item.attachment)) {
      this.#files.discard(item.attachment).catch((error) => console.info('webchat: a file is still there', error));
    }
    this.#check();
  }

  /** Uploads a file again. */
  retry(item) {
    this.#upload(item);
  }

  /** The message is sent, or nobody writes it any more. */
  close() {
    this.#send = null;
    this.items.forEach((item) => this.#end(item));
  }

  /** Whether the message has this file already, so that only an edit takes it away. */
  #isKept(attachment) {
    return this.#before.some(({ id }) => id === attachment?.id);
  }

  #begin(file) {
    const url = isPicture(file.type) ? URL.createObjectURL(file) : null;
    const { name, type, size: bytes } = file;
    const item = { name, type, bytes, file, url, state: 'uploading', loaded: 0, attachment: null, error: null };
    this.items.push(item);
    this.#upload(item);
  }

  async #upload(item) {
    const controller = new AbortController();
    Object.assign(item, { controller, state: 'uploading', loaded: 0, error: null });
    this.#onChange(this);
    const onProgress = ({ loaded }) => {
      item.loaded = loaded;
      this.#onChange(this);
    };
    try {
      const { signal } = controller;
      const [answer, size] = await Promise.all([
        this.#files.upload(item.file, { signal, onProgress }),
        this.#measure(item.file),
      ]);
      Object.assign(item, { state: 'there', loaded: item.bytes, attachment: { ...answer, ...size } });
    } catch (error) {
      if (controller.signal.aborted) {
        return;
      }
      Object.assign(item, { state: 'failed', error });
    }
    this.#check();
  }

  #end(item) {
    item.controller?.abort();
    if (item.url !== null) {
      URL.revokeObjectURL(item.url);
      item.url = null;
    }
  }

  #check() {
    const send = this.#send;
    if (send !== null && this.hasFailed) {
      this.#send = null;
    } else if (send !== null && this.items.every(({ state }) => state === 'there')) {
      this.#send = null;
      send();
      return;
    }
    this.#onChange(this);
  }
}
