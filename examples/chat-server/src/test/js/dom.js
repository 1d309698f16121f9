/**
 * As much of a browser's page as the views ask for. Each child of `#messages` is `geometry.row` pixels high, and
 * `#scroller`, which has them, is `geometry.pane` pixels high. Nothing is drawn: frames pass when a test says so.
 */

export const geometry = { pane: 600, row: 40, isShown: true };
const frames = [];
let byIds = new Map();

class FakeElement extends EventTarget {
  parentNode = null;
  childNodes = [];
  className = '';
  dataset = {};
  style = { setProperty() {} };
  value = '';
  hidden = false;
  open = false;
  #attributes = new Map();
  #scrolled = 0;
  #found = new Map();

  constructor(tagName, id = '') {
    super();
    this.tagName = tagName;
    this.id = id;
    const names = () => new Set(this.className.split(' ').filter(Boolean));
    const write = (all) => {
      this.className = Array.from(all).join(' ');
    };
    this.classList = {
      add: (name) => write(names().add(name)),
      contains: (name) => names().has(name),
      toggle: (name, isSet = !names().has(name)) => {
        const all = names();
        all[isSet ? 'add' : 'delete'](name);
        write(all);
      },
    };
  }

  setAttribute(name, value) {
    this.#attributes.set(name, value);
    if (name === 'id') {
      this.id = value;
    } else if (name.startsWith('data-')) {
      this.dataset[name.slice('data-'.length)] = value;
    }
  }

  getAttribute(name) {
    return this.#attributes.get(name) ?? null;
  }

  removeAttribute(name) {
    this.#attributes.delete(name);
  }

  get children() {
    return this.childNodes.filter((child) => child instanceof FakeElement);
  }

  get firstChild() {
    return this.childNodes[0] ?? null;
  }

  get firstElementChild() {
    return this.children[0] ?? null;
  }

  get nextSibling() {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  append(...nodes) {
    nodes.forEach((node) => this.insertBefore(node, null));
  }

  prepend(...nodes) {
    const first = this.firstChild;
    nodes.forEach((node) => this.insertBefore(node, first));
  }

  insertBefore(node, next) {
    if (node instanceof FakeElement) {
      node.remove();
      node.parentNode = this;
    }
    this.childNodes.splice(next === null ? this.childNodes.length : this.childNodes.indexOf(next), 0, node);
  }

  replaceChildren(...nodes) {
    [...this.children].forEach((child) => child.remove());
    this.childNodes = [];
    this.append(...nodes);
  }

  remove() {
    if (this.parentNode) {
      if (this.contains(document.activeElement)) {
        document.activeElement = document.body;
      }
      this.parentNode.childNodes = this.parentNode.childNodes.filter((node) => node !== this);
      this.parentNode = null;
    }
  }

  get textContent() {
    return this.childNodes.map((node) => node.textContent ?? node).join('');
  }

  set textContent(text) {
    this.replaceChildren(...(text === '' ? [] : [text]));
  }

  contains(node) {
    return node !== null && (node === this || this.contains(node.parentNode ?? null));
  }

  /** Always the same element for the same selector, as forms ask for their parts. */
  querySelector(selector) {
    if (!this.#found.has(selector)) {
      this.#found.set(selector, new FakeElement(selector));
    }
    return this.#found.get(selector);
  }

  querySelectorAll(selector) {
    return selector === '.bubble' ? this.children.flatMap(({ children }) => children.filter(isBubble)) : [];
  }

  focus() {
    document.activeElement = this;
  }

  reset() {}

  showModal() {
    this.open = true;
  }

  close() {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  }

  /** Clicks, or types, or submits. */
  fire(type, more = {}) {
    this.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), more));
  }

  get isConnected() {
    return this === byId('messages') || this.parentNode?.isConnected === true;
  }

  get clientHeight() {
    return this.id === 'scroller' && geometry.isShown ? geometry.pane : 0;
  }

  get offsetHeight() {
    return geometry.row;
  }

  get scrollHeight() {
    return geometry.isShown ? Math.max(geometry.pane, byId('messages').childNodes.length * geometry.row) : 0;
  }

  get scrollTop() {
    return Math.max(0, Math.min(this.#scrolled, this.scrollHeight - this.clientHeight));
  }

  set scrollTop(top) {
    this.#scrolled = Math.max(0, Math.min(top, this.scrollHeight - this.clientHeight));
  }

  getBoundingClientRect() {
    if (!geometry.isShown) {
      return { top: 0, bottom: 0 };
    }
    if (this.id === 'scroller') {
      return { top: 0, bottom: geometry.pane };
    }
    let row = this;
    while (row.parentNode && row.parentNode.id !== 'messages') {
      row = row.parentNode;
    }
    const top = byId('messages').childNodes.indexOf(row) * geometry.row - byId('scroller').scrollTop;
    return { top, bottom: top + geometry.row };
  }
}

const isBubble = (node) => node.classList.contains('bubble');

/** The element of the page that has this id. */
export function byId(id) {
  if (!byIds.has(id)) {
    byIds.set(id, new FakeElement('div', id));
  }
  return byIds.get(id);
}

/** Lets the work of so many frames be done. */
export function frame(count = 1) {
  for (let done = 0; done < count; done += 1) {
    frames.splice(0).forEach((work) => work());
  }
}

/** A new, empty page, which is looked at. */
export function openPage() {
  byIds = new Map();
  frames.length = 0;
  Object.assign(geometry, { pane: 600, row: 40, isShown: true });
  const body = new FakeElement('body');
  globalThis.document = Object.assign(new EventTarget(), {
    body,
    activeElement: body,
    documentElement: new FakeElement('html'),
    visibilityState: 'visible',
    isFocused: true,
    hasFocus: () => document.isFocused,
    getElementById: byId,
    createElement: (tag) => new FakeElement(tag),
    createElementNS: (space, tag) => new FakeElement(tag),
    querySelector: () => null,
    querySelectorAll: () => [],
  });
  globalThis.window = Object.assign(new EventTarget(), { matchMedia: () => ({ matches: false }) });
  globalThis.requestAnimationFrame = (work) => frames.push(work);
  globalThis.ResizeObserver = class {
    observe() {}
  };
}

/** Puts this in place of the browser's `navigator` until the test ends. */
export function replaceNavigator(context, navigator) {
  const real = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  context.after(() => (real ? Object.defineProperty(globalThis, 'navigator', real) : delete globalThis.navigator));
}
