import { KEEP_RETRY } from '../config.js';
import { newMessageId, nextTicket } from '../client/ids.js';
import { Emitter } from '../client/emitter.js';
import { Inbox } from '../client/inbox.js';
import { Outbox } from '../client/outbox.js';
import { Session } from '../client/session.js';
import { TypingSignal, TypingWatch } from '../client/typing.js';
import { conversationOf, messageEvent, typingEvent } from '../client/wire.js';
import { answered, compose, converse, gap, receipt, receive, retry, seen, seenTold } from './history.js';
import { Reading } from './reading.js';

/** Refusals that a resend cures; a `failed` event, unlike an answer, does not say so itself. */
const PASSING = new Set(['rate_limited', 'queue_full', 'unavailable', 'internal']);

/**
 * One signed-in user's chat: what the views show and what they can do.
 *
 * Emits `messages` (changed or new records), `removed` (records {from, id}), `conversations` (changed records),
 * `incoming` (a message new to this device), `typing` (a conversation id), `gap`, `connection` (a session state), and
 * `trouble` (true while this browser cannot keep messages). Every change is stored before it is emitted.
 */
export class Messenger extends Emitter {
  #store;
  #session;
  #inbox;
  #outbox;
  #reading;
  #typingSignal;
  #typingWatch;
  #watched = null;
  conversations = new Map();
  gaps = [];

  constructor({ io, store, account, device }) {
    super();
    this.me = account.user;
    this.#store = store;
    const auth = () => ({ token: account.token, device, after: this.#inbox.after || undefined });
    this.#session = new Session({ io, auth });
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
      me: this.me,
      onTold: (conversation, id) => this.#write((tx) => seenTold(tx, conversation, id)),
    });
    this.#typingWatch = new TypingWatch((id) => this.emit('typing', id));
    this.#typingSignal = new TypingSignal((id) => this.#signalTyping(id));
    this.#session.on('state', (state) => this.#connectionChanged(state));
    this.#session.on('event', ({ event, confirm }) => this.#received(event, confirm));
    this.#session.on('lost', () => this.#inbox.reset());
  }

  /** Takes up what the store holds and connects. */
  async start() {
    await this.#load();
    this.#session.start();
  }

  /** Stops speaking for this device, because another tab does; resolves once everything is written. */
  async yield() {
    this.#session.stop('replaced');
    await this.#inbox.idle();
  }

  /** Ends for good. */
  async close() {
    this.#session.close();
    await this.#inbox.idle();
    this.clear();
    this.#store.close();
  }

  tryNow() {
    this.#session.tryNow();
  }

  get connection() {
    return this.#session.state;
  }

  /** How many of our messages the server has not answered yet. */
  get unsent() {
    return this.#outbox.size;
  }

  isTyping(conversation) {
    return this.#typingWatch.isTyping(conversation);
  }

  /** The newest messages of a conversation, oldest first: {messages, more}. */
  newest(conversation, limit) {
    return this.#store.newest(conversation, limit);
  }

  /** Opens a conversation with a peer under an optional name, and returns its id. */
  async converse(peer, name) {
    const { value } = await this.#write((tx) => converse(tx, { peer, name, at: Date.now() }));
    return value;
  }

  /** Keeps a text as pending and sends it as soon as that is possible. */
  async send(conversation, text) {
    const { peer } = this.conversations.get(conversation);
    const draft = { me: this.me, peer, text, id: newMessageId(), at: Date.now(), n: nextTicket() };
    const { value } = await this.#write((tx) => compose(tx, draft));
    this.#typingSignal.finished(conversation);
    this.#outbox.add(value);
  }

  /** Sends a failed message again. */
  async retry(id) {
    const { value } = await this.#write((tx) =>
      retry(tx, { me: this.me, id, newId: newMessageId(), n: nextTicket() }),
    );
    if (value) {
      this.#outbox.add(value);
    }
  }

  /** The person is writing: the other side may be told. */
  keystroke(conversation) {
    this.#typingSignal.keystroke(conversation);
  }

  /** Says which conversation the person is looking at (null: none); its messages count as seen. */
  async watch(conversation) {
    this.#watched = conversation;
    if (conversation !== null && this.connection !== 'replaced') {
      await this.#write((tx) => seen(tx, conversation));
      this.#reading.tell(this.conversations.get(conversation));
    }
  }

  async #load() {
    const [conversations, queued, after, gaps] = await Promise.all([
      this.#store.conversations(),
      this.#store.queued(),
      this.#store.meta('after'),
      this.#store.meta('gaps'),
    ]);
    this.#inbox.after = after ?? 0;
    this.gaps = gaps ?? [];
    conversations.forEach((conversation) => this.conversations.set(conversation.id, conversation));
    this.emit('conversations', conversations);
    queued.forEach((message) => this.#outbox.add(message));
    conversations.forEach((conversation) => this.#reading.tell(conversation));
  }

  async #answered(message, answer) {
    try {
      await this.#write((tx) => answered(tx, { me: this.me, id: message.id, answer, at: Date.now() }));
    } catch (error) {
      this.#troubled(error);
      // Sent again it gets the same answer, hopefully when there is room to keep it.
      this.#outbox.add(message);
    }
  }

  #connectionChanged(state) {
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
    switch (event.EvtType) {
      case 'typing':
        this.#typingWatch.heard(conversationOf(event, this.me));
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
    const { value } = await this.#write(async (tx) => {
      const done = { incoming: [], gap: false };
      for (const event of events) {
        await this.#keepOne(tx, event, done);
      }
      await tx.putMeta('after', after);
      return done;
    });
    this.emit('trouble', false);
    value.incoming.forEach((message) => {
      this.#typingWatch.stopped(message.conversation);
      this.emit('incoming', message);
    });
    if (value.gap) {
      this.gaps = await this.#store.meta('gaps');
      this.emit('gap');
    }
    if (value.incoming.some(({ conversation }) => conversation === this.#watched)) {
      this.watch(this.#watched);
    }
  }

  async #keepOne(tx, event, done) {
    const at = Date.now();
    if (event.EvtType === 'message') {
      const message = await receive(tx, event, { me: this.me, n: nextTicket(), at });
      if (message?.state === 'received') {
        done.incoming.push(message);
      }
    } else if (event.EvtType === 'delivery' || event.EvtType === 'display') {
      await receipt(tx, event, this.me);
    } else if (event.EvtType === 'gap') {
      await gap(tx, Array.from(this.conversations.keys()));
      done.gap = true;
    }
  }

  #signalTyping(id) {
    const { peer } = this.conversations.get(id);
    this.#session.signal(typingEvent({ from: this.me, to: peer }));
  }

  async #write(work) {
    const changes = await this.#store.transact(work);
    this.#show(changes);
    return changes;
  }

  #show({ messages, conversations, removed }) {
    conversations.forEach((conversation) => this.conversations.set(conversation.id, conversation));
    this.emit('removed', removed);
    this.emit('messages', messages);
    this.emit('conversations', conversations);
  }

  #troubled(error) {
    console.error('webchat: this browser could not keep messages', error);
    this.emit('trouble', true);
    this.#session.restart(KEEP_RETRY);
  }
}
