import { Backoff } from './backoff.js';
import { RESEND } from './timing.js';

const CLOCK = { set: (work, ms) => setTimeout(work, ms), clear: (timer) => clearTimeout(timer) };

/**
 * Sends messages until each one is answered, and never in another order than they were added in.
 *
 * Order holds per conversation: each has a lane in which one message at a time is on its way, so a message that must
 * be sent again is never overtaken by a later one, and a conversation whose messages are refused for now does not hold
 * up the others. A message without an answer is sent again under the same id, which the server recognises.
 *
 * The outbox remembers nothing beyond the page: whoever adds a message has stored it before, and adds what is still
 * unanswered again after a reload.
 */
export class Outbox {
  #lanes = new Map();
  #isOpen = false;
  #connection = 0;
  #send;
  #onAnswer;
  #clock;

  /**
   * @param send called with a message, returns a promise of the server's answer that rejects if none came in time
   * @param onAnswer called with the message and the final answer (accepted, or refused for good), once per message
   */
  constructor({ send, onAnswer, clock = CLOCK }) {
    this.#send = send;
    this.#onAnswer = onAnswer;
    this.#clock = clock;
  }

  /** Adds a message (`id`, `conversation`) behind those of its conversation; one already in is left where it is. */
  add(message) {
    const lane = this.#lane(message.conversation);
    if (!lane.waiting.some(({ id }) => id === message.id)) {
      lane.waiting.push(message);
      this.#pump(lane);
    }
  }

  /** The connection is ready: everything unanswered goes out, oldest first. */
  open() {
    this.#isOpen = true;
    this.#lanes.forEach((lane) => this.#pump(lane));
  }

  /** The connection is gone: whatever was on its way counts as unanswered and waits for the next `open`. */
  close() {
    this.#isOpen = false;
    this.#connection += 1;
    for (const lane of this.#lanes.values()) {
      lane.underWay = null;
      this.#clearPause(lane);
    }
  }

  /** The messages that were sent over this connection and have no answer yet. */
  get underWay() {
    return Array.from(this.#lanes.values(), (lane) => lane.underWay).filter((message) => message !== null);
  }

  /** Takes in an answer that came by another way than the reply, such as a `failed` event. */
  answer(id, answer) {
    for (const lane of this.#lanes.values()) {
      const message = lane.waiting.find((waiting) => waiting.id === id);
      if (message) {
        this.#answered(lane, message, answer);
      }
    }
  }

  /** How many messages wait for an answer. */
  get size() {
    return Array.from(this.#lanes.values()).reduce((sum, lane) => sum + lane.waiting.length, 0);
  }

  #lane(conversation) {
    if (!this.#lanes.has(conversation)) {
      this.#lanes.set(conversation, { waiting: [], underWay: null, pause: null, backoff: new Backoff(RESEND) });
    }
    return this.#lanes.get(conversation);
  }

  async #pump(lane) {
    const message = lane.waiting[0];
    if (!this.#isOpen || lane.underWay !== null || lane.pause !== null || !message) {
      return;
    }
    lane.underWay = message;
    const connection = this.#connection;
    const answer = await this.#send(message).catch(() => null);
    if (connection !== this.#connection) {
      return;
    }
    lane.underWay = null;
    if (lane.waiting.includes(message)) {
      this.#answered(lane, message, answer);
    } else {
      this.#pump(lane);
    }
  }

  #answered(lane, message, answer) {
    if (typeof answer?.ok !== 'boolean') {
      this.#pumpLater(lane, lane.backoff.next());
    } else if (!answer.ok && answer.Retry) {
      this.#pumpLater(lane, Number.isFinite(answer.RetryAfterMs) ? answer.RetryAfterMs : lane.backoff.next());
    } else {
      lane.backoff.reset();
      lane.waiting = lane.waiting.filter((waiting) => waiting !== message);
      this.#onAnswer(message, answer);
      this.#pump(lane);
    }
  }

  #pumpLater(lane, ms) {
    this.#clearPause(lane);
    if (this.#isOpen) {
      lane.pause = this.#clock.set(() => {
        lane.pause = null;
        this.#pump(lane);
      }, ms);
    }
  }

  #clearPause(lane) {
    this.#clock.clear(lane.pause);
    lane.pause = null;
  }
}
