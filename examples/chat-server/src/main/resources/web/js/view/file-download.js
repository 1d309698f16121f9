import { saveFile } from './save-file.js';

/** The download of one file to the person's disk: it begins, gets on, and can be cancelled. */
export class FileDownload {
  #files;
  #onChange;
  #controller = null;
  loaded = 0;
  error = null;

  /**
   * @param files the client's files
   * @param onChange called when it has begun, got on or ended
   */
  constructor(files, onChange) {
    this.#files = files;
    this.#onChange = onChange;
  }

  get isRunning() {
    return this.#controller !== null;
  }

  /** Begins, or cancels what has begun. */
  toggle(record, attachment) {
    if (this.isRunning) {
      this.#controller.abort();
    } else {
      this.#run(record, attachment);
    }
  }

  async #run(record, attachment) {
    const controller = new AbortController();
    Object.assign(this, { loaded: 0, error: null });
    this.#controller = controller;
    this.#onChange();
    const onProgress = ({ loaded }) => {
      this.loaded = loaded;
      this.#onChange();
    };
    try {
      saveFile(await this.#files.download(record, attachment, { signal: controller.signal, onProgress }), attachment);
    } catch (error) {
      this.error = controller.signal.aborted ? null : error;
    }
    this.#controller = null;
    this.#onChange();
  }
}
