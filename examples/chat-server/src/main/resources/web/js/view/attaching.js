import { say } from '../app/language.js';
import { byId } from './dom.js';
import { FileDrop, pastedFiles } from './file-drop.js';
import { pictureSize } from './picture-size.js';
import { Tray } from './tray.js';
import { Uploads } from './uploads.js';

/**
 * Files for what is being written: chosen, pasted or dropped. Those of a conversation stay with it while others are
 * open, until the page is closed. A message that is edited has files of its own.
 */
export class Attaching {
  #button = byId('attach');
  #chooser = byId('attach-files');
  #tray;
  #onChange;
  #messenger = null;
  #limits = { maxBytes: 0, maxFiles: 0 };
  #drafts = new Map();
  /** Those that are shown, of a conversation or of an edit. */
  uploads = null;

  /**
   * @param field where one writes
   * @param isOpen whether there is somebody to write to
   * @param onChange called when there are other files, or one has come or failed
   */
  constructor({ field, isOpen, onChange }) {
    this.#onChange = onChange;
    this.#tray = new Tray({
      onRetry: (item) => this.uploads.retry(item),
      onRemove: (item) => this.uploads.remove(item),
      onEmpty: () => field.focus(),
    });
    this.#button.addEventListener('click', () => this.#chooser.click());
    this.#chooser.addEventListener('change', () => {
      this.#add(Array.from(this.#chooser.files));
      // So that the same file can be chosen again.
      this.#chooser.value = '';
      field.focus();
    });
    field.addEventListener('paste', (event) => this.#pasted(event));
    new FileDrop({ isOpen, onFiles: (files, folders) => this.#add(files, folders) });
  }

  attach(messenger) {
    this.#messenger = messenger;
    this.#learn({ maxBytes: 0, maxFiles: 0 });
    messenger.on('connection', (state) => state === 'online' && this.#ask(messenger));
  }

  /** Nobody is signed in any more. */
  detach() {
    this.#messenger = null;
    this.#drafts.forEach((uploads) => uploads.close());
    this.#drafts.clear();
    this.close();
  }

  /** Shows the files of a conversation. */
  open(id) {
    this.#show(this.#drafts.get(id) ?? this.#made([], id));
  }

  /** Shows the files of a message, to be changed. */
  edit({ attachments = [] }) {
    this.#show(this.#made(attachments));
  }

  /** No conversation is open any more. */
  close() {
    this.#leave();
    this.uploads = null;
    this.#tray.show([]);
  }

  /** These files go with a message. They stay as they are until it is kept. */
  take(uploads) {
    this.#drafts.forEach((each, id) => each === uploads && this.#drafts.delete(id));
  }

  /** Whether files would be lost with the page. */
  get wouldLose() {
    const isEdited = this.#isEdit(this.uploads) && this.uploads.isChanged;
    return isEdited || Array.from(this.#drafts.values()).some(({ isEmpty }) => !isEmpty);
  }

  #made(kept, id = null) {
    const { files } = this.#messenger;
    const uploads = new Uploads({ files, measure: pictureSize, kept, onChange: (changed) => this.#changed(changed) });
    if (id !== null) {
      this.#drafts.set(id, uploads);
    }
    return uploads;
  }

  #show(uploads) {
    this.#leave();
    this.uploads = uploads;
    this.#tray.explain('');
    this.#changed(uploads);
  }

  /** An edit is given up with its files. */
  #leave() {
    if (this.#isEdit(this.uploads)) {
      this.uploads.close();
    }
  }

  #isEdit(uploads) {
    return uploads !== null && !Array.from(this.#drafts.values()).includes(uploads);
  }

  #changed(uploads) {
    if (uploads === this.uploads) {
      this.#tray.show(uploads.items);
      this.#onChange();
    }
  }

  #pasted(event) {
    const files = pastedFiles(event.clipboardData);
    if (files.length > 0) {
      event.preventDefault();
      this.#add(files);
    }
  }

  #add(files, folders = []) {
    if (this.uploads === null || files.length + folders.length === 0) {
      return;
    }
    if (this.#limits.maxBytes === 0) {
      const isOnline = this.#messenger.connection === 'online';
      this.#tray.explain(isOnline ? say('thisServerTakesNoFiles') : say('filesNeedAConnection'));
      return;
    }
    const isFolder = folders.map((name) => say('nameIsAFolder', { name }));
    this.#tray.explain([...isFolder, ...this.uploads.add(files, this.#limits)].join(' '));
  }

  async #ask(messenger) {
    try {
      const limits = await messenger.files.limits();
      if (messenger === this.#messenger) {
        this.#learn(limits);
      }
    } catch (error) {
      console.warn('webchat: the limits of files could not be read', error);
    }
  }

  #learn(limits) {
    this.#limits = limits;
    this.#button.hidden = limits.maxBytes === 0;
  }
}
