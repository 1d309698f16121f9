/** What to tell a person about a request that did not work: a sentence that says what to do. */

import { RestError } from '@webchat/client';

const BY_CODE = {
  unreachable: 'The server cannot be reached. Check your connection and try again.',
  rate_limited: 'That was too much at once. Wait a moment and try again.',
  unavailable: 'The server is busy. Try again in a moment.',
  internal: 'Something went wrong on the server. Try again in a moment.',
  unauthorized: 'Your sign-in has expired. Sign in again.',
};

/** The sentence for an error of a REST request; for any other error, one that shows nothing of it. */
export function failureText(error) {
  if (!(error instanceof RestError)) {
    console.error('webchat: something is wrong with this page', error);
    return 'Something went wrong on this page. Reload it and try again.';
  }
  return BY_CODE[error.code] ?? sentence(error.message);
}

/** A reason that the server gave in a few words, as a sentence of a page. */
export function sentence(reason) {
  const text = reason.trim();
  const first = Array.from(text)[0] ?? '';
  return first.toUpperCase() + text.slice(first.length) + (/[.!?…]$/.test(text) || text === '' ? '' : '.');
}
