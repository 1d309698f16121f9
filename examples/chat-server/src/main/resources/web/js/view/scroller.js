import { say, sayCount } from '../app/language.js';
import { byId } from './dom.js';

const NEAR_END = 80;
const NEAR_EDGE = 600;
/** More than that, so that an edge of which others were taken away is not near at once. */
const KEPT = NEAR_EDGE + 100;
/** How far below the upper edge a message stands that one is led to. */
const MARGIN = 48;

/** The scrolling of the message pane, and the button that leads back to its end. */
export class Scroller {
  #node = byId('scroller');
  #list = byId('messages');
  #jump = byId('jump');
  #jumpText = byId('jump-text');
  #onMove;
  #isLast;
  #news = 0;
  #wasAtEnd = true;

  /**
   * @param onMove called when others are in view
   * @param onJump called when the person wants to go to the end
   * @param onStart called when the person wants to go to the beginning
   * @param isAtEnd whether the last message that stands in the page is the newest one
   */
  constructor({ onMove, onJump, onStart, isAtEnd }) {
    this.#onMove = onMove;
    this.#isLast = isAtEnd;
    this.#jump.addEventListener('click', () => {
      onJump();
      this.#node.focus();
    });
    this.#node.addEventListener('keydown', (event) => {
      // By themselves these keys would lead to the ends of what stands in the page.
      const action = { End: onJump, Home: onStart }[event.key];
      if (action) {
        event.preventDefault();
        action();
      }
    });
    this.#node.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => (this.#wasAtEnd ? this.toEnd() : this.#onMove())).observe(this.#node);
  }

  reset() {
    this.#news = 0;
    this.#wasAtEnd = true;
  }

  focus(options) {
    this.#node.focus(options);
  }

  get isNearTop() {
    return this.#node.scrollTop <= NEAR_EDGE;
  }

  get isNearBottom() {
    return this.#below() <= NEAR_EDGE;
  }

  /** Whether the newest message is in sight. */
  get isAtEnd() {
    return this.#isLast() && this.#below() < NEAR_END;
  }

  /** Changes what is shown; what the person sees stays where it is. */
  keep(change) {
    if (this.isAtEnd) {
      change();
      this.toEnd();
      return;
    }
    const anchors = this.#visible().map((node) => [node, node.getBoundingClientRect().top]);
    change();
    const [anchor, before] = anchors.find(([node]) => node.isConnected) ?? [];
    if (anchor) {
      this.#node.scrollTop += anchor.getBoundingClientRect().top - before;
    }
    this.#scrolled();
  }

  /**
   * Changes what is shown at the end, and goes along with it if that is in sight.
   *
   * @param notPast gives what must stay in view, or null
   */
  follow({ news, notPast }, change) {
    if (!this.isAtEnd) {
      this.#news += news;
      this.keep(change);
      return;
    }
    change();
    const limit = notPast();
    const end = this.#node.scrollHeight;
    this.#node.scrollTop = limit ? Math.min(end, this.#topOf(limit) - MARGIN) : end;
    this.#news += this.isAtEnd ? 0 : news;
    this.#scrolled();
  }

  toStart() {
    this.#node.scrollTop = 0;
    this.#scrolled();
  }

  toEnd() {
    this.#node.scrollTop = this.#node.scrollHeight;
    this.#scrolled();
  }

  /** Scrolls so that a node has this offset from the upper edge: a number, `start` (below a margin) or `middle`. */
  goTo(node, offset) {
    const middle = (this.#node.clientHeight - node.offsetHeight) / 2;
    const wanted = offset === 'middle' ? Math.max(MARGIN, middle) : offset === 'start' ? MARGIN : offset;
    this.#node.scrollTop = this.#topOf(node) - wanted;
    this.#scrolled();
  }

  /** How far a node is below the upper edge. */
  offsetOf(node) {
    return node.getBoundingClientRect().top - this.#node.getBoundingClientRect().top;
  }

  isInView(node) {
    const [inner, outer] = [node.getBoundingClientRect(), this.#node.getBoundingClientRect()];
    return inner.bottom > outer.top && inner.top < outer.bottom;
  }

  /** Whether a node is in view, or so near that it must stay while others are put in on the other side. */
  isNear(node) {
    const [inner, outer] = [node.getBoundingClientRect(), this.#node.getBoundingClientRect()];
    return inner.bottom > outer.top - KEPT && inner.top < outer.bottom + KEPT;
  }

  /** Whether the end of a node is in view, or it fills the whole view. */
  isRead(node) {
    const [inner, outer] = [node.getBoundingClientRect(), this.#node.getBoundingClientRect()];
    return inner.bottom <= outer.bottom + 2 || inner.top <= outer.top;
  }

  #topOf(node) {
    return this.offsetOf(node) + this.#node.scrollTop;
  }

  #visible() {
    const { top, bottom } = this.#node.getBoundingClientRect();
    return Array.from(this.#list.querySelectorAll('.bubble')).filter((each) => {
      const rect = each.getBoundingClientRect();
      return rect.bottom > top && rect.top < bottom;
    });
  }

  /** How many pixels are below the lower edge. */
  #below() {
    const { scrollHeight, scrollTop, clientHeight } = this.#node;
    return scrollHeight - scrollTop - clientHeight;
  }

  #scrolled() {
    this.#wasAtEnd = this.isAtEnd;
    if (this.#wasAtEnd) {
      this.#news = 0;
    }
    this.#jump.hidden = this.#wasAtEnd;
    this.#jumpText.textContent = newsText(this.#news);
    this.#onMove();
  }
}

function newsText(count) {
  if (count === 0) {
    return say('latestMessages');
  }
  return sayCount('newMessageCount', count);
}
