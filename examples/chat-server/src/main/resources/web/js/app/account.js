/**
 * Who is signed in. A tab keeps its own account, so that two people can try the chat in two tabs; a new tab starts with
 * the account that signed in last in this browser.
 */

import { newDeviceId, refusal, RestError } from '@webchat/client';
import { LOGIN, PASSWORD, RENEWAL } from '../config.js';
import { ofBrowser, ofTab } from './texts.js';

const ACCOUNT = 'webchat.account';
const DEVICE = 'webchat.device';

/**
 * Signs in and remembers the account: {token, user, expiresAt, isShared, registered}. Rejects with a `RestError`, with
 * the code `not_found` where there is no such user and none is to be made.
 *
 * @param isNew whether the account may be made
 * @param isShared whether others use this browser too: a new tab does not start with this account then
 */
export async function signIn({ user, password, isNew = false, isShared = false }) {
  let response;
  try {
    response = await fetch(LOGIN, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user, password, register: isNew }),
    });
  } catch {
    throw new RestError();
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || !body?.token) {
    throw refusal(response, body);
  }
  const account = { token: body.token, user: body.user, expiresAt: body.expiresAt, isShared };
  keep(ofTab, account);
  if (!isShared) {
    keep(ofBrowser, account);
  }
  return { ...account, registered: body.registered === true };
}

/** Exchanges the token of a user for a new one and remembers that; rejects with a `RestError`. Returns the token. */
export async function renewToken(user, rest) {
  return keepToken(user, await rest.post(RENEWAL));
}

/**
 * Changes the password of a user who knows it, and goes on with the new token that comes with that. Rejects with a
 * `RestError`, with the code `forbidden` where the old password is wrong. Returns the token.
 */
export async function changePassword(user, rest, { password, newPassword }) {
  return keepToken(user, await rest.post(PASSWORD, { password, newPassword }));
}

function keepToken(user, { token, expiresAt }) {
  for (const texts of [ofTab, ofBrowser]) {
    const account = stored(texts);
    if (account?.user === user) {
      keep(texts, { ...account, token, expiresAt });
    }
  }
  return token;
}

/** The account of this tab, or null. */
export function currentAccount() {
  const account = stored(ofTab) ?? stored(ofBrowser);
  if (account !== null) {
    keep(ofTab, account);
  }
  return account;
}

/** The newest token of a user in this browser: another tab may have signed in anew. */
export function tokenOf({ user, token }) {
  const newest = [stored(ofBrowser), stored(ofTab)].find((account) => account?.user === user);
  return newest?.token ?? token;
}

/** Forgets the token of a user in this tab, and for new tabs. */
export function forgetAccount(user) {
  for (const texts of [ofTab, ofBrowser]) {
    if (stored(texts)?.user === user) {
      texts.remove(ACCOUNT);
    }
  }
}

/**
 * This browser's device id. It belongs to the browser profile, not to the tab: the server keeps each event until every
 * device of its user has confirmed it, and tabs that were closed for good would never do that.
 */
export function deviceId() {
  return deviceOf(ofBrowser);
}

/**
 * What a page shares with the others of this browser, as a client needs it: {device, tabs}. With a store on disk they
 * are one device, and one of them leads. A store in memory is a page's own, so that the page is a device of its own
 * and speaks for itself.
 */
export function sharing(store, tabs) {
  return store.isLasting ? { device: deviceId(), tabs } : { device: deviceOf(ofTab), tabs: null };
}

function deviceOf(texts) {
  const device = texts.get(DEVICE) ?? newDeviceId();
  texts.set(DEVICE, device);
  return device;
}

function keep(texts, account) {
  texts.set(ACCOUNT, JSON.stringify(account));
}

/** Whatever is not an account counts as none: somebody or something else has written it. */
function stored(texts) {
  try {
    const account = JSON.parse(texts.get(ACCOUNT));
    return typeof account?.token === 'string' && typeof account.user === 'string' ? account : null;
  } catch {
    texts.remove(ACCOUNT);
    return null;
  }
}
