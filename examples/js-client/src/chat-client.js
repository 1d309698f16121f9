import { conversationWith, logId } from './conversation.js';
import { Emitter } from './emitter.js';
import { Files } from './files.js';
import { newMessageId, nextTicket } from './ids.js';
import { Rest, segment } from './rest.js';
import { TypingWatch } from './typing.js';
import { arrange, compose, converse, draft, forget, reachOf, retry, seen } from './history.js';
import { Alone, Leadership } from './leadership.js';
import { Line } from './line.js';
import { MemoryStore } from './memory-store.js';
import { Pager } from './pager.js';
import { People } from './people.js';
import { Presence } from './presence.js';
import { Records } from './records.js';
import { cursorUpTo } from './removal.js';
import { Rooms } from './rooms.js';
import { surroundings } from './surroundings.js';
import { Sync } from './sync.js';
import { noTabs } from './tabs.js';
import { namedFile } from './wire.js';

/** What the leading tab's line tells, and every tab shows. */
const SHARED = ['connection', 'incoming', 'typing', 'heard', 'gap', 'trouble', 'sync'];

/**
 * One user's chat: what there is to show, and what the user can do. It keeps a connection, and keeps what it hears in a
 * store before it confirms it.
 *
 * Several pages of one browser can share a store. Each writes what its user does to the store; the one that leads speaks
 * to the server for all.
 *
 * Emits `messages` and `conversations` (records that are new or changed), `removed` ({from, id}), `incoming` (messages new
 * to this device), `typing` (a conversation id), `people` and `presence` (sets of user ids), `gap`, `connection` (a state
 * of `Session`), `expiring` (the token will soon expire), `trouble` (whether the store cannot keep messages) and `sync`
 * (`loading`, `done` or `failed`: how the list of conversations is doing).
 */
export class ChatClient extends Emitter {
  #io;
  #store;
  #tabs;
  #device;
  #token;
  #renewal;
  #network;
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

  /**
   * @param url where the chat server is
   * @param io the Socket.IO client
   * @param user whose chat this is
   * @param device the id of this installation: random, and the same for ever
   * @param token called whenever a token is needed
   * @param renew called with a `Rest` when the token will soon expire; returns a promise of a new token
   * @param store where messages are kept, by default in memory
   * @param tabs what pages of one browser that share the store tell each other, if there are such
   * @param locks the browser's lock manager, by which they take turns
   * @param fetch by default the platform's own; so is XMLHttpRequest, which tells how far uploads are
   * @param network what emits `online` and `offline`, by default the window
   */
  constructor(options) {
    super();
    const { url, io, user, device, token, renew = null, store = new MemoryStore(), tabs = null } = options;
    const { locks, fetch = (...request) => globalThis.fetch(...request), network = surroundings() } = options;
    const base = new URL(url);
    const path = base.pathname.replace(/\/$/, '');
    const address = (route) => base.origin + path + route;
    this.me = user;
    this.#io = (settings) => io(base.origin, { path: `${path}/socket.io/`, ...settings });
    this.#store = store;
    this.#tabs = tabs ?? noTabs(user);
    this.#device = device;
    this.#token = token;
    this.#renewal = renew;
    this.#network = network;
    this.#rest = new Rest({ token, fetch: (route, init) => fetch(address(route), init) });
    this.files = new Files({ rest: this.#rest, me: user, token, fetch, address, XMLHttpRequest: options.XMLHttpRequest });
    this.#records = new Records({ store, tabs: this.#tabs });
    this.people = new People({ rest: this.#rest, store, tabs: this.#tabs });
    this.presence = new Presence({ rest: this.#rest });
    this.rooms = new Rooms({ rest: this.#rest, records: this.#records, me: user });
    this.#leadership = tabs === null ? new Alone() : new Leadership({ user, tabs, locks });
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
    this.people.learnBlocks();
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

  /** Whether this page speaks to the server for all that share the store. */
  get isLeading() {
    return this.#leadership.isLeading;
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

  /** Goes on with a new token. From now on `token` must return it, too. */
  renew(token) {
    this.#line?.renew(token);
  }

  /** REST with the user's token, for what this class does not offer. */
  get rest() {
    return this.#rest;
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

  /**
   * Whether there is such a user: somebody with whom there is a conversation, of whom there is a profile, or of whom the
   * server says so. True where the server does not tell. Rejects with a `RestError`.
   */
  async exists(user) {
    const isKnown = this.conversations.has(conversationWith(user)) || this.people.profileOf(user).name !== '';
    return isKnown || this.people.exists(user);
  }

  /**
   * Keeps a text as pending; it is sent as soon as that is possible.
   *
   * @param content what the message has beside the text: of {type, data, replyTo ({from, id}), mentions, attachments}
   */
  async send(conversation, text, content = {}) {
    const message = { me: this.me, conversation, text, ...content, id: newMessageId(), at: Date.now(), n: nextTicket() };
    await this.#records.write((tx) => compose(tx, message));
  }

  /**
   * Replaces the text of a message of ours. Rejects with a `RestError`.
   *
   * @param content whom it mentions and which files it has from now on; by default those of before
   */
  async edit(message, text, content = {}) {
    const { data, mentions, attachments } = { ...message, ...content };
    const files = attachments && { attachments: attachments.map(namedFile) };
    await this.#rest.put(this.#pathOf(message), { text, ...(data && { data }), ...(mentions && { mentions }), ...files });
  }

  /** Deletes a message for everyone. Rejects with a `RestError`. */
  async remove(message) {
    await this.#rest.delete(this.#pathOf(message));
  }

  /** Reacts to a message, or takes that back. Rejects with a `RestError`. */
  async react(message, reaction, { isRemoved = false } = {}) {
    await this.#rest.post(`${this.#pathOf(message)}/reactions`, { reaction, remove: isRemoved });
  }

  /**
   * Who has got a message of ours, and who has seen it: [{user, state}] with the states of own messages. Rejects with a
   * `RestError`, for a large room with the code `too_large`.
   */
  async receipts({ conversation, id }) {
    const path = `/v1/call-logs/${segment(logId(conversation, this.me))}/messages/${segment(id)}/receipts`;
    const { items } = await this.#rest.get(path);
    return items.map(({ userId, status }) => ({ user: userId, state: status }));
  }

  /** Keeps in this browser how the person has arranged a conversation: of {isPinned, isMuted, isArchived}. */
  async arrange(conversation, marks) {
    await this.#records.write((tx) => arrange(tx, conversation, marks));
  }

  /**
   * Deletes a conversation from this user's list and history, on the server and in this browser. Others keep theirs, and
   * its next message brings it back. Rejects with a `RestError`.
   *
   * @param upTo the position of the last message to delete: `reachOf` of the conversation when the person was asked; by
   *     default of the newest message that is known now
   */
  async forget(conversation, upTo = reachOf(this.conversations.get(conversation))) {
    const path = `/v1/call-logs/${segment(logId(conversation, this.me))}`;
    const cursor = await cursorUpTo(this.#rest, `${path}/messages`, upTo);
    if (cursor !== null) {
      await this.#rest.delete(`${path}?upTo=${segment(cursor)}`);
    }
    await this.#records.write((tx) => forget(tx, conversation, { upTo, me: this.me }));
  }

  #pathOf({ conversation, from, id }) {
    return `/v1/call-logs/${segment(logId(conversation, this.me))}/messages/${segment(from)}/${segment(id)}`;
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
    await this.#records.write((tx) => seen(tx, conversation, position, this.me));
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
    const [io, store, records, network] = [this.#io, this.#store, this.#records, this.#network];
    this.#line = new Line({ me: this.me, io, network, device: this.#device, token: this.#token, store, records });
    const onState = (state) => this.#synced(state);
    this.#sync = new Sync({ rest: this.#rest, records, me: this.me, onState });
    SHARED.filter((type) => type !== 'sync').forEach((type) => this.#line.on(type, (it) => this.#tell(type, it)));
    this.#line.on('connection', (state) => state === 'online' && this.#sync.run());
    this.#line.on('gap', () => this.#sync.run());
    this.#line.on('rooms', () => this.#sync.run({ isWhole: false }));
    this.#line.on('expiring', () => this.#expiring());
    this.#line.on('incoming', (messages) => messages.some((each) => this.#isFromNewRoom(each)) && this.#sync.run());
    this.#line.start().catch((error) => {
      console.error('webchat: this browser cannot read what it keeps', error);
      this.#tell('trouble', true);
    });
  }

  /** The token will soon expire: gets a new one, so that the session goes on. */
  #expiring() {
    this.emit('expiring');
    Promise.resolve(this.#renewal?.(this.#rest))
      .then((token) => token && this.renew(token))
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
      this.people.learnBlocks();
    } else if (state !== 'draining') {
      this.presence.forget();
    }
  }

  #cameIn(messages) {
    messages.forEach(({ conversation, from }) => this.#typing.stopped(conversation, from));
  }
}
