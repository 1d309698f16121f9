import { say } from '../app/language.js';
import { Dialog } from './dialog.js';
import { element, icon } from './dom.js';
import { failureText } from './failures.js';
import { nameOfFile, percentText, sizeText } from './file-words.js';
import { saveFile } from './save-file.js';

/** A picture as large as the window allows. */
export class PictureDialog {
  #name = element('h2', 'who-name', { id: 'picture-name', dir: 'auto' });
  #detail = element('p', 'who-detail');
  #status = element('p', 'hint', { role: 'status' });
  #body = element('div', 'picture-body', {}, this.#status);
  #image = null;
  #dialog;
  #shown = null;

  constructor() {
    const save = roundButton('download', say('download'));
    const head = [element('div', 'who', {}, this.#name, this.#detail), save, roundButton('close', say('close'), 'cancel')];
    const content = [element('div', 'picture-head', {}, ...head), this.#body];
    const named = { id: 'picture', 'aria-labelledby': 'picture-name' };
    document.body.append(element('dialog', 'picture-dialog', named, ...content));
    this.#dialog = new Dialog('picture');
    this.#dialog.onClose(() => this.#leave());
    save.addEventListener('click', () => this.#save());
  }

  /** @param cache where the picture comes from */
  async open(record, attachment, cache) {
    const shown = { record, attachment, cache, isThere: false };
    this.#shown = shown;
    this.#name.textContent = nameOfFile(attachment);
    this.#detail.textContent = sizeText(attachment.bytes);
    const loading = say('theFileIsLoading');
    this.#say(loading);
    this.#dialog.open();
    const onProgress = ({ loaded, total }) => {
      if (this.#shown === shown && !shown.isThere) {
        this.#say(`${loading} ${percentText(Math.floor((loaded / total) * 10) / 10)}`);
      }
    };
    try {
      const url = await cache.use(record, attachment, onProgress);
      shown.isThere = true;
      this.#shown === shown ? this.#draw(url) : this.#release(shown);
    } catch (error) {
      if (this.#shown === shown) {
        this.#say(failureText(error));
      }
    }
  }

  /** A message has other files now: one that it has no more is not shown any longer. */
  changed({ from, id, attachments = [] }) {
    const { record, attachment } = this.#shown ?? {};
    const isOf = record?.from === from && record.id === id;
    if (isOf && !attachments.some((each) => each.id === attachment.id)) {
      this.#dialog.close();
    }
  }

  close() {
    if (this.#dialog.isOpen) {
      this.#dialog.close();
    }
  }

  #draw(url) {
    const image = element('img', '', { alt: nameOfFile(this.#shown.attachment), src: url });
    image.addEventListener('load', () => this.#say(''));
    this.#image = image;
    this.#body.prepend(image);
  }

  #leave() {
    const shown = this.#shown;
    this.#shown = null;
    this.#image?.remove();
    this.#image = null;
    this.#release(shown);
  }

  #release({ cache, attachment, isThere }) {
    if (isThere) {
      cache.release(attachment);
    }
  }

  #save() {
    const { cache, attachment, isThere } = this.#shown;
    if (isThere) {
      saveFile(cache.blobOf(attachment), attachment);
    }
  }

  /** A screen reader says what is new. */
  #say(text) {
    if (this.#status.textContent !== text) {
      this.#status.textContent = text;
    }
  }
}

function roundButton(name, label, className = '') {
  return element('button', `round ${className}`, { type: 'button', 'aria-label': label, title: label }, icon(name));
}
