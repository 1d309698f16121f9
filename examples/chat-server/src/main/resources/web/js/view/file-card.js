import { say } from '../app/language.js';
import { element, icon } from './dom.js';
import { failureText } from './failures.js';
import { FileDownload } from './file-download.js';
import { kindOf, nameOfFile, sizeText } from './file-words.js';
import { ProgressBar } from './progress-bar.js';

/** A file in the list: its name, its kind and its size, and a button that downloads it. */
export class FileCard {
  #attachment;
  #state = element('span', 'card-state');
  #bar;
  #button = element('button', 'round', { type: 'button', tabindex: '-1' });
  #download;

  constructor(record, attachment, { files }) {
    const name = nameOfFile(attachment);
    this.#attachment = attachment;
    this.#bar = new ProgressBar(say('downloadOfName', { name }));
    this.#download = new FileDownload(files, () => this.#show());
    this.#button.addEventListener('click', () => this.toggle(record));
    const title = element('span', 'card-name', { dir: 'auto', title: name }, name);
    const words = element('span', 'card-words', {}, title, this.#state);
    const kind = element('span', 'card-kind', { 'aria-hidden': 'true' }, icon('file'));
    this.node = element('div', 'file-card', {}, kind, words, this.#button, this.#bar.node);
    this.#show();
  }

  /** Downloads the file, or cancels that. */
  toggle(record) {
    this.#download.toggle(record, this.#attachment);
  }

  #show() {
    const { isRunning, loaded, error } = this.#download;
    const name = nameOfFile(this.#attachment);
    const percent = this.#bar.show(loaded, this.#attachment.bytes);
    const label = isRunning ? say('cancelDownloadOfName', { name }) : say('downloadName', { name });
    const facts = [kindOf(this.#attachment), sizeText(this.#attachment.bytes), isRunning ? percent : ''];
    this.#bar.node.hidden = !isRunning;
    this.#state.textContent = error ? failureText(error) : facts.filter(Boolean).join(' · ');
    this.#state.classList.toggle('is-failed', error !== null);
    // Only a failure is said by itself: the bar tells how far it is to those who ask.
    error ? this.#state.setAttribute('role', 'alert') : this.#state.removeAttribute('role');
    this.#button.setAttribute('aria-label', label);
    this.#button.setAttribute('title', label);
    this.#button.replaceChildren(icon(isRunning ? 'close' : 'download'));
  }
}
