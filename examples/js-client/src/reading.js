import { Outbox } from './outbox.js';
import { receiptEvent } from './wire.js';

/**
 * Tells the senders what the person has seen.
 *
 * One `display` receipt names the newest message seen; it speaks for all before it. Receipts wait, go out again and
 * keep their order just as messages do. What was seen and not yet told is in the store, so a reload loses none.
 */
export class Reading {
  #outbox;

  /** @param onTold called with a conversation's id and the id of the message that its sender now knows to be seen */
  constructor({ session, me, onTold }) {
    this.#outbox = new Outbox({
      send: ({ sender, room, id }) => session.request(receiptEvent('display', { from: me, to: sender, room, id })),
      // Refused for good counts as told: saying it again would not help.
      onAnswer: ({ conversation, id }) => onTold(conversation, id),
    });
  }

  /** Sends what the sender of a conversation's newest seen message does not know yet. */
  tell({ id, room, seen, told }) {
    if (seen && seen.id !== told) {
      this.#outbox.add({ conversation: id, id: seen.id, sender: seen.from, room });
    }
  }

  open() {
    this.#outbox.open();
  }

  close() {
    this.#outbox.close();
  }
}
