import { say } from '../app/language.js';
import { byId } from './dom.js';
import { below, onMenuWish } from './menu-wish.js';

/**
 * The menu of a message: by its button, the right mouse button, a finger that rests on it, or a key. Arrow keys move from
 * message to message.
 */
export class MessageMenu {
  #list = byId('messages');
  #region = byId('scroller');
  #menu;
  #messages;
  #entriesOf;

  /**
   * @param menu the menu of the page
   * @param messages the list of messages
   * @param entriesOf called with a record; returns the entries of its menu
   */
  constructor({ menu, messages, entriesOf }) {
    this.#menu = menu;
    this.#messages = messages;
    this.#entriesOf = entriesOf;
    this.#list.addEventListener('click', (event) => this.#clicked(event));
    onMenuWish(this.#list, { selector: '.message', anchor: '.bubble', open: (message, at) => this.#open(message, at) });
    this.#region.addEventListener('keydown', (event) => this.#pressed(event));
  }

  #clicked(event) {
    const button = event.target.closest('.more');
    if (button) {
      this.#open(button.closest('.message'), below(button));
    }
  }

  #pressed(event) {
    const message = document.activeElement.closest('.message');
    if (event.key === 'Enter' && document.activeElement === message && message) {
      event.preventDefault();
      this.#open(message, below(message.querySelector('.bubble')));
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
      this.#menu.open(this.#entriesOf(record), { label: say('message'), at, giveBack: message });
    }
  }
}
