/** How patient a client is. All times in milliseconds. */

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

/** How often a read over HTTP is tried, how long each try may take, and the pauses between them. */
export const READ = { tries: 4, timeout: 15_000, first: 500, longest: 8_000 };
