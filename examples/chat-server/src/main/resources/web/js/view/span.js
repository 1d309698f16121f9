/** How many messages stand in the page at most, how many are added at a time, and how many there are at first. */
export const SPAN = { most: 120, step: 30, first: 40 };

/**
 * Which messages of a timeline stand in the page: those from one index up to another. However long the timeline is,
 * there are at most `SPAN.most`, or as many as are near the view of a very tall pane. A span that ends with the newest
 * message stays there while others come.
 */
export class Span {
  from = 0;
  to = 0;
  #size = 0;

  /** Whether the newest message is in it. */
  get isAtEnd() {
    return this.to === this.#size;
  }

  /** Goes to the newest messages. */
  toEnd(size) {
    this.#set(size - SPAN.first, size, size);
  }

  /** Goes to the oldest messages. */
  toStart(size) {
    this.#set(0, SPAN.first, size);
  }

  /** Goes to where this index is in the middle. */
  around(index, size) {
    this.#set(index - SPAN.step, index + SPAN.step, size);
  }

  /** Takes in older messages; newer ones may leave, but none that is `near`. Returns whether there were any. */
  up(near = { to: 0 }) {
    const { from, to } = this;
    const most = Math.max(0, from - SPAN.step) + SPAN.most;
    this.#set(from - SPAN.step, Math.min(to, Math.max(most, near.to)), this.#size);
    return this.from < from;
  }

  /** Takes in newer messages; older ones may leave, but none that is `near`. Returns whether there were any. */
  down(near = { from: Infinity }) {
    const { from, to } = this;
    const end = Math.min(this.#size, to + SPAN.step);
    this.#set(Math.max(from, Math.min(end - SPAN.most, near.from)), end, this.#size);
    return this.to > to;
  }

  /**
   * Goes on after the timeline changed.
   *
   * @param first the index that its first message has now, or -1 if that left
   * @param last the index that its last message has now, or -1 if that left
   * @param size how many messages the timeline has now
   * @param isReadingEnd whether the end is in sight, so that of too many messages the oldest leave
   */
  follow({ first, last, size, isReadingEnd }) {
    const wasAtEnd = this.isAtEnd;
    const from = first < 0 ? Math.min(this.from, size) : first;
    const to = wasAtEnd || last < 0 ? size : last + 1;
    if (to - from <= SPAN.most) {
      this.#set(from, to, size);
    } else if (isReadingEnd && to === size) {
      this.#set(to - SPAN.most, to, size);
    } else {
      this.#set(from, from + SPAN.most, size);
    }
  }

  #set(from, to, size) {
    this.#size = size;
    this.to = Math.max(0, Math.min(to, size));
    this.from = Math.max(0, Math.min(from, this.to));
  }
}
