/** Where the server offers what this page needs, and how much of it the page asks for. All times in milliseconds. */

/** The path below which the server answers: that of this page, without a final slash. */
export const BASE = globalThis.location?.href ? new URL('.', globalThis.location.href).pathname.slice(0, -1) : '';

/** The Socket.IO client, served by the chat server itself; it defines the global `io`. */
export const SOCKET_IO_CLIENT = `${BASE}/webjars/socket.io-client/socket.io.min.js`;

/** Sign-in of the example server's users. */
export const LOGIN = `${BASE}/v1/login`;

/** Where a token is exchanged for a new one. */
export const RENEWAL = '/v1/token';

/** The server's default bound for a message text, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 16 * 1024;

/** How many messages the chat pane shows at first, and adds whenever its reader nears the top. */
export const PAGE = 50;

/** How many conversations are read at most when the list is brought up to date, and how many at once. */
export const LIST = { most: 500, page: 100 };

/** How often the list is brought up to date while nothing else asks for it. */
export const SYNC_EVERY = 60_000;

/** Presence: how often to ask, about how many at once, and how long an event from somebody says that they are there. */
export const PRESENCE = { every: 20_000, atOnce: 40, heard: 30_000 };

/**
 * Profiles: how long one is taken to be fresh, how long a missing one is after a sign of its user, and how many are asked
 * for at once. The server hides the profiles of strangers, so a missing one may appear with the first message.
 */
export const PROFILES = { fresh: 300_000, missing: 5_000, atOnce: 4 };

/** How long a newly opened tab waits for another tab to step back, where the browser has no locks. */
export const YIELD_TIMEOUT = 200;

/** How long to stay away from the server after this browser could not keep messages. */
export const KEEP_RETRY = 10_000;
