/**
 * The call log by its cursors.
 *
 * Back: each `older` gets the page before the one that came last, so that what was read is always without a hole, from
 * the newest message of the first page down. Forth: `newer` gets all that was logged since the newest message that was
 * read, however many pages that takes, or starts over where that would be too many. The server begins ten seconds before
 * that message, because some are logged late: so the last messages come again, to be known by author and id.
 */
export class Pages {
  #read;
  #before = '';
  #newest = '';
  #most;

  /**
   * @param read called with {before, after} (cursors, or empty), returns a promise of {items, nextCursor} with the
   *     newest item first, as `GET /v1/call-logs/{id}/messages` does
   * @param most how many pages `newer` reads before it starts over
   */
  constructor({ read, most = 5 }) {
    this.#read = read;
    this.#most = most;
  }

  /** Whether there may be something older than what was read. */
  get hasOlder() {
    return this.#before !== null;
  }

  /** Whether something was read yet. */
  get isOpen() {
    return this.#newest !== '';
  }

  /** The next older page, newest first; none at the beginning of the conversation. */
  async older() {
    if (this.#before === null) {
      return [];
    }
    const { items, nextCursor } = await this.#read({ before: this.#before, after: '' });
    this.#before = nextCursor;
    if (this.#newest === '' && items.length > 0) {
      this.#newest = items[0].cursor;
    }
    return items;
  }

  /** Nothing older is to be read. */
  end() {
    this.#before = null;
  }

  /**
   * What is newer than all that was read, newest first: {items, isWhole}. Where `isWhole` is false there is a hole
   * below the items, and `older` goes on from their end.
   */
  async newer() {
    if (this.#newest === '') {
      this.#before = '';
      return { items: await this.older(), isWhole: false };
    }
    const items = [];
    let before = '';
    for (let pages = 0; pages < this.#most && before !== null; pages += 1) {
      const page = await this.#read({ before, after: this.#newest });
      items.push(...page.items);
      before = page.nextCursor;
    }
    if (before !== null) {
      this.#before = before;
    }
    if (items.length > 0) {
      this.#newest = items[0].cursor;
    }
    return { items, isWhole: before === null };
  }
}
