import { byPlace, MOST_COUNTED } from '@webchat/client';
import { Bubbles } from './bubbles.js';
import { News } from './news.js';
import { Scroller } from './scroller.js';
import { Span } from './span.js';
import { keyOf, Timeline } from './timeline.js';

/**
 * The messages of the open conversation, in order: puts in what the store and the server have, and what comes. Only
 * those around the reader stand in the page. It stays at its end unless the person has scrolled up, and stands still
 * while something is put in above.
 */
export class MessageList {
  #scroller;
  #messenger = null;
  #conversation = null;
  #timeline = new Timeline();
  #span = new Span();
  #news = new News();
  #bubbles;
  #reach = -Infinity;
  #isExtended = false;
  #events;

  /**
   * @param events what is called: `onNearTop` when the person comes near the oldest known message, `onChange` with the
   *     new records after messages were put in or taken out, `onScroll` when others are in view, `onLead` when the
   *     person goes to one end, `onReact` with a record, a reaction and whether to take it back, and `filesOf` with a
   *     record, which returns what shows its files
   */
  constructor(events) {
    this.#events = events;
    this.#bubbles = new Bubbles({
      onReact: events.onReact,
      filesOf: events.filesOf,
      onQuote: (about) => this.visit(about),
      textOf: (about) => this.#timeline.get(keyOf(about))?.text ?? about.text ?? '',
      // The keys still scroll.
      onFocusLost: () => this.#scroller.focus({ preventScroll: true }),
    });
    this.#scroller = new Scroller({
      onMove: () => this.#moved(),
      onJump: () => this.#lead(() => this.toEnd()),
      onStart: () => this.#lead(() => this.#toStart()),
      isAtEnd: () => this.#span.isAtEnd,
    });
  }

  attach(messenger) {
    this.#messenger = messenger;
    this.#bubbles.attach(messenger);
    messenger.on('messages', (records) => this.#changed(records));
    messenger.on('removed', (records) => this.#removed(records));
    messenger.on('people', (users) => this.#bubbles.showAuthors(users));
  }

  /** Empties the pane for a conversation. */
  open(conversation) {
    this.#conversation = conversation;
    this.#timeline = new Timeline();
    this.#span = new Span();
    this.#news = new News();
    this.#bubbles.clear();
    this.#reach = -Infinity;
    this.#scroller.reset();
  }

  close() {
    this.#conversation = null;
  }

  /** The known messages. */
  get timeline() {
    return this.#timeline;
  }

  /** Whether the newest message is in view. */
  get isAtEnd() {
    return this.#scroller.isAtEnd;
  }

  /** Whether the reader is near the oldest message, as they are in a list that is short. */
  get isNearTop() {
    return this.#span.from === 0 && this.#scroller.isNearTop;
  }

  get isEmpty() {
    return this.#timeline.size === 0;
  }

  /** Takes in these records, and of all others keeps only what is not older than `floor`. */
  show(records, floor) {
    this.#reach = floor;
    const added = [];
    this.#scroller.keep(() => {
      this.#change(() => {
        this.#timeline.dropBelow(floor);
        added.push(...records.filter((record) => this.#timeline.put(record)));
      });
    });
    this.#events.onChange(added);
  }

  focus() {
    this.#scroller.focus();
  }

  /** The person begins to read where the list stands now. Of what comes from now on nothing passes unseen. */
  begin() {
    this.#news.begin();
  }

  /** Goes to the end. */
  toEnd() {
    this.#span.toEnd(this.#timeline.size);
    this.#arrange();
    this.#scroller.toEnd();
  }

  /** The person went to one end: they begin to read there, wherever else the list was to lead. */
  #lead(go) {
    this.#events.onLead();
    go();
  }

  /** Goes to the oldest message that is known. */
  #toStart() {
    this.#span.toStart(this.#timeline.size);
    this.#arrange();
    this.#scroller.toStart();
  }

  /**
   * Goes to the first of so many unread messages, under a line. A count that the server gave up on says only that there
   * are more: then it is the first one after the place that was read to. Returns whether it is there, and all of
   * them are known.
   */
  toUnread(count, readTo) {
    const isCounted = count < MOST_COUNTED;
    const { record, isWhole } = isCounted
      ? this.#timeline.receivedFromEnd(count)
      : { record: this.#timeline.receivedAfter(readTo), isWhole: this.#reach <= readTo };
    if (record) {
      this.#news.unreadFrom(record);
      this.#goTo(record, 'start');
    }
    return isWhole && record !== null;
  }

  /** Goes to a message: its middle to that of the pane, or at another offset from its top. */
  reveal(record, offset = 'middle') {
    this.#goTo(record, offset);
  }

  /** Where the reader is: {key, place, offset} of the first message in view; null at the end. */
  position() {
    const bubble = this.isAtEnd ? undefined : this.#inView()[0];
    if (!bubble) {
      return null;
    }
    const { record, node } = bubble;
    return { key: keyOf(record), place: record.place, offset: this.#scroller.offsetOf(node) };
  }

  /** Goes back to such a position. Returns whether its message is known. */
  goBack({ key, offset }) {
    const record = this.#timeline.get(key);
    if (record) {
      this.#goTo(record, offset);
    }
    return record !== undefined;
  }

  /** The newest received message that can be read in full, or to the lower edge of the pane; or null. */
  newestRead() {
    const read = this.#inView().filter(({ record, body }) => {
      return record.state === 'received' && this.#scroller.isRead(body);
    });
    return read.at(-1)?.record ?? null;
  }

  /** The person has looked at everything down to this message. */
  looked(record) {
    this.#news.looked(record, this.#timeline);
  }

  /** The node of the newest message in view, if there is one. */
  newestInView() {
    return this.#inView().at(-1)?.node ?? null;
  }

  /** The record of a message's node. */
  recordOf(node) {
    return this.#bubbles.recordOf(node);
  }

  /** Marks what is looked for in all messages, and the message that the search is at. */
  mark(text, current = null) {
    this.#bubbles.mark(text, current);
  }

  #inView() {
    return this.#shown().filter(({ body }) => this.#scroller.isInView(body));
  }

  #shown() {
    return this.#bubbles.of(this.#timeline.slice(this.#span.from, this.#span.to));
  }

  #goTo(record, offset) {
    this.#span.around(this.#timeline.indexOf(keyOf(record)), this.#timeline.size);
    this.#arrange();
    this.#scroller.goTo(this.#bubbles.nodeOf(keyOf(record)), offset);
  }

  #moved() {
    if (this.#conversation === null) {
      return;
    }
    if (this.#scroller.isNearTop && this.#span.from > 0) {
      this.#extend((near) => this.#span.up(near));
    } else if (this.#scroller.isNearBottom && !this.#span.isAtEnd) {
      this.#extend((near) => this.#span.down(near));
    } else if (this.isNearTop) {
      this.#events.onNearTop();
    }
    this.#events.onScroll();
  }

  /** Once per frame: putting messages in scrolls, and scrolling asks for more of them. */
  #extend(extend) {
    if (this.#isExtended) {
      return;
    }
    this.#isExtended = true;
    requestAnimationFrame(() => {
      this.#isExtended = false;
      this.#moved();
    });
    this.#scroller.keep(() => {
      extend(this.#near());
      this.#arrange();
    });
  }

  /** The indexes of the messages near the view: these stay in the page while others come and go. */
  #near() {
    const isNear = this.#shown().map(({ node }) => this.#scroller.isNear(node));
    return { from: this.#span.from + isNear.indexOf(true), to: this.#span.from + isNear.lastIndexOf(true) + 1 };
  }

  #changed(records) {
    // One that is known stays, though its place, once the server has told it, may be an older one.
    const here = records.filter(
      (record) =>
        record.conversation === this.#conversation?.id &&
        (record.place >= this.#reach || this.#timeline.has(keyOf(record))),
    );
    if (here.length === 0) {
      return;
    }
    const added = here.filter((record) => !this.#timeline.has(keyOf(record)));
    const received = added.filter(({ state }) => state === 'received');
    const news = this.#news.of(received, this.#timeline);
    const isOwn = added.some(({ state }) => state === 'pending');
    const put = () => this.#change(() => here.forEach((record) => this.#timeline.put(record)));
    if (isOwn) {
      put();
      this.toEnd();
    } else {
      const isWatched = this.#messenger.watched === this.#conversation.id;
      const { unread = 0 } = this.#messenger.conversations.get(this.#conversation.id) ?? {};
      this.#news.divide(news, { isWatched, unread });
      this.#scroller.follow({ news: received.length, notPast: () => this.#freshNode() }, put);
      if (news.length > 0 && isWatched && !this.isAtEnd && this.#bubbles.nodeOf(this.#news.fresh) !== null) {
        this.#news.divideFresh();
        this.#arrange();
      }
    }
    this.#events.onChange(added);
  }

  /** The node of the oldest message that was not looked at, for which the span moves there; or null. */
  #freshNode() {
    const { fresh } = this.#news;
    const index = this.#timeline.indexOf(fresh);
    if (index >= 0 && this.#bubbles.nodeOf(fresh) === null) {
      this.#span.around(index, this.#timeline.size);
      this.#arrange();
    }
    return this.#bubbles.nodeOf(fresh);
  }

  #removed(records) {
    this.#scroller.keep(() => this.#change(() => records.forEach((record) => this.#timeline.remove(keyOf(record)))));
    this.#events.onChange([]);
  }

  /** Changes the timeline; what stands in the page goes along. */
  #change(change) {
    const first = this.#timeline.at(this.#span.from);
    const last = this.#timeline.at(this.#span.to - 1);
    change();
    const indexOf = (record) => (record ? this.#timeline.indexOf(keyOf(record)) : -1);
    const isReadingEnd = this.#scroller.isAtEnd;
    this.#span.follow({ first: indexOf(first), last: indexOf(last), size: this.#timeline.size, isReadingEnd });
    this.#arrange();
  }

  /** Puts what belongs there into the page. */
  #arrange() {
    const { from, to } = this.#span;
    const [above, size] = [this.#timeline.at(from - 1), this.#timeline.size];
    this.#bubbles.show(this.#timeline.slice(from, to), { above, divider: this.#news.divider, from, size });
  }

  /** Leads the person to a message, if it is known, and gives it the focus. */
  visit(about, offset = 'middle') {
    const record = this.#timeline.get(keyOf(about));
    if (record) {
      this.reveal(record, offset);
      this.#bubbles.nodeOf(keyOf(record)).focus({ preventScroll: true });
    }
  }
}
