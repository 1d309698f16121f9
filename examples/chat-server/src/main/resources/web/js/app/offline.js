/** What lets the page open without a network: a service worker that keeps the page's own files. */

const WORKER = 'service-worker.js';

/**
 * Lets the browser keep the page's files. A browser that does not offer that, or not on this address, needs a network
 * for each load.
 */
export async function keepShell({ workers = globalThis.navigator?.serviceWorker, script = import.meta.url } = {}) {
  if (!workers) {
    return;
  }
  try {
    const { waiting } = await workers.register(WORKER);
    // Its version is there already, and waits for pages of the one before to end.
    waiting?.postMessage({ script });
  } catch (error) {
    console.info(`webchat: the page will not open without a network: ${error.message}`);
  }
}

/** Deletes the page's files from this browser, until somebody signs in again. */
export async function forgetShell({
  workers = globalThis.navigator?.serviceWorker,
  caches = globalThis.caches,
  page = globalThis.location.href,
} = {}) {
  if (!workers || !caches) {
    return;
  }
  const { href, pathname } = new URL('.', page);
  await (await workers.getRegistration(href))?.unregister();
  const names = await caches.keys();
  const ours = names.filter((name) => name.startsWith(`webchat:${pathname}:`));
  await Promise.all(ours.map((name) => caches.delete(name)));
}
