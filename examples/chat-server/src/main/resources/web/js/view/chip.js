import { say } from '../app/language.js';
import { element, icon } from './dom.js';
import { failureText } from './failures.js';
import { isPicture, nameOfFile, sizeText } from './file-words.js';
import { ProgressBar } from './progress-bar.js';

/** A file above the composer: what it is, how far it is, and what can be done with it. */
export class Chip {
  #item;
  #state = element('span', 'chip-state');
  #bar;
  #retry;
  #remove;

  /** @param onRetry, onRemove what the person asks for, with the item */
  constructor(item, { onRetry, onRemove }) {
    const name = nameOfFile(item);
    this.#item = item;
    this.#bar = new ProgressBar(say('uploadOfName', { name }));
    const again = { type: 'button', 'aria-label': say('tryNameAgain', { name }) };
    this.#retry = element('button', 'link', again, say('retry'));
    this.#retry.addEventListener('click', () => {
      onRetry(item);
      // The button that had it is gone.
      this.focus();
    });
    this.#remove = element('button', 'round chip-remove', { type: 'button' }, icon('close'));
    this.#remove.addEventListener('click', () => onRemove(item));
    const title = element('span', 'chip-name', { dir: 'auto', title: name }, name);
    const words = element('span', 'chip-words', {}, title, this.#state, this.#retry);
    this.node = element('li', 'chip', {}, pictureOf(item), words, this.#remove, this.#bar.node);
  }

  /** Takes the focus, on its way to another one or back. */
  focus() {
    this.#remove.focus();
  }

  /** Shows how the file is now. Returns a sentence where something has ended. */
  update() {
    const { state, loaded, bytes, error } = this.#item;
    const name = nameOfFile(this.#item);
    const before = this.node.dataset.state;
    const percent = this.#bar.show(loaded, bytes);
    const isUnderWay = state === 'uploading';
    const why = state === 'failed' ? failureText(error) : '';
    this.node.setAttribute('data-state', state);
    this.#bar.node.hidden = !isUnderWay;
    this.#retry.hidden = state !== 'failed';
    this.#state.textContent = why || [sizeText(bytes), isUnderWay ? percent : ''].filter(Boolean).join(' · ');
    const label = isUnderWay ? say('cancelUploadOfName', { name }) : say('removeFile', { name });
    this.#remove.setAttribute('aria-label', label);
    this.#remove.setAttribute('title', label);
    if (before !== 'uploading' || isUnderWay) {
      return '';
    }
    return state === 'there' ? say('nameIsUploaded', { name }) : say('nameWasNotUploaded', { name, why });
  }
}

function pictureOf({ url, type }) {
  const shown = url === null ? icon(isPicture(type) ? 'picture' : 'file') : element('img', '', { alt: '', src: url });
  return element('span', 'chip-picture', {}, shown);
}
