/** What to tell a person about a request that did not work: a sentence that says what to do. */

import { isEnglish, say } from '../app/language.js';
import { RestError } from '@webchat/client';

const BY_CODE = {
  unreachable: 'theServerCannotBeReachedCheck',
  rate_limited: 'thatWasTooMuchAtOnce',
  unavailable: 'theServerIsBusyTryAgain',
  internal: 'somethingWentWrongOnTheServer',
  unauthorized: 'yourSignInHasExpiredSign',
};

/** What to say where the server speaks a language of its own. In English its words say more. */
const REASONS = {
  ...BY_CODE,
  bad_request: 'theServerDoesNotTakeThat',
  forbidden: 'youAreNotAllowedToDoThat',
  not_found: 'thatIsNotThereAnyMore',
  rejected: 'theServerDoesNotTakeThat',
  too_large: 'thatIsTooLarge',
  queue_full: 'tooMuchIsWaitingForThem',
  conflict: 'thatIsTakenAlready',
};

/** The sentence for an error of a REST request; for any other error, one that shows nothing of it. */
export function failureText(error) {
  if (!(error instanceof RestError)) {
    console.error('webchat: something is wrong with this page', error);
    return say('somethingWentWrongOnThisPage');
  }
  return error.code in BY_CODE ? say(BY_CODE[error.code]) : reasonText({ code: error.code, detail: error.message });
}

/** The sentence for a reason of the server, its {code, detail}; empty where it gave none. */
export function reasonText({ code, detail = '' }) {
  if (code === undefined || isEnglish()) {
    return sentence(detail);
  }
  return say(REASONS[code] ?? 'theServerRefusedThat');
}

/** A reason that the server gave in a few words, as a sentence of a page. */
export function sentence(reason) {
  const text = reason.trim();
  const first = Array.from(text)[0] ?? '';
  return first.toUpperCase() + text.slice(first.length) + (/[.!?…]$/.test(text) || text === '' ? '' : '.');
}
