/** What each user of this browser wants to be notified of. All tabs read the same. */

import { ofBrowser } from './texts.js';

const nameFor = (user) => `webchat.notices.${user}`;

/**
 * How a user wants to be notified of new messages in this browser: {isOn, hasSound, isPushed, showsText}, the last two
 * while the page is closed.
 */
export function noticesFor(user, texts = ofBrowser) {
  try {
    const { isOn, hasSound, isPushed, showsText } = JSON.parse(texts.get(nameFor(user)) ?? '{}');
    return { isOn: isOn === true, hasSound: hasSound !== false, isPushed: isPushed === true, showsText: showsText === true };
  } catch {
    // Somebody or something else has written it.
    return { isOn: false, hasSound: true, isPushed: false, showsText: false };
  }
}

/** Keeps what a user wants. */
export function setNotices(user, { isOn, hasSound, isPushed, showsText }, texts = ofBrowser) {
  texts.set(nameFor(user), JSON.stringify({ isOn, hasSound, isPushed, showsText }));
}

let isRefused = false;

/** Notes that the browser shows no notifications of a page, though it has them, as on Android. Only trying tells. */
export function noteRefusal() {
  isRefused = true;
}

/** Whether the browser has refused to show a notification since the page was loaded. */
export function areRefused() {
  return isRefused;
}
