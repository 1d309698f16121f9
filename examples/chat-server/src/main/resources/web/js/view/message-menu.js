import { byId } from './dom.js';
import { Menu } from './menu.js';

/** How long a finger rests on a message until its menu opens. */
const LONG_PRESS = 500;

/**
 * The menu of a message: by its button, the right mouse button, a finger that rests on it, or a key. Arrow keys move from
 * message to message.
 */
export class MessageMenu {
  #list = byId('messages');
  #region = byId('scroller');
  #menu = new Menu();
  #messages;
  #entriesOf;
  #timer = null;

  /**
   * @param messages the list of messages
   * @param entriesOf called with a record; returns the entries of its menu
   */
  constructor({ messages, entriesOf }) {
    this.#messages = messages;
    this.#entriesOf = entriesOf;
    this.#list.addEventListener('click', (event) => this.#clicked(event));
    this.#list.addEventListener('contextmenu', (event) => this.#asked(event));
    this.#list.addEventListener('pointerdown', (event) => this.#touched(event));
    ['pointerup', 'pointercancel', 'pointermove'].forEach((type) => {
      this.#list.addEventListener(type, () => clearTimeout(this.#timer));
    });
    this.#region.addEventListener('keydown', (event) => this.#pressed(event));
  }

  #clicked(event) {
    const button = event.target.closest('.more');
    if (button) {
      const { left, bottom } = button.getBoundingClientRect();
      this.#open(button.closest('.message'), { x: left, y: bottom });
    }
  }

  /** A link keeps the browser's own menu, and so does selected text. */
  #asked(event) {
    const isOwn = event.target.closest('a') || !window.getSelection().isCollapsed;
    const message = event.target.closest('.message');
    if (message && !isOwn) {
      event.preventDefault();
      const { left, bottom } = message.querySelector('.bubble').getBoundingClientRect();
      const isByKey = event.clientX === 0 && event.clientY === 0;
      this.#open(message, isByKey ? { x: left, y: bottom } : { x: event.clientX, y: event.clientY });
    }
  }

  #touched(event) {
    clearTimeout(this.#timer);
    const message = event.target.closest('.message');
    if (event.pointerType === 'touch' && message) {
      const at = { x: event.clientX, y: event.clientY };
      this.#timer = setTimeout(() => this.#open(message, at), LONG_PRESS);
    }
  }

  #pressed(event) {
    const message = document.activeElement.closest('.message');
    if (event.key === 'Enter' && document.activeElement === message && message) {
      event.preventDefault();
      const { left, bottom } = message.querySelector('.bubble').getBoundingClientRect();
      this.#open(message, { x: left, y: bottom });
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      this.#move(message, event);
    }
  }

  #move(message, event) {
    const next = event.key === 'ArrowUp' ? message?.previousElementSibling : message?.nextElementSibling;
    const target = message ? next : this.#messages.newestInView();
    if (target) {
      event.preventDefault();
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: 'nearest' });
    }
  }

  #open(message, at) {
    const record = this.#messages.recordOf(message);
    if (record) {
      this.#menu.open(this.#entriesOf(record), { at, giveBack: message });
    }
  }
}
