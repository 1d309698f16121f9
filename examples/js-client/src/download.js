import { refusal, RestError } from './rest.js';

/**
 * A file that comes in pieces. After a failure it goes on where it was: a file never changes, and its tag is its id.
 */
export class Download {
  #id;
  #bytes;
  #parts = [];
  #loaded = 0;

  /** @param attachment what is known of the file: {id, bytes} */
  constructor({ id, bytes }) {
    this.#id = id;
    this.#bytes = bytes;
  }

  /** The bytes that came, as a file of this type. */
  blob(type) {
    return new Blob(this.#parts, { type });
  }

  /**
   * Reads what is missing. Rejects with a `RestError`, and may be called again then.
   *
   * @param ask called with the header fields that the request needs; returns a promise of the response
   * @param onRead called with the number of bytes so far
   */
  async read(ask, onRead) {
    const response = await ask(this.#loaded === 0 ? {} : this.#rest()).catch(() => Promise.reject(new RestError()));
    if (!response.ok) {
      throw refusal(response, await response.json().catch(() => null));
    }
    if (response.status !== 206) {
      this.#parts = [];
      this.#loaded = 0;
    }
    await this.#take(response.body, onRead);
    if (this.#loaded !== this.#bytes) {
      throw new RestError({ detail: `the file has ${this.#bytes} bytes, and ${this.#loaded} came` });
    }
  }

  #rest() {
    return { Range: `bytes=${this.#loaded}-`, 'If-Range': `"${this.#id}"` };
  }

  async #take(body, onRead) {
    const reader = body?.getReader();
    try {
      for (let next = await reader?.read(); next && !next.done; next = await reader.read()) {
        this.#parts.push(next.value);
        this.#loaded += next.value.byteLength;
        onRead(this.#loaded);
      }
    } catch {
      throw new RestError();
    }
  }
}
