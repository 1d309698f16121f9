import { Backoff } from './backoff.js';
import { logId } from './conversation.js';
import { Download } from './download.js';
import { Gate } from './gate.js';
import { FILES } from './limits.js';
import { segment } from './rest.js';
import { Stall } from './stall.js';
import { READ } from './timing.js';
import { sendFile } from './upload.js';

const PATH = '/v1/attachments';
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The files of messages. A file is uploaded, and then a message names it. Everything rejects with a `RestError`, and what
 * a signal ends with the signal's reason. Only some transfers run at once; the others wait for their turn.
 */
export class Files {
  #rest;
  #me;
  #token;
  #fetch;
  #address;
  #transport;
  #uploads = new Gate(FILES.uploads);
  #downloads = new Gate(FILES.downloads);
  #pause;

  /**
   * @param token called before each request, returns the bearer token
   * @param fetch called with an address
   * @param address makes an address of a path
   * @param XMLHttpRequest what tells how far an upload is; null: `fetch` sends it
   */
  constructor({ rest, me, token, fetch, address, XMLHttpRequest = globalThis.XMLHttpRequest ?? null, wait = pause }) {
    this.#rest = rest;
    this.#me = me;
    this.#token = token;
    this.#fetch = fetch;
    this.#address = address;
    this.#transport = XMLHttpRequest;
    this.#pause = wait;
  }

  /** The limits of this server: {maxBytes, maxFiles}, of a file and of a message. `maxBytes` is 0 where it takes none. */
  limits() {
    return this.#rest.get(PATH);
  }

  /**
   * Uploads a file (a `Blob`) and resolves to what a message names: {id, name, type, bytes}. It is not tried again by
   * itself. A file that no message names is deleted after a day.
   *
   * @param name what people call it, by default the file's own name
   * @param signal ends the upload
   * @param onProgress called with {loaded, total}, in bytes
   */
  upload(file, { name = file.name ?? '', signal = null, onProgress = () => {} } = {}) {
    return this.#uploads.run(() => this.#send(file, fileName(name), { signal, onProgress }), signal);
  }

  /** Takes back an uploaded file that no message names. */
  async discard({ id }) {
    await this.#rest.delete(`${PATH}/${segment(id)}`);
  }

  /**
   * Reads a file of a message, and resolves to a `Blob`. After a passing failure it goes on where it was.
   *
   * @param message a record of the message; of an own one also while it is pending
   * @param attachment one of its files
   * @param signal ends the download
   * @param onProgress called with {loaded, total}, in bytes
   */
  download(message, attachment, { signal = null, onProgress = () => {} } = {}) {
    return this.#downloads.run(() => this.#read(message, attachment, { signal, onProgress }), signal);
  }

  async #send(file, name, { signal, onProgress }) {
    signal?.throwIfAborted();
    const stall = new Stall(signal, FILES.stall);
    const onSent = (loaded) => {
      stall.moved();
      onProgress({ loaded, total: file.size });
    };
    const headers = { Authorization: `Bearer ${this.#token()}`, 'Content-Type': 'application/octet-stream' };
    const url = this.#address(`${PATH}?name=${segment(name)}`);
    const how = { fetch: this.#fetch, XMLHttpRequest: this.#transport, signal: stall.signal, onSent };
    try {
      return await sendFile({ url, headers, file }, how);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      stall.end();
    }
  }

  async #read(message, attachment, { signal, onProgress }) {
    const download = new Download(attachment);
    const backoff = new Backoff(READ);
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#readOn(download, this.#pathOf(message, attachment), { signal, onProgress, total: attachment.bytes });
        return download.blob(attachment.type);
      } catch (error) {
        signal?.throwIfAborted();
        if (!error.isPassing || tries === READ.tries) {
          throw error;
        }
        await this.#pause(error.retryAfter ?? backoff.next());
      }
    }
  }

  async #readOn(download, path, { signal, onProgress, total }) {
    const stall = new Stall(signal, FILES.stall);
    const onRead = (loaded) => {
      stall.moved();
      onProgress({ loaded, total });
    };
    const ask = (fields) => {
      const headers = { Authorization: `Bearer ${this.#token()}`, ...fields };
      return this.#fetch(this.#address(path), { headers, signal: stall.signal });
    };
    try {
      await download.read(ask, onRead);
    } finally {
      stall.end();
    }
  }

  /** The owner of a file reads it without its message, which the server may not have yet. */
  #pathOf({ conversation, from, id }, attachment) {
    const path = `${PATH}/${segment(attachment.id)}`;
    const message = new URLSearchParams({ conversationId: logId(conversation, this.#me), from, msgId: id });
    return from === this.#me ? path : `${path}?${message}`;
  }
}

/** A name as the server takes it: visible, without control characters, and not too long; the end says what it is. */
function fileName(name) {
  const letters = Array.from(name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').trim());
  if (letters.length <= FILES.name) {
    return letters.join('');
  }
  const end = letters.slice(-FILES.nameEnd);
  return [...letters.slice(0, FILES.name - FILES.nameEnd - 1), '…', ...end].join('');
}
