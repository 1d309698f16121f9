/** How much the client asks for at a time, and how often. All times in milliseconds. */

/** How many messages are read at a time whenever the reader of a conversation nears the oldest one. */
export const PAGE = 50;

/**
 * Larger reads: `large` is the server's largest page, for a search and where much is unread. `context` is how many
 * messages are read before the first unread one, `kept` how many the store gives at most at first, and `atFirst` how
 * many pages are read at most on the way to where the reader begins.
 */
export const PAGES = { large: 200, context: 20, kept: 1_000, atFirst: 10 };

/** The server counts no further: a conversation with so many unread messages may have more. */
export const MOST_COUNTED = 100;

/** How many conversations are read at once when the list is brought up to date. */
export const LIST_PAGE = 100;

/** How often the list is brought up to date while nothing else asks for it. */
export const SYNC_EVERY = 60_000;

/** Presence: how often to ask, about how many at once, and how long an event from somebody says that they are there. */
export const PRESENCE = { every: 20_000, atOnce: 40, heard: 30_000 };

/**
 * Profiles: how long one is taken to be fresh, how long a missing one is after a sign of its user, and how many are asked
 * for at once. The server hides the profiles of strangers, so a missing one may appear with the first message. `every` is
 * the pause where all of many are asked for: half of the requests that the server takes from a user are left to others.
 */
export const PROFILES = { fresh: 300_000, missing: 5_000, atOnce: 4, every: 40 };

/** How long a newly opened tab waits for another tab to step back, where the browser has no locks. */
export const YIELD_TIMEOUT = 200;

/** How long to stay away from the server after this browser could not keep messages. */
export const KEEP_RETRY = 10_000;

/**
 * Files: how many go up and come down at once (the server takes five and eight of a user, in all tabs together), how long
 * a transfer may stand still, how many letters a name has at most, and how many of its end are kept when it is cut.
 */
export const FILES = { uploads: 3, downloads: 4, stall: 60_000, name: 255, nameEnd: 20 };
