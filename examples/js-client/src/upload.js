import { refusal, RestError } from './rest.js';

/**
 * Sends the bytes of a file as the body of a request, and resolves to the JSON of the answer. Rejects with a `RestError`.
 * An `XMLHttpRequest` tells how far it is; where there is none, as in Node, the body is counted as it is taken.
 *
 * @param request of {url, headers, file}
 * @param how of {fetch, XMLHttpRequest, signal, onSent}; `onSent` is called with the number of bytes so far
 */
export function sendFile(request, how) {
  return how.XMLHttpRequest ? byXhr(request, how) : byFetch(request, how);
}

function byXhr({ url, headers, file }, { XMLHttpRequest, signal, onSent }) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const abort = () => xhr.abort();
    const settle = (work) => () => {
      signal.removeEventListener('abort', abort);
      work();
    };
    xhr.open('POST', url);
    Object.entries(headers).forEach(([name, value]) => xhr.setRequestHeader(name, value));
    xhr.upload.onprogress = ({ loaded }) => onSent(Math.min(loaded, file.size));
    xhr.onload = settle(() => answered(responseOf(xhr)).then(resolve, reject));
    xhr.onerror = settle(() => reject(new RestError()));
    xhr.onabort = settle(() => reject(new RestError()));
    signal.addEventListener('abort', abort);
    xhr.send(file);
  });
}

/** As much of a response as a refusal is made of. */
function responseOf(xhr) {
  return {
    ok: xhr.status >= 200 && xhr.status < 300,
    status: xhr.status,
    headers: { get: (name) => xhr.getResponseHeader(name) },
    json: async () => JSON.parse(xhr.responseText),
  };
}

async function byFetch({ url, headers, file }, { fetch, signal, onSent }) {
  let sent = 0;
  const count = (chunk, controller) => {
    sent += chunk.byteLength;
    onSent(sent);
    controller.enqueue(chunk);
  };
  const body = file.stream().pipeThrough(new TransformStream({ transform: count }));
  let response;
  try {
    response = await fetch(url, { method: 'POST', headers, body, duplex: 'half', signal });
  } catch {
    throw new RestError();
  }
  return answered(response);
}

async function answered(response) {
  const json = await response.json().catch(() => null);
  if (!response.ok) {
    throw refusal(response, json);
  }
  return json;
}
