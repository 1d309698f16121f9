/** Where the server offers what this client needs, and how patient the client is. All times in milliseconds. */

/** The Socket.IO client, served by the chat server itself; it defines the global `io`. */
export const SOCKET_IO_CLIENT = '/webjars/socket.io-client/socket.io.min.js';

/** Sign-in of the example server's demo users. */
export const LOGIN = '/v1/login';

/** How long a sent event may stay unanswered before it is sent again. */
export const ANSWER_TIMEOUT = 10_000;

/** How long a connection attempt may take from the first packet to the server's welcome. */
export const CONNECT_TIMEOUT = 15_000;

/** Pauses between attempts to connect: they double from the first to the longest. */
export const RECONNECT = { first: 500, longest: 15_000 };

/** Pauses before an unanswered or refused-for-now event is sent again. */
export const RESEND = { first: 1_000, longest: 30_000 };

/** A typing signal is sent at most this often, and shown for `shown` after the last one heard. */
export const TYPING = { every: 3_000, shown: 5_000 };

/** The server's default bound for a message text, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 16 * 1024;

/** How many messages the chat pane shows at first, and adds at each "earlier messages". */
export const PAGE = 100;

/** How long a newly opened tab waits for another tab of the same user to finish its writing. */
export const YIELD_TIMEOUT = 200;

/** How long to stay away from the server after this browser could not keep messages. */
export const KEEP_RETRY = 10_000;
