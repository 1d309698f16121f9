/** A reason that the server gave in a few words, as a sentence of a page. */
export function sentence(reason) {
  const text = reason.trim();
  const first = Array.from(text)[0] ?? '';
  return first.toUpperCase() + text.slice(first.length) + (/[.!?…]$/.test(text) || text === '' ? '' : '.');
}
