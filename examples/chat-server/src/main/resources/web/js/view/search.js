import { byId } from './dom.js';

/** Looks for a text in the messages that are loaded, and steps through what it found. */
export class Search {
  #bar = byId('search');
  #field = byId('search-text');
  #count = byId('search-count');
  #older = byId('search-older');
  #newer = byId('search-newer');
  #open = byId('search-button');
  #messages;
  #marks = [];
  #at = -1;

  constructor({ messages }) {
    this.#messages = messages;
    this.#open.addEventListener('click', () => (this.isOpen ? this.close() : this.#start()));
    byId('search-close').addEventListener('click', () => this.close());
    this.#field.addEventListener('input', () => this.#look());
    this.#newer.addEventListener('click', () => this.#step(-1));
    this.#bar.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#step(1);
    });
    this.#bar.addEventListener('keydown', (event) => this.#pressed(event));
  }

  get isOpen() {
    return !this.#bar.hidden;
  }

  /** Ends the search and gives the focus back. */
  close() {
    if (this.isOpen) {
      this.reset();
      this.#open.focus();
    }
  }

  /** Ends the search without a word, because another conversation is opened. */
  reset() {
    this.#bar.hidden = true;
    this.#open.setAttribute('aria-expanded', 'false');
    this.#field.value = '';
    this.#messages.mark('');
    this.#marks = [];
  }

  /** Looks again: other messages are loaded now. */
  refresh() {
    if (this.isOpen && this.#field.value.trim() !== '') {
      const current = this.#marks[this.#at]?.closest('.message');
      this.#marks = this.#messages.mark(this.#field.value);
      this.#at = this.#marks.findIndex((mark) => mark.closest('.message') === current);
      this.#show();
    }
  }

  #start() {
    this.#bar.hidden = false;
    this.#open.setAttribute('aria-expanded', 'true');
    this.#field.focus();
    this.#show();
  }

  #look() {
    this.#marks = this.#messages.mark(this.#field.value);
    this.#at = -1;
    this.#step(1);
  }

  #step(by) {
    if (this.#marks.length > 0) {
      this.#at = (this.#at + by + this.#marks.length) % this.#marks.length;
      this.#marks[this.#at].scrollIntoView({ block: 'center' });
    }
    this.#show();
  }

  #show() {
    this.#marks.forEach((mark, index) => mark.classList.toggle('is-current', index === this.#at));
    const isEmpty = this.#field.value.trim() === '';
    const found = `${this.#at + 1} of ${this.#marks.length}`;
    const words = this.#marks.length === 0 ? 'No match in the loaded messages' : found;
    this.#count.textContent = isEmpty ? '' : words;
    this.#older.disabled = this.#marks.length === 0;
    this.#newer.disabled = this.#marks.length === 0;
  }

  #pressed(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    } else if (event.key === 'Enter' && event.shiftKey) {
      event.preventDefault();
      this.#step(-1);
    }
  }
}
