/**
 * Keeps the files of the page, and nothing else, so that the page opens without a network. Shows pushes. The server puts `SHELL` in
 * front of this script: {version, files}, with the hash of each file under its path.
 *
 * The page itself comes from the network, if that answers in time; so a new version shows as soon as it is there. The
 * other files have names that change with their content: those of this version come from here, any others from the network.
 * A version is kept only whole, so what opens without a network never mixes two.
 */
const SCOPE = new URL('./', self.location.href);
/** Other chats may be under other paths of this origin. */
const OURS = `webchat:${SCOPE.pathname}:`;
const NAME = OURS + SHELL.version;
/** How many milliseconds the network has to answer with the page. */
const PATIENCE = 4_000;
const HASH_BYTES = 8;

const FILES = new Map(Object.entries(SHELL.files).map(([path, hash]) => [new URL(path, SCOPE).href, hash]));

self.addEventListener('install', (event) => event.waitUntil(keepAll()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOtherVersions()));
self.addEventListener('message', (event) => event.waitUntil(takeOver(event.data)));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate' && pathOf(request.url) === SCOPE.href) {
    event.respondWith(page(request));
  } else if (request.method === 'GET' && FILES.has(request.url)) {
    event.respondWith(file(request));
  }
});
self.addEventListener('push', (event) => event.waitUntil(notify(event.data.json())));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data));
});

function pathOf(url) {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

async function keepAll() {
  const cache = await caches.open(NAME);
  try {
    await Promise.all(Array.from(FILES, ([url, hash]) => keep(cache, url, hash)));
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

/** While nodes are replaced, one of another version may answer. */
async function keep(cache, url, hash) {
  const response = await fetch(url);
  if (!response.ok || (await hashOf(response.clone())) !== hash) {
    throw new Error(`webchat: ${url} is not of the version ${SHELL.version}`);
  }
  await cache.put(url, response);
}

async function hashOf(response) {
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  const bytes = Array.from(new Uint8Array(digest, 0, HASH_BYTES));
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function forgetOtherVersions() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== NAME).map((name) => caches.delete(name)));
}

/** A page says which script it runs. One of this version that is alone needs the version before no longer. */
async function takeOver({ script }) {
  if (FILES.has(script) && (await openPages()).length === 1) {
    await self.skipWaiting();
  }
}

async function openPages() {
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return open.filter(({ url }) => url.startsWith(SCOPE.href));
}

/** Tells of a message, unless a page is in view, which does so itself. The newest of a conversation replaces the others. */
async function notify({ user, conversation, id, title, body }) {
  const pages = await openPages();
  if (pages.some(({ visibilityState }) => visibilityState === 'visible')) {
    return;
  }
  const before = await self.registration.getNotifications({ tag: conversation });
  // A push service may deliver a push twice: the person hears of it once.
  const renotify = before.every(({ data }) => data.id !== id);
  const data = { user, conversation, id };
  await self.registration.showNotification(title, { body, tag: conversation, renotify, icon: 'favicon.svg', data });
}

/** Turns to the conversation of a notification, in an open page if there is one. */
async function show({ user, conversation }) {
  const [page] = await openPages();
  if (page) {
    page.postMessage({ user, open: conversation });
    return page.focus();
  }
  return self.clients.openWindow(`${SCOPE.href}#${encodeURIComponent(conversation)}`);
}

async function page(request) {
  const answer = fetch(request);
  const inTime = await Promise.race([answer.catch(() => null), later(PATIENCE)]);
  if (inTime && inTime.status < 500) {
    return inTime;
  }
  return (await kept(SCOPE.href)) ?? answer;
}

async function file(request) {
  return (await kept(request.url)) ?? fetch(request);
}

function kept(url) {
  return caches.match(url, { cacheName: NAME });
}

function later(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms, null));
}
