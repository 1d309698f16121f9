import { say, sayCount } from '../app/language.js';
import { RestError } from '@webchat/client';
import { byId, element, isTouch } from './dom.js';
import { categoriesOf, COLUMNS, findEmoji, movedBy, recentEmoji, rememberEmoji } from './emoji.js';
import { failureText } from './failures.js';

const GAP = 8;
const loadTable = async () => (await import('./emoji-table.js')).EMOJI;

/**
 * The emoji to choose from, by categories and by search. The table of them is loaded when it is opened first. Arrow keys
 * move in the grid, which is one stop of the Tab key.
 */
export class EmojiPicker {
  #node = byId('emoji');
  #field = byId('emoji-search');
  #groups = byId('emoji-groups');
  #status = byId('emoji-status');
  #load;
  #categories = null;
  #rows = [];
  #wish = null;

  /** @param load resolves to the table of emoji */
  constructor({ load = loadTable } = {}) {
    this.#load = load;
    this.#field.addEventListener('input', () => this.#show());
    this.#node.addEventListener('keydown', (event) => this.#pressed(event));
    this.#node.addEventListener('focusout', ({ relatedTarget }) => this.#node.contains(relatedTarget) || this.#hide());
    document.addEventListener('pointerdown', ({ target }) => this.#node.contains(target) || this.#hide());
    window.addEventListener('resize', () => this.#hide());
  }

  get isOpen() {
    return !this.#node.hidden;
  }

  /**
   * Opens beside an element.
   *
   * @param beside the element, which gets the focus when it is closed
   * @param anchor the part of it to stand beside
   * @param onChosen called with the emoji
   */
  async open({ beside, anchor = beside, onChosen }) {
    const wish = { beside, anchor, onChosen };
    this.#wish = wish;
    this.#field.value = '';
    this.#node.hidden = false;
    this.#groups.replaceChildren();
    this.#place();
    // Where a field would bring up a keyboard over them, the emoji come first.
    (isTouch() ? this.#node : this.#field).focus({ preventScroll: true });
    await this.#read();
    if (this.#wish === wish && this.#categories !== null) {
      this.#show();
    }
  }

  async #read() {
    try {
      this.#categories ??= categoriesOf(await this.#load());
    } catch (error) {
      console.info(`webchat: the emoji could not be loaded: ${error.message}`);
      this.#status.textContent = failureText(new RestError());
    }
  }

  #show() {
    if (this.#categories === null) {
      return;
    }
    const groups = this.#wanted().filter(({ emoji }) => emoji.length > 0);
    this.#rows = [];
    this.#groups.replaceChildren(...groups.flatMap((group, index) => this.#group(group, index)));
    this.#rows[0]?.[0].setAttribute('tabindex', '0');
    const count = groups.reduce((sum, { emoji }) => sum + emoji.length, 0);
    this.#status.textContent = this.#field.value.trim() === '' ? '' : countText(count);
  }

  #wanted() {
    const wanted = this.#field.value.trim();
    if (wanted !== '') {
      return [{ category: say('found'), emoji: findEmoji(this.#categories, wanted) }];
    }
    const names = new Map(this.#categories.flatMap(({ emoji }) => emoji.map((each) => [each.emoji, each.name])));
    const kept = recentEmoji().filter((emoji) => names.has(emoji));
    const recent = kept.map((emoji) => ({ emoji, name: names.get(emoji) }));
    return [{ category: say('recent'), emoji: recent }, ...this.#categories];
  }

  #group({ category, emoji }, index) {
    const id = `emoji-group-${index}`;
    const grid = element('div', 'emoji-grid', { role: 'grid', 'aria-labelledby': id });
    for (let start = 0; start < emoji.length; start += COLUMNS) {
      const buttons = emoji.slice(start, start + COLUMNS).map((each) => this.#button(each));
      const cells = buttons.map((button) => element('span', '', { role: 'gridcell' }, button));
      this.#rows.push(buttons);
      grid.append(element('div', 'emoji-row', { role: 'row' }, ...cells));
    }
    return [element('p', 'emoji-category', { id }, category), grid];
  }

  #pressed(event) {
    event.stopPropagation();
    const place = this.#placeOf(document.activeElement);
    if (event.key === 'Escape') {
      event.preventDefault();
      this.#close();
    } else if (place !== null) {
      this.#move(event, movedBy(event.key, this.#rows, place));
    } else if (['ArrowDown', 'Enter'].includes(event.key) && document.activeElement === this.#field) {
      this.#move(event, this.#rows.length > 0 ? { row: 0, column: 0 } : null);
    }
  }

  #placeOf(button) {
    const row = this.#rows.findIndex((buttons) => buttons.includes(button));
    return row < 0 ? null : { row, column: this.#rows[row].indexOf(button) };
  }

  #move(event, to) {
    if (to !== null) {
      event.preventDefault();
      const target = this.#rows[to.row][to.column];
      this.#rows.flat().forEach((button) => button.setAttribute('tabindex', button === target ? '0' : '-1'));
      target.focus();
    }
  }

  #button({ emoji, name }) {
    // The names are English in every language of the page.
    const attributes = { type: 'button', tabindex: '-1', lang: 'en', 'aria-label': name, title: name };
    const button = element('button', 'emoji-button', attributes, emoji);
    button.addEventListener('click', () => {
      const { onChosen } = this.#wish;
      rememberEmoji(emoji);
      this.#close();
      onChosen(emoji);
    });
    return button;
  }

  /** Above what it is about if there is room, and within the window. */
  #place() {
    const { left, top, bottom } = this.#wish.anchor.getBoundingClientRect();
    const { width, height } = this.#node.getBoundingClientRect();
    const above = top - height - GAP;
    const y = above >= GAP ? above : Math.min(bottom + GAP, window.innerHeight - height - GAP);
    this.#node.style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - width - GAP))}px`;
    this.#node.style.top = `${Math.max(GAP, y)}px`;
  }

  #close() {
    const beside = this.#wish?.beside;
    this.#hide();
    beside?.focus({ preventScroll: true });
  }

  #hide() {
    this.#wish = null;
    this.#node.hidden = true;
  }
}

function countText(count) {
  return count === 0 ? say('noEmojiHasThisName') : sayCount('foundCount', count);
}
