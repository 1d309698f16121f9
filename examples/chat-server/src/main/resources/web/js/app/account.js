/**
 * Who is signed in. A tab keeps its own account, so that two people can try the chat in two tabs; a new tab starts with
 * the account that signed in last in this browser.
 */

import { LOGIN } from '../config.js';
import { newDeviceId } from '../client/ids.js';

const ACCOUNT = 'webchat.account';
const DEVICE = 'webchat.device';

/** A sign-in that the server refused, or that did not reach it; the message is fit to be shown. */
export class SignInError extends Error {}

/** Signs in and remembers the account: {token, user, name, expiresAt}. */
export async function signIn(user, password) {
  const response = await fetch(LOGIN, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user, password }),
  }).catch(() => null);
  if (response === null) {
    throw new SignInError('The server cannot be reached. Check your connection and try again.');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok || !body.token) {
    throw new SignInError(body.detail || 'The server did not accept this sign-in.');
  }
  const account = { token: body.token, user: body.user, name: body.user, expiresAt: body.expiresAt };
  sessionStorage.setItem(ACCOUNT, JSON.stringify(account));
  localStorage.setItem(ACCOUNT, JSON.stringify(account));
  return account;
}

/** The account of this tab, or null. */
export function currentAccount() {
  const text = sessionStorage.getItem(ACCOUNT) ?? localStorage.getItem(ACCOUNT);
  if (text === null) {
    return null;
  }
  sessionStorage.setItem(ACCOUNT, text);
  return JSON.parse(text);
}

/** Forgets the token of a user in this tab, and for new tabs. */
export function forgetAccount(user) {
  for (const storage of [sessionStorage, localStorage]) {
    const text = storage.getItem(ACCOUNT);
    if (text !== null && JSON.parse(text).user === user) {
      storage.removeItem(ACCOUNT);
    }
  }
}

/**
 * This browser's device id. It belongs to the browser profile, not to the tab: the server keeps each event until every
 * device of its user has confirmed it, and tabs that were closed for good would never do that. The price is that only
 * one tab per user is connected at a time; the newest one takes over (see tabs.js).
 */
export function deviceId() {
  const device = localStorage.getItem(DEVICE) ?? newDeviceId();
  localStorage.setItem(DEVICE, device);
  return device;
}
