import { BASE, SOCKET_IO_CLIENT } from '../config.js';

let loading = null;

/** Loads the Socket.IO client from the chat server, once. It connects to that server. */
export function loadSocketIo() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

function load() {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = SOCKET_IO_CLIENT;
    script.onload = () => resolve((options) => window.io({ path: `${BASE}/socket.io/`, ...options }));
    script.onerror = () => reject(new Error(`${SOCKET_IO_CLIENT} could not be loaded`));
    document.head.append(script);
  });
}
