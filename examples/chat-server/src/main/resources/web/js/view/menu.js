import { byId, element } from './dom.js';

const GAP = 4;

/** The one menu of the page: opens beside what it is about, is used by keys as menus are, and gives the focus back. */
export class Menu {
  #node = byId('menu');
  #giveBack = null;
  #at = { x: 0, y: 0 };

  constructor() {
    this.#node.addEventListener('keydown', (event) => this.#pressed(event));
    this.#node.addEventListener('focusout', (event) => this.#node.contains(event.relatedTarget) || this.#hide());
    document.addEventListener('pointerdown', (event) => this.#node.contains(event.target) || this.#hide());
    window.addEventListener('resize', () => this.#hide());
  }

  get isOpen() {
    return !this.#node.hidden;
  }

  /**
   * Opens with these entries, [{label, action}]; one with entries of its own, {label, entries}, opens them instead.
   *
   * @param label what the menu is about
   * @param at where: {x, y} in the window
   * @param giveBack the element that gets the focus afterwards
   */
  open(entries, { label, at, giveBack }) {
    this.#hide();
    this.#giveBack = giveBack;
    this.#at = at;
    this.#node.setAttribute('aria-label', label);
    this.#node.replaceChildren(...entries.map((entry) => this.#item(entry)));
    this.#node.hidden = false;
    this.#place(at);
    this.#node.firstChild.focus({ preventScroll: true });
  }

  #item({ label, action, entries = null }) {
    const item = element('button', 'menu-item', { type: 'button', role: 'menuitem', tabindex: '-1' }, label);
    if (entries !== null) {
      item.setAttribute('aria-haspopup', 'menu');
    }
    item.addEventListener('click', () => {
      if (entries === null) {
        this.#close();
        action();
      } else {
        this.open(entries, { label, at: this.#at, giveBack: this.#giveBack });
      }
    });
    return item;
  }

  /** As near as the window allows. */
  #place({ x, y }) {
    const { width, height } = this.#node.getBoundingClientRect();
    this.#node.style.left = `${Math.max(GAP, Math.min(x, window.innerWidth - width - GAP))}px`;
    this.#node.style.top = `${Math.max(GAP, Math.min(y, window.innerHeight - height - GAP))}px`;
  }

  #pressed(event) {
    const items = Array.from(this.#node.children);
    const index = items.indexOf(document.activeElement);
    const moves = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 };
    if (event.key in moves) {
      event.preventDefault();
      items.at(moves[event.key] % items.length).focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      this.#close();
    }
    event.stopPropagation();
  }

  #close() {
    const giveBack = this.#giveBack;
    this.#hide();
    giveBack?.focus({ preventScroll: true });
  }

  #hide() {
    this.#node.hidden = true;
    this.#giveBack = null;
  }
}
