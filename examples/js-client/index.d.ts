/** What calls listeners, synchronously and in the order in which they were added. */
export class Emitter<Events> {
  /** Adds a listener and returns a function that removes it. */
  on<Type extends keyof Events>(type: Type, listener: (detail: Events[Type]) => void): () => void;
  emit<Type extends keyof Events>(type: Type, ...detail: Events[Type] extends void ? [] : [Events[Type]]): void;
  /** Removes all listeners. */
  clear(): void;
}

/** How a connection is. From `replaced` and `unauthorized` only the application leads on. */
export type ConnectionState =
  'stopped' | 'connecting' | 'online' | 'draining' | 'reconnecting' | 'offline' | 'replaced' | 'unauthorized';

/** How far a message has come. `received` is the state of messages of others, `noted` of what happened to a room. */
export type MessageState = 'pending' | 'sent' | 'delivered' | 'displayed' | 'failed' | 'received' | 'noted';

/** A position in the history of a conversation. */
export interface Position {
  readonly from: string;
  readonly id: string;
  /** The server's time, in milliseconds. */
  readonly place: number;
}

/** A file of a message. */
export interface Attachment {
  readonly id: string;
  /** As its owner calls it; for people only. */
  readonly name?: string;
  /** The media type, which the server finds from the content. */
  readonly type: string;
  readonly bytes: number;
  /** A hint for the size on the screen, in pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** What a message may have beside its text. */
export interface Content {
  /** The application's name for its kind; without it, a text. */
  readonly type?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** The message that it answers, from the history with the beginning of its text. */
  readonly replyTo?: { readonly from: string; readonly id: string; readonly text?: string };
  readonly mentions?: readonly string[];
  /** Files that were uploaded, and that no other message names. */
  readonly attachments?: readonly Attachment[];
}

/** A message as it is kept. */
export interface Message extends Position, Content {
  /** The user whom it went to, in a conversation of two. */
  readonly to?: string;
  /** The room that it went to. */
  readonly room?: string;
  readonly conversation: string;
  readonly text: string;
  /** When it was written or logged, in milliseconds. */
  readonly at: number;
  /** Orders messages of one place. */
  readonly n: number;
  readonly state: MessageState;
  readonly editedAt?: number;
  /** When it was deleted; it has no content then. */
  readonly deletedAt?: number;
  /** Who deleted it; null for the application. */
  readonly deletedBy?: string | null;
  /** How many gave each reaction, and the first of them. */
  readonly reactions?: readonly { readonly reaction: string; readonly count: number; readonly users: readonly string[] }[];
  /** Why it failed: a code of the protocol, and the server's words. */
  readonly code?: string;
  readonly detail?: string;
}

/** A conversation as it is kept. Its id is `user:` and the other user's, or `room:` and the room's. */
export interface Conversation {
  readonly id: string;
  readonly peer?: string;
  readonly room?: string;
  /** The name of a room. */
  readonly name?: string;
  readonly role?: string;
  /** The picture of a room as a data address, once it was read; see `Rooms.want`. */
  readonly picture?: string;
  /** Whether the user is no longer in the room. */
  readonly left?: boolean;
  /** How many messages of others were not seen yet; from `MOST_COUNTED` on there may be more. */
  readonly unread: number;
  /** How many of the unread messages mention this user; missing in what was kept by an earlier version. */
  readonly mentions?: number;
  readonly createdAt: number;
  readonly last?: Message;
  /** The newest message that the server has stored and this client has heard of. */
  readonly newest: Position | null;
  readonly draft?: string;
  /** The newest message that was seen. */
  readonly seen?: Position;
  /** How the person has arranged it in this browser. */
  readonly isPinned?: boolean;
  readonly isMuted?: boolean;
  readonly isArchived?: boolean;
  /** Whether the person has deleted it; its next message brings it back. */
  readonly isGone?: boolean;
}

/** What somebody tells about themselves; texts may be empty. */
export interface Person {
  readonly user: string;
  readonly name: string;
  readonly colour: string;
  readonly picture: string;
}

/** What the server refused, or did not answer. */
export class RestError extends Error {
  /** A code of the protocol, or `unreachable`. */
  readonly code: string;
  readonly status: number;
  /** In how many milliseconds the same request may succeed; null where the server does not say. */
  readonly retryAfter: number | null;
  /** Whether the same request may succeed later. */
  get isPassing(): boolean;
  constructor(problem?: { code?: string; status?: number; detail?: string; retryAfter?: number | null });
}

/** The error that a failed answer says. */
export function refusal(response: Response, problem: { code?: string; detail?: string } | null): RestError;

type Query = Record<string, string | number | readonly string[] | null | undefined>;

/** The REST API with one user's token. Everything rejects with a `RestError`; only reads are tried again. */
export class Rest {
  constructor(options: { token: () => string; fetch?: (path: string, init: RequestInit) => Promise<Response> });
  get<Answer = any>(path: string, query?: Query): Promise<Answer>;
  post<Answer = any>(path: string, body?: unknown): Promise<Answer>;
  put<Answer = any>(path: string, body?: unknown): Promise<Answer>;
  patch<Answer = any>(path: string, body?: unknown): Promise<Answer>;
  delete<Answer = any>(path: string): Promise<Answer>;
}

/** Where a client keeps messages, conversations, people and its position in the server's queue. */
export interface ClientStore {
  /** Whether what it is given outlasts the page. */
  readonly isLasting: boolean;
  close(): void;
}

/** A store in IndexedDB, which pages of one browser share. */
export class Store implements ClientStore {
  readonly isLasting: boolean;
  static open(user: string): Promise<Store>;
  /** Deletes everything kept of a user. */
  static remove(user: string): Promise<void>;
  close(): void;
}

/** What a store in memory holds, of values that JSON has. Its parts may change from version to version. */
export type Snapshot = Readonly<Record<string, readonly (readonly [string, unknown])[]>>;

/** A store in memory, for one run or, with its snapshots, for several. */
export class MemoryStore implements ClientStore {
  readonly isLasting: boolean;
  /** A store that holds what another one did; by default nothing. */
  constructor(snapshot?: Snapshot);
  /** What it holds now. */
  snapshot(): Snapshot;
  close(): void;
}

/** What pages of one browser that share a store tell each other. */
export class Tabs extends Emitter<Record<string, any>> {
  constructor(user: string);
  share(kind: string, detail?: unknown): void;
  close(): void;
}

/** The history of one conversation: what the store has at once, then what the server says. */
export interface Pager {
  /** The place from which on everything is known without a hole. */
  readonly floor: number;
  /** Whether there may be older messages on the server. */
  readonly hasOlder: boolean;
  /** Whether anything came from the server yet. */
  readonly isOpen: boolean;
  /** Whether the server shows this user no history, because they are not in the room. */
  readonly isHidden: boolean;
  /** What the store has of the newest messages, oldest first, and whether nothing newer or unread is missing. */
  kept(goal?: Goal): Promise<{ records: Message[]; floor: number; isWhole: boolean }>;
  /** Gets the first pages from the server, as far as the goal is. */
  begin(goal?: Goal): Promise<void>;
  /** Gets the next older page. */
  older(options?: { isLarge?: boolean }): Promise<unknown[]>;
  /** Gets what is newer than all that came so far; where nothing came, the first page. */
  newer(): Promise<void>;
  /** What is known without a hole and was not told by an earlier call, oldest first. */
  known(): Promise<Message[]>;
}

/** Where a reader begins: at a position, at the first of so many unread messages, or at the end. */
export interface Goal {
  readonly position?: { readonly place: number } | null;
  readonly unread?: number;
  readonly readTo?: number;
}

/** What users tell about themselves, and whom this user blocks. */
export interface People {
  readonly known: readonly string[];
  nameOf(user: string): string;
  profileOf(user: string): Person;
  /** Asks for profiles that are not known or no longer fresh. */
  want(users: readonly string[]): void;
  /** Asks slowly for the profiles of all these users that are not known, and no longer for those of an earlier call. */
  meet(users: readonly string[]): Promise<void>;
  /** Whether there are users still to be met. */
  readonly isMeeting: boolean;
  /** Whether the server knows such a user; true where it does not tell. */
  exists(user: string): Promise<boolean>;
  saveMine(profile: { name: string; colour?: string; picture?: string }): Promise<void>;
  isBlocked(user: string): boolean;
  setBlocked(user: string, isBlocked: boolean): Promise<void>;
}

/** Who is there, of those who are shown, and when the others were. */
export interface Presence {
  isOnline(user: string): boolean;
  /** When somebody who is not online was connected last, in Unix milliseconds; null where that is not known. */
  lastSeen(user: string): number | null;
  /** Says who is shown from now on. */
  show(users: readonly string[]): void;
}

/** How a transfer goes on, and what may end it. */
export interface Transfer {
  /** Ends it; the promise rejects with the signal's reason then. */
  readonly signal?: AbortSignal | null;
  /** Called with how many bytes have moved, and of how many. */
  readonly onProgress?: (progress: { readonly loaded: number; readonly total: number }) => void;
}

/** The files of messages. Everything rejects with a `RestError`. Only some transfers run at once; the others wait. */
export interface Files {
  /** The size of the largest file, 0 where the server takes none, and how many files a message has at most. */
  limits(): Promise<{ maxBytes: number; maxFiles: number }>;
  /** Uploads a file and resolves to what a message names. It is not tried again by itself. */
  upload(file: Blob, options?: Transfer & { readonly name?: string }): Promise<Attachment>;
  /** Takes back an uploaded file that no message names. */
  discard(attachment: { readonly id: string }): Promise<void>;
  /** Reads a file of a message. After a passing failure it goes on where it was. */
  download(message: Message, attachment: Attachment, options?: Transfer): Promise<Blob>;
}

/** A room. Its `picture` is the name of this version of the picture in `data`, or an address of the application's. */
export type RoomDetails = Readonly<{
  id: string; name: string; picture: string; data: Record<string, unknown>; open: boolean;
  members: { userId: string; role: string }[];
}>;

/** Rooms as their members change them. */
export interface Rooms {
  create(room: { id: string; name: string; members: readonly string[]; open: boolean }): Promise<string>;
  join(id: string): Promise<string>;
  /** Reads the pictures of these conversations' rooms where that is missing. Never rejects. */
  want(conversations: readonly Conversation[]): Promise<void>;
  /** Gives a room a picture, a small one as a data address; an empty text takes it away. Owners may. */
  setPicture(id: string, picture: string): Promise<void>;
  find(id: string): Promise<RoomDetails>;
  put(id: string, user: string, role?: string): Promise<void>;
  remove(id: string, user: string): Promise<void>;
  leave(id: string): Promise<void>;
}

export interface ClientEvents {
  messages: Message[];
  conversations: Conversation[];
  removed: { from: string; id: string }[];
  incoming: Message[];
  typing: string;
  people: Set<string>;
  presence: Set<string>;
  gap: void;
  connection: ConnectionState;
  expiring: void;
  trouble: boolean;
  sync: 'loading' | 'done' | 'failed';
}

export interface ClientOptions {
  /** Where the chat server is, such as `https://chat.example.org/`. */
  url: string;
  /** The Socket.IO client: `io` of the package `socket.io-client`, version 4. */
  io: (uri: string, options: any) => any;
  user: string;
  /** The id of this installation: random (`newDeviceId`), and the same for ever. */
  device: string;
  /** Called whenever a token is needed. */
  token: () => string;
  /** Called when the token will soon expire; returns a promise of a new one. */
  renew?: (rest: Rest) => Promise<string>;
  /** By default in memory. */
  store?: ClientStore;
  /** For pages of one browser that share a store. */
  tabs?: Tabs | null;
  locks?: LockManager | null;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** What sends uploads and tells how far they are; null: `fetch` does. By default the platform's own, if it has one. */
  XMLHttpRequest?: (new () => any) | null;
  /** What emits `online` and `offline`; by default the window. */
  network?: EventTarget;
}

/** One user's chat. */
export class ChatClient extends Emitter<ClientEvents> {
  readonly me: string;
  readonly people: People;
  readonly presence: Presence;
  readonly rooms: Rooms;
  readonly files: Files;
  readonly rest: Rest;
  readonly connection: ConnectionState;
  readonly sync: 'loading' | 'done' | 'failed';
  readonly watched: string | null;
  readonly isLasting: boolean;
  /** Whether this page speaks to the server for all that share the store. */
  readonly isLeading: boolean;
  readonly conversations: ReadonlyMap<string, Conversation>;
  constructor(options: ClientOptions);
  /** Takes up what the store holds, and connects. */
  start(options?: { isNew?: boolean }): Promise<void>;
  /** Ends for good. */
  close(): Promise<void>;
  /** How many own messages the server has not answered yet. */
  unsent(): Promise<number>;
  /** Connects at once instead of waiting for the next attempt. */
  tryNow(): void;
  /** Goes on with a new token. */
  renew(token: string): void;
  /** Brings the list of conversations up to date. */
  refresh(): void;
  /** The users who are writing in a conversation now. */
  writers(conversation: string): string[];
  /** The history of a conversation. */
  pager(conversation: string): Pager;
  /** Opens a conversation with a user and resolves to its id. */
  converse(peer: string): Promise<string>;
  /** Whether there is such a user: in a conversation, with a profile, or known to the server, if that tells. */
  exists(user: string): Promise<boolean>;
  /** Keeps a text as pending; it is sent as soon as that is possible. */
  send(conversation: string, text: string, content?: Content): Promise<void>;
  /** Replaces the text of an own message, whom it mentions, and its files; by default the latter two stay. */
  edit(message: Message, text: string, content?: Pick<Content, 'mentions' | 'attachments'>): Promise<void>;
  /** Deletes a message for everyone. */
  remove(message: Message): Promise<void>;
  /** Reacts to a message, or takes that back. */
  react(message: Message, reaction: string, options?: { isRemoved?: boolean }): Promise<void>;
  /** Who has got an own message, and who has seen it. */
  receipts(message: Message): Promise<{ user: string; state: MessageState }[]>;
  /** Keeps how the person has arranged a conversation. */
  arrange(conversation: string, marks: { isPinned?: boolean; isMuted?: boolean; isArchived?: boolean }): Promise<void>;
  /**
   * Deletes a conversation for this user, up to a position: by default the newest message that is known now. Others keep
   * theirs, and its next message brings it back.
   */
  forget(conversation: string, upTo?: Position | null): Promise<void>;
  /** Sends a failed message again. */
  retry(id: string): Promise<void>;
  /** The person is writing: the other side may be told. */
  keystroke(conversation: string): void;
  /** Says in which conversation the person is looking at the newest messages. */
  watch(conversation: string | null): void;
  /** Notes that the person has seen a conversation's messages up to a position. */
  saw(conversation: string, position: Position): Promise<void>;
  /** Keeps what was begun to be written; an empty text ends that. */
  draft(conversation: string, text: string): Promise<void>;
}

/** The server counts unread messages no further. */
export const MOST_COUNTED: number;

/** A random id for a device. */
export function newDeviceId(source?: Crypto): string;
/** A random id for a message or a room. */
export function newMessageId(source?: Crypto): string;
/** The conversation with one other user. */
export function conversationWith(peer: string): string;
/** The conversation of a room. */
export function conversationIn(room: string): string;
/** Whom messages of a conversation go to. */
export function partner(conversation: string): { peer?: string; room?: string };
/** Orders messages as everybody sees them. */
export function byPlace(one: { place: number; n: number }, other: { place: number; n: number }): number;
/** Compares positions; nothing comes before all. */
export function byPosition(one: Position | null | undefined, other: Position | null | undefined): number;
/** The position of a message. */
export function positionOf(message: Position): Position;
/** The position of the newest message that is known of a conversation, or null. */
export function reachOf(conversation: Conversation): Position | null;
/** How many bytes a text has on the wire. */
export function textBytes(text: string): number;
