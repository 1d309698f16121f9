import { say } from '../app/language.js';
import { element, icon } from './dom.js';
import { nameOfFile, percentText, sizeText } from './file-words.js';

/** How large a picture is in the list at most, in pixels, and how narrow or flat its box may be. */
const LARGEST = 320;
const SMALLEST = 72;
/** Where nobody has said how large it is. */
const UNKNOWN = { width: 320, height: 240 };
/** A larger picture is loaded when the person asks for it. */
const LOADED_BY_ITSELF = 8 * 1024 * 1024;
/** Of a larger one it is told how far it is. */
const QUICK = 1024 * 1024;

/**
 * A picture in the list. Its box has its size before the picture is there, so the list stands still. It is loaded when it
 * comes near the view, and given back when it leaves.
 */
export class PictureBox {
  #record;
  #attachment;
  #cache;
  #onBroken;
  #words = element('span', 'picture-words');
  #image = null;
  /** Who uses the picture now: an object of each time that it is near, or null. */
  #use = null;
  #isWanted;

  /**
   * @param cache where the picture comes from
   * @param onOpen called with the record and the attachment
   * @param onBroken called when the file is no picture after all
   */
  constructor(record, attachment, { cache, onOpen, onBroken }) {
    const name = nameOfFile(attachment);
    this.#record = record;
    this.#attachment = attachment;
    this.#cache = cache;
    this.#onBroken = onBroken;
    this.#isWanted = attachment.bytes <= LOADED_BY_ITSELF;
    const named = { type: 'button', tabindex: '-1', 'aria-label': say('openName', { name }), title: name };
    this.node = element('button', 'picture', named, icon('picture'), this.#words);
    this.node.addEventListener('click', () => (this.#isWanted ? onOpen(record, attachment) : this.#want()));
    const { width, height } = boxOf(attachment);
    this.node.style.inlineSize = `${width}px`;
    this.node.style.aspectRatio = `${width} / ${height}`;
    this.#say(this.#isWanted ? '' : say('showThePictureOfSize', { size: sizeText(attachment.bytes) }));
  }

  /** It is near the view. */
  async show() {
    if (this.#use !== null || !this.#isWanted) {
      return;
    }
    const use = {};
    this.#use = use;
    try {
      const isSlow = this.#attachment.bytes > QUICK;
      const onProgress = ({ loaded, total }) => isSlow && this.#use === use && this.#say(percentText(loaded / total));
      const url = await this.#cache.use(this.#record, this.#attachment, onProgress);
      if (this.#use === use) {
        this.#say('');
        this.#draw(url);
      }
    } catch (error) {
      if (this.#use === use) {
        console.info('webchat: a picture could not be loaded', error);
        this.#failed();
      }
    }
  }

  /** It is out of view, or has left the page. */
  hide() {
    if (this.#use !== null) {
      this.#use = null;
      this.#cache.release(this.#attachment);
      this.#image?.remove();
      this.#image = null;
    }
  }

  #want() {
    this.#isWanted = true;
    this.#say('');
    this.show();
  }

  #draw(url) {
    const image = element('img', '', { alt: '', loading: 'lazy', decoding: 'async' });
    image.addEventListener('load', () => image.classList.add('is-there'));
    image.addEventListener('error', () => this.#image === image && this.#onBroken());
    image.src = url;
    this.#image = image;
    this.node.append(image);
  }

  /** A click tries again. */
  #failed() {
    this.#use = null;
    this.#isWanted = false;
    this.#say(say('thePictureWasNotLoaded'));
  }

  #say(text) {
    this.#words.textContent = text;
  }
}

/** The size of the box in pixels: as large as the picture, within bounds. */
export function boxOf({ width = UNKNOWN.width, height = UNKNOWN.height }) {
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  const within = (pixels) => Math.max(SMALLEST, Math.round(pixels * scale));
  return { width: within(width), height: within(height) };
}
