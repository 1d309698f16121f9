import { byId } from './dom.js';

/** A modal dialog of the page. The browser keeps the focus in it, and gives it back when it closes. */
export class Dialog {
  #node;

  constructor(id) {
    this.#node = byId(id);
    this.#node.querySelectorAll('.cancel').forEach((button) => button.addEventListener('click', () => this.close()));
    this.#node.addEventListener('click', (event) => event.target === this.#node && this.close());
  }

  open() {
    if (!this.#node.open) {
      this.#node.showModal();
    }
  }

  close() {
    this.#node.close();
  }

  /** Calls back whenever it was closed, however that came. */
  onClose(closed) {
    this.#node.addEventListener('close', closed);
  }

  get isOpen() {
    return this.#node.open;
  }

  /** The dialog's form. */
  get form() {
    return this.#node.querySelector('form');
  }
}
