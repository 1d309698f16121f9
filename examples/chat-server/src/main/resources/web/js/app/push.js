/**
 * Web push: the browser tells a user of new messages while the page is closed. A browser has one subscription, so it gets
 * the pushes of one user: of the last one who wanted them.
 */

import { deviceId } from './account.js';
import { say } from './language.js';
import { noticesFor } from './notices.js';
import { ofBrowser } from './texts.js';

const KEY = '/v1/push';
const OWNER = 'webchat.push';
/** How many muted conversations the server takes; the others would push. */
const MOST_MUTED = 100;

const workersOf = (host) => (host.PushManager ? host.navigator?.serviceWorker : undefined);
const route = () => `${KEY}/subscriptions/${deviceId()}`;

/** Whether this browser and the server can push. */
export async function isPushOffered({ rest }, host = globalThis) {
  try {
    return workersOf(host) !== undefined && Boolean((await rest.get(KEY)).publicKey);
  } catch {
    // A server without pushes does not know the route. One that cannot be reached offers nothing now.
    return false;
  }
}

/** Subscribes this browser, or tells the server what has changed. Rejects where the browser or the server refuses. */
export async function subscribe(messenger, host = globalThis) {
  const { me, rest } = messenger;
  const { publicKey } = await rest.get(KEY);
  const { pushManager } = await registrationOf(host);
  let subscription = await pushManager.getSubscription();
  if (subscription && (ofBrowser.get(OWNER) !== me || !isFor(subscription, publicKey))) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  ofBrowser.set(OWNER, me);
  const { endpoint, keys } = subscription.toJSON();
  const { showsText } = noticesFor(me);
  await rest.put(route(), { endpoint, keys, notice: say('newMessage'), showsText, muted: mutedOf(messenger) });
}

/** Ends the pushes of a user in this browser. What the server keeps ends with its next push at the latest. */
export async function unsubscribe({ me, rest }, host = globalThis) {
  if (ofBrowser.get(OWNER) !== me) {
    return;
  }
  ofBrowser.remove(OWNER);
  const told = rest.delete(route());
  const registration = await workersOf(host)?.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  await Promise.all([told, subscription?.unsubscribe()]);
}

/** Keeps the subscription of a user who wants one up to date, also with what they mute. */
export async function followPush(messenger, host = globalThis) {
  let told = null;
  const tell = async () => {
    const muted = mutedOf(messenger).join(' ');
    if (muted === told || !noticesFor(messenger.me).isPushed || !workersOf(host)) {
      return;
    }
    told = muted;
    try {
      await subscribe(messenger, host);
    } catch (error) {
      console.info(`webchat: this browser gets no pushes: ${error.message}`);
    }
  };
  messenger.on('conversations', () => messenger.isLeading && tell());
  await tell();
}

/** Takes back the notifications of pushes. */
export async function closePushed(host = globalThis) {
  try {
    const registration = await workersOf(host)?.getRegistration();
    const shown = (await registration?.getNotifications()) ?? [];
    shown.forEach((notice) => notice.close());
  } catch (error) {
    console.info(`webchat: the browser does not tell its notifications: ${error.message}`);
  }
}

/** The worker's registration once it works; one that was refused never would. */
async function registrationOf(host) {
  const workers = workersOf(host);
  if (!(await workers?.getRegistration())) {
    throw new Error('there is no service worker');
  }
  return workers.ready;
}

/** Whether a subscription was made with this key. */
function isFor({ options }, publicKey) {
  const bytes = new Uint8Array(options?.applicationServerKey ?? []);
  const text = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return text === publicKey;
}

function mutedOf({ conversations }) {
  const muted = Array.from(conversations.values()).filter(({ isMuted }) => isMuted);
  return muted.map(({ id }) => id).slice(-MOST_MUTED);
}
