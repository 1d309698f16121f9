import { say } from '../app/language.js';
import { byId, element } from './dom.js';
import { failureText } from './failures.js';

/**
 * Fills the message pane with the open conversation's history: at once from the store, then page after page from the
 * server as the person scrolls up. The line above the messages says how that goes.
 */
export class Past {
  #line = byId('older');
  #messages;
  #onSettled;
  #pager = null;
  #goal = null;
  /** The read that failed last, to be tried again; or null. */
  #failed = null;
  #busy = null;

  /** @param onSettled called once the messages stand where the person is to begin to read */
  constructor({ messages, onSettled }) {
    this.#messages = messages;
    this.#onSettled = onSettled;
  }

  /**
   * Shows a conversation's history; resolves once its stored part is there.
   *
   * @param goal where to begin: at the {position} of the reader, at the first of so many {unread} messages, all of them
   *     later than the place {readTo}, or at the end
   */
  async open(pager, goal) {
    this.#pager = pager;
    this.#goal = goal;
    this.#failed = null;
    this.#busy = null;
    this.show();
    const kept = await pager.kept(goal);
    if (pager === this.#pager) {
      this.#messages.show(kept.records, kept.floor);
      this.#settle({ isWhole: kept.isWhole });
      this.#read(pager, () => pager.begin(goal));
    }
  }

  close() {
    this.#pager = null;
  }

  /** Gets older messages if there are any, unless that is going on or has just failed. */
  more() {
    if (this.#pager?.hasOlder && this.#goal === null && !this.#failed && !this.#busy) {
      this.#read(this.#pager, () => this.#pager.older());
    }
  }

  /** Gets many older messages for a search. Resolves to `older` if there may be more, `beginning` or `failed`. */
  async dig() {
    const pager = this.#pager;
    await this.#busy;
    if (pager !== null && pager === this.#pager && pager.hasOlder && this.#failed === null) {
      await this.#read(pager, () => pager.older({ isLarge: true }));
    }
    if (pager !== this.#pager || this.#failed !== null) {
      return 'failed';
    }
    return pager.hasOlder ? 'older' : 'beginning';
  }

  /** Resolves once nothing is being read any more. */
  async settled() {
    await this.#busy;
  }

  /** Tries again a read that failed. */
  async retry() {
    const read = this.#failed;
    if (read !== null && !this.#busy) {
      this.#failed = null;
      await this.#read(this.#pager, read);
    }
  }

  /** Gets what this device missed. */
  async catchUp() {
    const pager = this.#pager;
    await this.#busy;
    if (pager !== null && pager === this.#pager) {
      this.#failed = null;
      await this.#read(pager, () => (this.#goal === null ? pager.newer() : pager.begin(this.#goal)));
    }
  }

  #read(pager, read) {
    const reading = this.#run(pager, read).finally(() => {
      if (this.#busy === reading) {
        this.#busy = null;
        this.show();
        // A reader who came to the top while this was on its way scrolls no further, and so would not ask.
        if (this.#messages.isNearTop) {
          this.more();
        }
      }
    });
    this.#busy = reading;
    this.show();
    return reading;
  }

  async #run(pager, read) {
    try {
      await read();
      const known = await pager.known();
      if (pager === this.#pager) {
        this.#messages.show(known, pager.floor);
      }
    } catch (error) {
      // A conversation without a message has no log yet, and a room that the person left shows them none.
      if (error.code !== 'not_found') {
        this.#fail(pager, read, error);
        return;
      }
    }
    if (pager === this.#pager) {
      this.#settle({ isWhole: true, isLast: true });
    }
  }

  /** Goes to where the person begins to read, as soon as that is known. Afterwards nothing moves any more. */
  #settle({ isWhole, isLast = false }) {
    if (this.#goal !== null && ((this.#reach(this.#goal) && isWhole) || isLast)) {
      this.stay();
    }
  }

  /** The person went elsewhere by themselves: leads them nowhere any more. */
  stay() {
    if (this.#goal !== null) {
      this.#goal = null;
      this.#onSettled();
    }
  }

  /** Goes there, or as near as possible. Returns whether it is there. */
  #reach({ position = null, unread = 0, readTo }) {
    if (position !== null && this.#messages.goBack(position)) {
      return true;
    }
    if (position === null && unread > 0) {
      return this.#messages.toUnread(unread, readTo);
    }
    this.#messages.toEnd();
    return position === null;
  }

  #fail(pager, read, error) {
    if (pager === this.#pager) {
      this.#failed = read;
      const words = element('span', '', {}, `${say('earlierMessagesAreMissing')} ${failureText(error)} `);
      this.#line.replaceChildren(words, this.#retryButton());
    }
  }

  /** Says how things are, now that other messages are shown. */
  show() {
    if (this.#failed || this.#pager === null) {
      return;
    }
    if (this.#busy) {
      const spinner = element('span', 'spinner', { 'aria-hidden': 'true' });
      this.#line.replaceChildren(spinner, element('span', '', {}, say('loadingMessages')));
    } else {
      this.#line.textContent = this.#pager.hasOlder ? '' : this.#beginning();
    }
  }

  #beginning() {
    if (this.#pager.isHidden) {
      return say('noLongerInRoomSentence');
    }
    return this.#messages.isEmpty ? say('noMessagesYetSayHello') : say('thisIsWhereTheConversationBegins');
  }

  #retryButton() {
    const button = element('button', 'link', { type: 'button' }, say('tryAgain'));
    button.addEventListener('click', () => this.retry());
    return button;
  }
}
