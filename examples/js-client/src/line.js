import { KEEP_RETRY } from './limits.js';
import { conversationOf, partner } from './conversation.js';
import { Emitter } from './emitter.js';
import { nextTicket } from './ids.js';
import { Inbox } from './inbox.js';
import { Outbox } from './outbox.js';
import { Session } from './session.js';
import { TypingSignal } from './typing.js';
import { isSystem, messageEvent, textBytes, typingEvent } from './wire.js';
import { amend, answered, receipt, receive, seenElsewhere, seenTold } from './history.js';
import { Reading } from './reading.js';

/** What this client understands beyond what every client does. */
const FEATURES = ['amend'];

/** How long ago an event may have been written for its author to be there still. */
const FRESH = 10_000;

/** Refusals that a resend cures; a `failed` event, unlike an answer, does not say so itself. */
const PASSING = new Set(['rate_limited', 'queue_full', 'unavailable', 'internal']);

/**
 * The connection of the tab that leads: sends what the records have queued, whichever tab wrote it, and keeps in the
 * records what comes in.
 *
 * Emits `connection` (a session state), `incoming` (messages new to this device), `typing` ({conversation, user}),
 * `heard` (a user's id: a sign that they are there), `gap`, `rooms` (a room has changed), `expiring` (the token will soon
 * expire) and `trouble` (whether this browser cannot keep messages).
 */
export class Line extends Emitter {
  #me;
  #store;
  #records;
  #session;
  #inbox;
  #outbox;
  #reading;
  #typing;
  #forget;

  constructor({ me, io, network, device, token, store, records }) {
    super();
    this.#me = me;
    this.#store = store;
    this.#records = records;
    const auth = () => ({ token: token(), device, after: this.#inbox.after || undefined, features: FEATURES });
    this.#session = new Session({ io, auth, network });
    this.#inbox = new Inbox({
      keep: (events, after) => this.#keep(events, after),
      onTrouble: (error) => this.#troubled(error),
    });
    this.#outbox = new Outbox({
      send: (message) => this.#session.request(messageEvent(message)),
      onAnswer: (message, answer) => this.#answered(message, answer),
    });
    this.#reading = new Reading({
      session: this.#session,
      me,
      onTold: (conversation, id) => records.write((tx) => seenTold(tx, conversation, id)),
    });
    this.#typing = new TypingSignal((id) => this.#signalTyping(id));
    this.#session.on('state', (state) => this.#stateChanged(state));
    this.#session.on('event', ({ event, confirm }) => this.#received(event, confirm));
    this.#session.on('expiring', () => this.emit('expiring'));
    this.#session.on('lost', ({ isTooLarge }) => this.#lost(isTooLarge));
    this.#forget = [
      records.on('messages', (messages) => this.#takeUp(messages)),
      records.on('conversations', (changed) => changed.forEach((each) => this.#reading.tell(each))),
    ];
  }

  /** Takes up what was left to do, and connects. */
  async start() {
    const [queued, after] = await Promise.all([this.#store.queued(), this.#store.meta('after')]);
    this.#inbox.after = after ?? 0;
    this.#takeUp(queued);
    this.#records.conversations.forEach((conversation) => this.#reading.tell(conversation));
    this.#session.start();
  }

  /** Hangs up for good; resolves once everything is written. */
  async close() {
    this.#forget.forEach((forget) => forget());
    this.clear();
    this.#session.close();
    this.#outbox.close();
    this.#reading.close();
    await this.#inbox.idle();
  }

  get state() {
    return this.#session.state;
  }

  /** Connects at once: where it waits for its next attempt, or where only the person can lead on. */
  tryNow() {
    this.#session.tryNow();
    this.#session.start();
  }

  /** The server does not take the token any more, though the connection may still stand. */
  expire() {
    this.#session.stop('unauthorized');
  }

  /** Goes on with a new token. */
  renew(token) {
    this.#session.renew(token);
  }

  /** The person is writing: the other side may be told. */
  keystroke(conversation) {
    this.#typing.keystroke(conversation);
  }

  #takeUp(messages) {
    for (const message of messages.filter(({ queued }) => queued !== undefined)) {
      this.#typing.finished(message.conversation);
      this.#outbox.add(message);
    }
  }

  async #answered(message, answer) {
    try {
      const at = Date.now();
      await this.#records.write((tx) => answered(tx, { me: this.#me, id: message.id, answer, at }));
    } catch (error) {
      this.#troubled(error);
      // Sent again it gets the same answer, hopefully when there is room to keep it.
      this.#outbox.add(message);
    }
  }

  /** The largest message under way cannot be sent: again it would end the next connection too. */
  #lost(isTooLarge) {
    this.#inbox.reset();
    const [largest] = isTooLarge ? this.#outbox.underWay.sort((one, other) => bytesOf(other) - bytesOf(one)) : [];
    if (largest) {
      this.#outbox.answer(largest.id, { ok: false, Code: 'too_large', Detail: 'the server takes no message of this size' });
    }
  }

  #stateChanged(state) {
    if (state === 'online') {
      this.#outbox.open();
      this.#reading.open();
    } else if (state !== 'draining') {
      this.#outbox.close();
      this.#reading.close();
    }
    this.emit('connection', state);
  }

  #received(event, confirm) {
    if (event.From && event.From !== this.#me && isFresh(event)) {
      this.emit('heard', event.From);
    }
    switch (event.EvtType) {
      case 'typing':
        if (event.From !== this.#me) {
          this.emit('typing', { conversation: conversationOf(event, this.#me), user: event.From });
        }
        confirm();
        break;
      case 'failed':
        this.#outbox.answer(event.MsgID, { Retry: PASSING.has(event.Code), ...event, ok: false });
        confirm();
        break;
      default:
        this.#inbox.take(event, confirm);
    }
  }

  /** Keeps a batch of events and the place in the queue in one transaction. */
  async #keep(events, after) {
    const incoming = await this.#records.write(async (tx) => {
      const kept = [];
      for (const event of events) {
        kept.push(await this.#keepOne(tx, event));
      }
      await tx.putMeta('after', after);
      return kept.filter((message) => message?.state === 'received');
    });
    this.emit('trouble', false);
    if (incoming.length > 0) {
      this.emit('incoming', incoming);
    }
    if (events.some(({ EvtType }) => EvtType === 'gap')) {
      this.emit('gap');
    }
    if (events.some(({ Type }) => isSystem(Type))) {
      this.emit('rooms');
    }
  }

  async #keepOne(tx, event) {
    switch (event.EvtType) {
      case 'message':
        return receive(tx, event, { me: this.#me, n: nextTicket(), at: Date.now() });
      case 'edit':
      case 'delete':
      case 'react':
        await amend(tx, event);
        return null;
      case 'delivery':
      case 'display':
        await (event.From === this.#me ? seenElsewhere(tx, event, this.#me) : receipt(tx, event, this.#me));
        return null;
      default:
        return null;
    }
  }

  #signalTyping(id) {
    const { peer, room } = partner(id);
    this.#session.signal(typingEvent({ from: this.#me, to: peer, room }));
  }

  #troubled(error) {
    console.error('webchat: this browser could not keep messages', error);
    this.emit('trouble', true);
    this.#session.restart(KEEP_RETRY);
  }
}

/** Whether an event says that its author is there: typing does, and what did not wait in the queue. */
function isFresh({ EvtType, StoredAt = 0 }) {
  return EvtType === 'typing' || Date.now() - StoredAt < FRESH;
}

/** How large a message is on the wire. */
function bytesOf(message) {
  return textBytes(JSON.stringify(messageEvent(message)));
}
