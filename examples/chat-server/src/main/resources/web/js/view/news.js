import { byPlace } from '@webchat/client';
import { keyOf } from './timeline.js';

/** What of a conversation nobody has looked at yet, and above which message a line stands for that. Names keys. */
export class News {
  /** The oldest received message that was not looked at yet; null: all were. */
  fresh = null;
  /** The message under the line, or null. */
  divider = null;
  #isBegun = false;

  /** The person begins to read: of what comes from now on nothing passes unseen. */
  begin() {
    this.#isBegun = true;
  }

  /** All from this message on is unread. */
  unreadFrom(record) {
    this.fresh = keyOf(record);
    this.divider = this.fresh;
  }

  /** The person has looked at everything down to this message. */
  looked(record, timeline) {
    if (timeline.indexOf(keyOf(record)) >= timeline.indexOf(this.fresh)) {
      this.fresh = null;
    }
  }

  /** Those of these received messages that are newer than all before, oldest first, once the person reads. */
  of(received, timeline) {
    const newest = timeline.receivedFromEnd(1).record;
    const isNews = (record) => this.#isBegun && (newest === null || byPlace(record, newest) > 0);
    const news = received.filter(isNews).sort(byPlace);
    if (this.fresh === null && news.length > 0) {
      this.fresh = keyOf(news[0]);
    }
    return news;
  }

  /** Draws the line above what came while nobody looked, if all before was read. */
  divide(news, { isWatched, unread }) {
    if (news.length > 0 && !isWatched && unread <= news.length) {
      this.divider = keyOf(news[0]);
    }
  }

  /** Draws the line above what came while somebody looked, which is too much to be in view at once. */
  divideFresh() {
    this.divider = this.fresh;
  }
}
