/**
 * Who is signed in. A tab keeps its own account, so that two people can try the chat in two tabs; a new tab starts with
 * the account that signed in last in this browser.
 */

import { LOGIN, RENEWAL } from '../config.js';
import { newDeviceId } from '../client/ids.js';
import { refusal, RestError } from '../client/rest.js';

const ACCOUNT = 'webchat.account';
const DEVICE = 'webchat.device';

/** Signs in and remembers the account: {token, user, expiresAt, registered}. Rejects with a `RestError`. */
export async function signIn(user, password) {
  let response;
  try {
    response = await fetch(LOGIN, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user, password }),
    });
  } catch {
    throw new RestError();
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || !body?.token) {
    throw refusal(response, body);
  }
  const account = { token: body.token, user: body.user, expiresAt: body.expiresAt };
  sessionStorage.setItem(ACCOUNT, JSON.stringify(account));
  localStorage.setItem(ACCOUNT, JSON.stringify(account));
  return { ...account, registered: body.registered === true };
}

/** Exchanges the token of a user for a new one and remembers that; rejects with a `RestError`. Returns the token. */
export async function renewToken(user, rest) {
  const { token, expiresAt } = await rest.post(RENEWAL);
  const account = { token, user, expiresAt };
  for (const storage of [sessionStorage, localStorage]) {
    if (stored(storage)?.user === user) {
      storage.setItem(ACCOUNT, JSON.stringify(account));
    }
  }
  return token;
}

/** The account of this tab, or null. */
export function currentAccount() {
  const account = stored(sessionStorage) ?? stored(localStorage);
  if (account !== null) {
    sessionStorage.setItem(ACCOUNT, JSON.stringify(account));
  }
  return account;
}

/** The newest token of a user in this browser: another tab may have signed in anew. */
export function tokenOf({ user, token }) {
  const newest = stored(localStorage);
  return newest?.user === user ? newest.token : token;
}

/** Forgets the token of a user in this tab, and for new tabs. */
export function forgetAccount(user) {
  for (const storage of [sessionStorage, localStorage]) {
    if (stored(storage)?.user === user) {
      storage.removeItem(ACCOUNT);
    }
  }
}

/**
 * This browser's device id. It belongs to the browser profile, not to the tab: the server keeps each event until every
 * device of its user has confirmed it, and tabs that were closed for good would never do that.
 */
export function deviceId() {
  const device = localStorage.getItem(DEVICE) ?? newDeviceId();
  localStorage.setItem(DEVICE, device);
  return device;
}

function stored(storage) {
  const text = storage.getItem(ACCOUNT);
  return text === null ? null : JSON.parse(text);
}
