import { Backoff } from './backoff.js';
import { READ } from './timing.js';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the server refused, or did not answer. `code` is one of the protocol's, or `unreachable`. */
export class RestError extends Error {
  constructor({ code = 'unreachable', status = 0, detail = 'the server cannot be reached', retryAfter = null } = {}) {
    super(detail);
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later. */
  get isPassing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/**
 * The REST API with one user's token.
 *
 * Every method returns a promise of the answer's JSON (null where there is none) that rejects with a `RestError`. Reads
 * are tried again after passing failures, with growing pauses or as late as the server says; writes never are: all but
 * `POST /v1/messages` without a `msgId` may be repeated safely, but whether to is for the caller to say.
 */
export class Rest {
  #token;
  #fetch;
  #pause;

  /** @param token called before each request, returns the bearer token */
  constructor({ token, fetch = globalThis.fetch.bind(globalThis), wait = pause }) {
    this.#token = token;
    this.#fetch = fetch;
    this.#pause = wait;
  }

  /** Reads; `query` has texts, numbers or lists (repeated), and what is null or undefined is left out. */
  async get(path, query = {}) {
    const backoff = new Backoff(READ);
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#ask('GET', path + search(query));
      } catch (error) {
        if (!error.isPassing || tries === READ.tries) {
          throw error;
        }
        await this.#pause(error.retryAfter ?? backoff.next());
      }
    }
  }

  post(path, body) {
    return this.#ask('POST', path, body);
  }

  put(path, body) {
    return this.#ask('PUT', path, body);
  }

  patch(path, body) {
    return this.#ask('PATCH', path, body);
  }

  delete(path) {
    return this.#ask('DELETE', path);
  }

  async #ask(method, path, body) {
    const headers = { Authorization: `Bearer ${this.#token()}` };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    let response;
    try {
      const signal = AbortSignal.timeout(READ.timeout);
      response = await this.#fetch(path, { method, headers, body: body && JSON.stringify(body), signal });
    } catch {
      throw new RestError();
    }
    const json = await response.json().catch(() => null);
    if (!response.ok) {
      throw refusal(response, json);
    }
    return json;
  }
}

/** The error that a failed answer says: its problem, or the bare status. */
export function refusal(response, problem) {
  const after = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return new RestError({
    code: problem?.code ?? 'internal',
    status: response.status,
    detail: problem?.detail ?? `the server answered ${response.status}`,
    retryAfter: Number.isFinite(after) ? after * 1000 : null,
  });
}

/** One segment of a path. */
export function segment(text) {
  return encodeURIComponent(text);
}

function search(query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = [value].flat().filter((each) => each !== null && each !== undefined);
    values.forEach((each) => parameters.append(name, each));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
