import { BASE } from '../config.js';
import { Emitter } from '../client/emitter.js';
import { newMessageId, nextTicket } from '../client/ids.js';
import { Rest } from '../client/rest.js';
import { TypingWatch } from '../client/typing.js';
import { renewToken } from './account.js';
import { compose, converse, draft, retry, seen } from './history.js';
import { Leadership } from './leadership.js';
import { Line } from './line.js';
import { Pager } from './pager.js';
import { People } from './people.js';
import { Presence } from './presence.js';
import { Records } from './records.js';
import { Rooms } from './rooms.js';
import { Sync } from './sync.js';

/** What the leading tab's line tells, and every tab shows. */
const SHARED = ['connection', 'incoming', 'typing', 'heard', 'gap', 'trouble', 'sync'];

/**
 * One signed-in user's chat in one tab: what the views show and what they can do.
 *
 * Every tab writes what its person does to the store they share; the one that leads speaks to the server for all.
 *
 * Emits `messages`, `removed` and `conversations` as `Records` does, `people`, `presence`, `incoming` (messages new to
 * this device), `typing` (a conversation id), `gap`, `connection` (a session state), `trouble` (whether this browser
 * cannot keep messages) and `sync` (`loading`, `done` or `failed`: how the list of conversations is doing).
 */
export class Messenger extends Emitter {
  #io;
  #store;
  #tabs;
  #device;
  #token;
  #rest;
  #records;
  #leadership;
  #line = null;
  #sync = null;
  #typing;
  /** The conversation whose newest messages the person is looking at: whatever comes there is seen at once. */
  watched = null;
  connection = 'connecting';
  sync = 'loading';
  /** Whether others use this browser too. */
  isShared;

  /**
   * @param token called whenever a token is needed
   * @param locks the browser's lock manager, by default its own
   */
  constructor({ io, store, tabs, user, device, token, locks, isShared = false }) {
    super();
    this.me = user;
    this.isShared = isShared;
    this.#io = io;
    this.#store = store;
    this.#tabs = tabs;
    this.#device = device;
    this.#token = token;
    this.#rest = new Rest({ token, fetch: (path, init) => globalThis.fetch(BASE + path, init) });
    this.#records = new Records({ store, tabs });
    this.people = new People({ rest: this.#rest, store, tabs });
    this.presence = new Presence({ rest: this.#rest });
    this.rooms = new Rooms({ rest: this.#rest, records: this.#records, me: user });
    this.#leadership = new Leadership({ user, tabs, locks });
    this.#typing = new TypingWatch((id) => this.emit('typing', id));
    this.#listen();
  }

  /**
   * Takes up what the store holds and, as soon as it is this tab's turn, connects.
   *
   * @param isNew whether the user has just been registered, and has no profile yet
   */
  async start({ isNew = false } = {}) {
    await Promise.all([this.#records.load(), this.people.load()]);
    this.#leadership.start();
    this.#tabs.share('hello');
    if (isNew) {
      this.#introduce();
    } else {
      this.people.want([this.me]);
    }
    this.people.loadBlocks().catch((error) => console.warn('webchat: blocks could not be read', error));
  }

  /** Ends for good. */
  async close() {
    this.clear();
    await this.#hangUp();
    this.#leadership.close();
    this.presence.close();
    this.people.close();
    this.#typing.close();
    this.#store.close();
  }

  get conversations() {
    return this.#records.conversations;
  }

  /** Whether what is kept outlasts the page. */
  get isLasting() {
    return this.#store.isLasting;
  }

  /** How many of our messages the server has not answered yet. */
  async unsent() {
    return (await this.#store.queued()).length;
  }

  /** Connects at once instead of waiting for the next attempt. */
  tryNow() {
    this.#line?.tryNow();
    this.#tabs.share('tryNow');
  }

  /** Brings the list of conversations up to date. */
  refresh() {
    this.#sync?.run();
    this.#tabs.share('refresh');
  }

  /** The users who are writing in a conversation now. */
  writers(conversation) {
    return this.#typing.writers(conversation);
  }

  /** The history of a conversation, for one who shows it. */
  pager(conversation) {
    return new Pager({ rest: this.#rest, store: this.#store, records: this.#records, me: this.me, conversation });
  }

  /** Opens a conversation with a peer and returns its id. */
  converse(peer) {
    return this.#records.write((tx) => converse(tx, { peer, at: Date.now() }));
  }

  /** Keeps a text as pending; it is sent as soon as that is possible. */
  async send(conversation, text) {
    const draft = { me: this.me, conversation, text, id: newMessageId(), at: Date.now(), n: nextTicket() };
    await this.#records.write((tx) => compose(tx, draft));
  }

  /** Sends a failed message again. */
  async retry(id) {
    await this.#records.write((tx) => retry(tx, { me: this.me, id, newId: newMessageId(), n: nextTicket() }));
  }

  /** The person is writing: the other side may be told. */
  keystroke(conversation) {
    if (this.#line) {
      this.#line.keystroke(conversation);
    } else {
      this.#tabs.share('keystroke', conversation);
    }
  }

  /** Says in which conversation the person is looking at the newest messages (null: none). */
  watch(conversation) {
    this.watched = conversation;
  }

  /** Notes that the person has seen a conversation's messages up to a position, {from, id, place}. */
  async saw(conversation, position) {
    await this.#records.write((tx) => seen(tx, conversation, position));
  }

  /** Keeps what the person has begun to write in a conversation; an empty text ends that. */
  async draft(conversation, text) {
    await this.#records.write((tx) => draft(tx, conversation, text));
  }

  /** Gives a new user a profile, so that others find one. */
  #introduce() {
    this.people.saveMine({ name: this.me }).catch((error) => console.warn('webchat: no profile was made', error));
  }

  #listen() {
    ['messages', 'removed', 'conversations'].forEach((type) => this.#records.on(type, (all) => this.emit(type, all)));
    this.people.on('people', (users) => this.emit('people', users));
    this.presence.on('presence', (users) => {
      this.#typing.left(Array.from(users).filter((user) => !this.presence.isOnline(user)));
      this.emit('presence', users);
    });
    this.#leadership.on('lead', () => this.#lead());
    this.#leadership.on('follow', () => this.#hangUp());
    SHARED.forEach((type) => this.#tabs.on(type, (detail) => this.#heard(type, detail)));
    this.#tabs.on('hello', () => this.#greet());
    this.#tabs.on('keystroke', (conversation) => this.#line?.keystroke(conversation));
    this.#tabs.on('tryNow', () => this.#line?.tryNow());
    this.#tabs.on('refresh', () => this.#sync?.run());
  }

  #lead() {
    const [io, store, records] = [this.#io, this.#store, this.#records];
    this.#line = new Line({ me: this.me, io, device: this.#device, token: this.#token, store, records });
    const onState = (state) => this.#synced(state);
    this.#sync = new Sync({ rest: this.#rest, records, me: this.me, onState });
    SHARED.filter((type) => type !== 'sync').forEach((type) => this.#line.on(type, (it) => this.#tell(type, it)));
    this.#line.on('connection', (state) => state === 'online' && this.#sync.run());
    this.#line.on('gap', () => this.#sync.run());
    this.#line.on('expiring', () => this.#renew());
    this.#line.on('incoming', (messages) => messages.some((each) => this.#isFromNewRoom(each)) && this.#sync.run());
    this.#line.start().catch((error) => {
      console.error('webchat: this browser cannot read what it keeps', error);
      this.#tell('trouble', true);
    });
  }

  /** Gets a new token before the present one expires, so that the session goes on. */
  #renew() {
    renewToken(this.me, this.#rest)
      .then((token) => this.#line?.renew(token))
      .catch((error) => console.warn('webchat: the sign-in could not be renewed', error));
  }

  /** Whether it is from a room of which only the id is known: somebody has added this user to it. */
  #isFromNewRoom({ conversation }) {
    const { room, name } = this.conversations.get(conversation) ?? {};
    return room !== undefined && !name;
  }

  #synced(state) {
    this.#tell('sync', state instanceof Error ? 'failed' : state);
    if (state.code === 'unauthorized') {
      this.#line?.expire();
    }
  }

  async #hangUp() {
    this.#sync?.close();
    await this.#line?.close();
    this.#line = null;
    this.#sync = null;
  }

  /** A tab opened: it may have a new token, and does not know yet how things stand. */
  #greet() {
    if (this.#line) {
      this.#tabs.share('connection', this.connection);
      this.#tabs.share('sync', this.sync);
      if (this.connection === 'unauthorized') {
        this.#line.tryNow();
      }
    }
  }

  #tell(type, detail) {
    this.#tabs.share(type, detail);
    this.#heard(type, detail);
  }

  #heard(type, detail) {
    switch (type) {
      case 'connection':
        this.connection = detail;
        this.#connectionChanged(detail);
        break;
      case 'sync':
        this.sync = detail;
        break;
      case 'incoming':
        this.#cameIn(detail);
        break;
      case 'typing':
        this.#typing.heard(detail.conversation, detail.user);
        return;
      case 'heard':
        this.presence.heard(detail);
        this.people.heard(detail);
        return;
    }
    this.emit(type, detail);
  }

  #connectionChanged(state) {
    if (state === 'online') {
      this.presence.ask();
    } else if (state !== 'draining') {
      this.presence.forget();
    }
  }

  #cameIn(messages) {
    messages.forEach(({ conversation, from }) => this.#typing.stopped(conversation, from));
  }
}
