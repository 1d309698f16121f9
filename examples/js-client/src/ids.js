const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A random UUID (version 4), the `MsgID` of a new message.
 *
 * `crypto.randomUUID` exists on https and localhost only; a page served over plain http on a LAN address has
 * `crypto.getRandomValues`, which is just as random.
 */
export function newMessageId(source = globalThis.crypto) {
  if (typeof source.randomUUID === 'function') {
    return source.randomUUID();
  }
  const bytes = source.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => HEX[byte]).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A short random id for a device. */
export function newDeviceId(source = globalThis.crypto) {
  const bytes = source.getRandomValues(new Uint8Array(8));
  return `web-${Array.from(bytes, (byte) => HEX[byte]).join('')}`;
}

let lastTicket = 0;

/** A number larger than all given out before in this page and, as far as the clock agrees, in earlier pages. */
export function nextTicket(now = Date.now()) {
  lastTicket = Math.max(lastTicket + 1, now * 1000);
  return lastTicket;
}
