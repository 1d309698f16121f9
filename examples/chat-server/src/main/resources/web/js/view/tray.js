import { byId } from './dom.js';
import { Chip } from './chip.js';

/** The files that are to be sent, above the composer. It says to people who cannot see it what has changed. */
export class Tray {
  #list = byId('tray');
  #status = byId('tray-status');
  #problem = byId('tray-problem');
  #chips = new Map();
  #events;

  /** @param events of {onRetry, onRemove}, each called with an item; `onEmpty` when the last one with the focus went */
  constructor(events) {
    this.#events = events;
  }

  /** Shows these items, and no others. */
  show(items) {
    const gone = Array.from(this.#chips.keys()).filter((item) => !items.includes(item));
    const hadFocus = gone.some((item) => this.#chips.get(item).node.contains(document.activeElement));
    gone.forEach((item) => {
      this.#chips.get(item).node.remove();
      this.#chips.delete(item);
    });
    items.filter((item) => !this.#chips.has(item)).forEach((item) => this.#add(item));
    this.#list.hidden = items.length === 0;
    const sentences = items.map((item) => this.#chips.get(item).update()).filter(Boolean);
    if (sentences.length > 0) {
      this.#status.textContent = sentences.join(' ');
    }
    if (hadFocus) {
      items.length > 0 ? this.#chips.get(items.at(-1)).focus() : this.#events.onEmpty();
    }
  }

  /** Says why some files were left out; an empty text says that none were. */
  explain(text) {
    this.#problem.textContent = text;
  }

  #add(item) {
    const chip = new Chip(item, this.#events);
    this.#chips.set(item, chip);
    this.#list.append(chip.node);
  }
}
