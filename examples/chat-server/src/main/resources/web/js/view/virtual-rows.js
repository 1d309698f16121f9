/** How many rows stand in the page above and below those in sight. */
const SPARE = 8;
/** The height of a row until one was measured. */
const GUESS = 66;

/**
 * The rows of a long list, all of one height: only those near the ones in sight stand in the page, and the list has room
 * for the others.
 */
export class VirtualRows {
  #list;
  #build;
  #onMove;
  #ids = [];
  #rows = new Map();
  #height = GUESS;

  /**
   * @param list the element that scrolls and has the rows
   * @param build called with an id, returns its row
   * @param onMove called when other rows are in sight
   */
  constructor({ list, build, onMove }) {
    this.#list = list;
    this.#build = build;
    this.#onMove = onMove;
    list.addEventListener('scroll', () => this.#draw(), { passive: true });
    new ResizeObserver(() => this.#draw()).observe(list);
  }

  /** Shows these rows, in this order. */
  show(ids) {
    this.#ids = ids;
    this.#draw();
  }

  clear() {
    this.#rows.forEach((row) => row.remove());
    this.#rows.clear();
    this.show([]);
    this.#list.scrollTop = 0;
  }

  get ids() {
    return this.#ids;
  }

  /** The row of an id, if it stands in the page. */
  row(id) {
    return this.#rows.get(id);
  }

  /** The ids of the rows that stand in the page. */
  get drawn() {
    return Array.from(this.#rows.keys());
  }

  /** The ids of the rows in sight. */
  get inSight() {
    const from = Math.floor(this.#list.scrollTop / this.#height);
    return this.#ids.slice(from, from + Math.ceil(this.#list.clientHeight / this.#height) + 1);
  }

  /** Brings the row of an id into sight, and returns it. */
  reveal(id) {
    const index = this.#ids.indexOf(id);
    if (index < 0) {
      return undefined;
    }
    const top = index * this.#height;
    const lowest = top + this.#height - this.#list.clientHeight;
    this.#list.scrollTop = Math.max(lowest, Math.min(top, this.#list.scrollTop));
    this.#draw();
    return this.row(id);
  }

  #draw() {
    const first = Math.max(0, Math.floor(this.#list.scrollTop / this.#height) - SPARE);
    const count = Math.ceil(this.#list.clientHeight / this.#height) + 2 * SPARE;
    const ids = this.#ids.slice(first, first + count);
    this.#remove(new Set(ids));
    let next = this.#list.firstChild;
    ids.forEach((id, index) => {
      const row = this.#rows.get(id) ?? this.#build(id);
      this.#rows.set(id, row);
      row.setAttribute('aria-posinset', String(first + index + 1));
      row.setAttribute('aria-setsize', String(this.#ids.length));
      if (row === next) {
        next = next.nextSibling;
      } else {
        this.#move(row, next);
      }
    });
    this.#makeRoom(first, ids.length);
    this.#onMove();
  }

  /** Where a row that has the focus leaves, the list gets it, so that the keys still move through the list. */
  #remove(kept) {
    for (const [id, row] of this.#rows) {
      if (!kept.has(id)) {
        const hadFocus = row.contains(document.activeElement);
        row.remove();
        this.#rows.delete(id);
        if (hadFocus) {
          this.#list.focus({ preventScroll: true });
        }
      }
    }
  }

  /** A row that is moved would lose the focus. */
  #move(row, next) {
    const focused = row.contains(document.activeElement) ? document.activeElement : null;
    this.#list.insertBefore(row, next);
    focused?.focus({ preventScroll: true });
  }

  #makeRoom(first, count) {
    const height = this.#list.firstElementChild?.offsetHeight ?? 0;
    if (height > 0 && height !== this.#height) {
      this.#height = height;
      this.#draw();
      return;
    }
    this.#list.style.setProperty('--above', `${first * this.#height}px`);
    this.#list.style.setProperty('--below', `${(this.#ids.length - first - count) * this.#height}px`);
  }
}
