import { say } from '../app/language.js';
import { byId } from './dom.js';
import { FileCache } from './file-cache.js';
import { FileCard } from './file-card.js';
import { isPicture, nameOfFile } from './file-words.js';
import { boxOf, PictureBox } from './picture-box.js';
import { PictureDialog } from './picture-dialog.js';

/** How near a picture is to the view when it is loaded. */
const NEAR = '600px 0px';
/** How wide a card is, in pixels. */
const CARD = 304;

/** The files of messages as the list shows them: pictures of a raster type in boxes, everything else as cards. */
export class FileViews {
  #dialog = new PictureDialog();
  #files = null;
  #cache = null;
  #near = null;
  #boxes = new WeakMap();
  /** The cards of the open conversation, by the ids of their files. */
  #cards = new Map();

  attach(messenger) {
    this.#files = messenger.files;
    this.#cache = new FileCache(messenger.files);
    messenger.on('messages', (records) => records.forEach((record) => this.#changed(record)));
    messenger.on('removed', (records) => records.forEach(({ from, id }) => this.#changed({ from, id })));
  }

  /** The conversation is left. */
  leave() {
    this.#dialog.close();
    this.#cards.clear();
  }

  /** Nobody is signed in any more. */
  detach() {
    this.#near?.disconnect();
    this.#near = null;
    this.#cache?.clear();
  }

  /** The nodes that show the files of a message, and how wide they are together, in pixels. */
  of(record) {
    const files = record.attachments ?? [];
    return {
      nodes: files.map((each) => (isPicture(each.type) ? this.#box(record, each) : this.#card(record, each))),
      width: Math.max(0, ...files.map((each) => (isPicture(each.type) ? boxOf(each).width : CARD))),
    };
  }

  /** What can be done with the files of a message, as entries of its menu. */
  entriesOf(record) {
    return (record.attachments ?? []).map((each) => {
      const name = nameOfFile(each);
      const card = this.#cards.get(each.id);
      return card
        ? { label: say('downloadName', { name }), action: () => card.toggle(record) }
        : { label: say('openName', { name }), action: () => this.#open(record, each) };
    });
  }

  /** Takes in the files of an own message, which need not be loaded. */
  put(uploads) {
    uploads.items.filter(({ file }) => file).forEach(({ attachment, file }) => this.#cache.put(attachment, file));
  }

  #box(record, attachment) {
    const onOpen = () => this.#open(record, attachment);
    const onBroken = () => box.node.replaceWith(this.#card(record, attachment));
    const box = new PictureBox(record, attachment, { cache: this.#cache, onOpen, onBroken });
    this.#boxes.set(box.node, box);
    this.#watch().observe(box.node);
    return box.node;
  }

  #card(record, attachment) {
    const card = new FileCard(record, attachment, { files: this.#files });
    this.#cards.set(attachment.id, card);
    return card.node;
  }

  #open(record, attachment) {
    this.#dialog.open(record, attachment, this.#cache);
  }

  #changed(record) {
    this.#cache.changed(record);
    this.#dialog.changed(record);
  }

  #watch() {
    this.#near ??= new IntersectionObserver((seen) => seen.forEach((each) => this.#moved(each)), {
      root: byId('scroller'),
      rootMargin: NEAR,
    });
    return this.#near;
  }

  /** What has left the page is not watched any more: a message that comes back is made anew. */
  #moved({ target, isIntersecting }) {
    const box = this.#boxes.get(target);
    isIntersecting ? box.show() : box.hide();
    if (!target.isConnected) {
      this.#near.unobserve(target);
    }
  }
}
