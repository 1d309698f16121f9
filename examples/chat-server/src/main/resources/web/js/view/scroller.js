import { byId } from './dom.js';

const NEAR_END = 80;
const NEAR_TOP = 600;

/** The scrolling of the message pane, and the button that leads back to its end. */
export class Scroller {
  #node = byId('scroller');
  #list = byId('messages');
  #jump = byId('jump');
  #jumpText = byId('jump-text');
  #onNearTop;
  #news = 0;
  #wasAtEnd = true;

  /** @param onNearTop called when the person comes near the top */
  constructor({ onNearTop }) {
    this.#onNearTop = onNearTop;
    this.#jump.addEventListener('click', () => {
      this.toEnd();
      this.#node.focus();
    });
    this.#node.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#wasAtEnd && this.toEnd()).observe(this.#node);
  }

  reset() {
    this.#news = 0;
    this.#wasAtEnd = true;
  }

  get isNearTop() {
    return this.#node.scrollTop <= NEAR_TOP;
  }

  /** Changes what is shown; what the person sees stays where it is. */
  keep(change) {
    if (this.#isAtEnd()) {
      change();
      this.toEnd();
      return;
    }
    const anchor = this.#firstVisible();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) {
      this.#node.scrollTop += anchor.getBoundingClientRect().top - before;
    }
    this.#scrolled();
  }

  /** Changes what is shown at the end, and goes along with it if that is in sight or `force` says so. */
  follow({ force, news }, change) {
    if (force || this.#isAtEnd()) {
      change();
      this.toEnd();
    } else {
      this.#news += news;
      this.keep(change);
    }
  }

  toEnd() {
    this.#node.scrollTop = this.#node.scrollHeight;
    this.#scrolled();
  }

  #firstVisible() {
    const top = this.#node.getBoundingClientRect().top;
    return Array.from(this.#list.querySelectorAll('.bubble')).find((each) => each.getBoundingClientRect().bottom > top);
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#node;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #scrolled() {
    this.#wasAtEnd = this.#isAtEnd();
    if (this.#wasAtEnd) {
      this.#news = 0;
    }
    this.#jump.hidden = this.#wasAtEnd;
    this.#jumpText.textContent = newsText(this.#news);
    if (this.isNearTop) {
      this.#onNearTop();
    }
  }
}

function newsText(count) {
  if (count === 0) {
    return 'Latest messages';
  }
  return count === 1 ? '1 new message' : `${count} new messages`;
}
