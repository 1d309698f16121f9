import { BASE } from '../config.js';

/** The Socket.IO client, which stands before the page's own script and defines a global. It connects to this server. */
export function socketIo(options) {
  return globalThis.io({ path: `${BASE}/socket.io/`, ...options });
}
