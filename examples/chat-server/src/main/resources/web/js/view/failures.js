/** What to tell a person about a request that did not work: a sentence that says what to do. */

import { say } from '../app/language.js';
import { RestError } from '@webchat/client';

const BY_CODE = {
  unreachable: 'theServerCannotBeReachedCheck',
  rate_limited: 'thatWasTooMuchAtOnce',
  unavailable: 'theServerIsBusyTryAgain',
  internal: 'somethingWentWrongOnTheServer',
  unauthorized: 'yourSignInHasExpiredSign',
};

/** The sentence for an error of a REST request; for any other error, one that shows nothing of it. */
export function failureText(error) {
  if (!(error instanceof RestError)) {
    console.error('webchat: something is wrong with this page', error);
    return say('somethingWentWrongOnThisPage');
  }
  return error.code in BY_CODE ? say(BY_CODE[error.code]) : sentence(error.message);
}

/** A reason that the server gave in a few words, as a sentence of a page. */
export function sentence(reason) {
  const text = reason.trim();
  const first = Array.from(text)[0] ?? '';
  return first.toUpperCase() + text.slice(first.length) + (/[.!?…]$/.test(text) || text === '' ? '' : '.');
}
