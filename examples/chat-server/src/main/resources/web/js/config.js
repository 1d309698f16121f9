/** Where the server offers what this page needs, and how much of it the page asks for. All times in milliseconds. */

/** Where the chat server is: this page is its root. */
export const SERVER = new URL('.', globalThis.location?.href ?? 'http://localhost/').href;

/** Sign-in of the example server's users. */
export const LOGIN = `${SERVER}v1/login`;

/** Where a token is exchanged for a new one. */
export const RENEWAL = '/v1/token';

/** Where a password is changed. */
export const PASSWORD = '/v1/password';

/** The server's default bound for a message text, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 16 * 1024;

/** How many characters of an answered message are kept with the answer, as many as the server gives. */
export const MAX_QUOTE = 200;
