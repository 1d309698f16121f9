import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { MemoryStore } from '../src/index.js';

/** A store in a file, written whole with each transaction: small enough for a test, and it survives its process. */
export class FileStore extends MemoryStore {
  #file;
  isLasting = true;

  constructor(file) {
    super(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);
    this.#file = file;
  }

  async transact(work) {
    const result = await super.transact(work);
    const next = `${this.#file}.next`;
    writeFileSync(next, JSON.stringify(this.snapshot()));
    renameSync(next, this.#file);
    return result;
  }
}
