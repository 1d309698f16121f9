/** What tells of the network and of the page: the window of a browser; elsewhere, as in Node, something that is silent. */
export function surroundings() {
  return globalThis.window ?? new EventTarget();
}
