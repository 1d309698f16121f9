import { say } from '../app/language.js';
import { byId, element, icon } from './dom.js';

/**
 * Files that are dragged over the page. The conversation takes them, and shows that. Everywhere else nothing happens: the
 * browser does not leave the page for the file.
 */
export class FileDrop {
  #conversation = byId('chat');
  #sign = element('div', 'drop', {}, element('p', '', {}, icon('clip'), ` ${say('dropFilesHereToSendThem')}`));
  #isOpen;
  #onFiles;

  /**
   * @param isOpen whether the conversation takes files now
   * @param onFiles called with the files, and the names of the folders that came with them
   */
  constructor({ isOpen, onFiles }) {
    this.#isOpen = isOpen;
    this.#onFiles = onFiles;
    this.#sign.hidden = true;
    this.#conversation.append(this.#sign);
    window.addEventListener('dragover', (event) => this.#over(event));
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && this.#show(false));
    window.addEventListener('drop', (event) => this.#dropped(event));
  }

  #over(event) {
    if (hasFiles(event)) {
      event.preventDefault();
      const isTaken = this.#takes(event);
      event.dataTransfer.dropEffect = isTaken ? 'copy' : 'none';
      this.#show(isTaken);
    }
  }

  #dropped(event) {
    if (hasFiles(event)) {
      event.preventDefault();
      this.#show(false);
      if (this.#takes(event)) {
        const { files, folders } = takenFrom(event.dataTransfer);
        this.#onFiles(files, folders);
      }
    }
  }

  /** An open dialog lies over the conversation, and is no part of it. */
  #takes(event) {
    return this.#isOpen() && this.#conversation.contains(event.target);
  }

  #show(isTaken) {
    this.#sign.hidden = !isTaken;
  }
}

/**
 * The files of a clipboard. A program that copies formatted text adds a picture of it: the text is meant then.
 */
export function pastedFiles({ types, files }) {
  const isFormatted = types.includes('text/plain') && types.includes('text/html');
  return isFormatted ? [] : Array.from(files);
}

function hasFiles({ dataTransfer }) {
  return dataTransfer !== null && Array.from(dataTransfer.types).includes('Files');
}

/** A folder comes as if it were a file, and cannot be read as one. */
function takenFrom({ items, files }) {
  const entries = Array.from(items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => item.webkitGetAsEntry?.());
  const isFolder = (file, index) => entries[index]?.isDirectory === true;
  const all = Array.from(files);
  return { files: all.filter((...file) => !isFolder(...file)), folders: all.filter(isFolder).map(({ name }) => name) };
}
