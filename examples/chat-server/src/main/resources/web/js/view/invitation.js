import { partner } from '@webchat/client';
import { JoinDialog } from './join.js';

/** What the state of the page's history says about each step that the person took within the page. */
export const STEP = { isStep: true };

/**
 * The address may be an invitation: it names a room that the person is not in. They are asked once whether to join,
 * each time that the address comes to name it. A room that one has left and opens from the list is no invitation.
 */
export class Invitation {
  #dialog;
  #offered = null;

  /**
   * @param onJoin called with the room's id; returns a promise of what shows the room
   * @param onDeclined called when the person does not want to join
   */
  constructor({ onJoin, onDeclined }) {
    this.#dialog = new JoinDialog({ onJoin, onDeclined });
  }

  /** Asks, if the conversation that the address names is such a room. */
  offer(id, { conversations, sync }) {
    if (id !== this.#offered) {
      this.#offered = null;
    }
    const known = conversations.get(id);
    const isOut = known ? known.left === true && history.state?.isStep !== true : sync === 'done';
    if (id.startsWith('room:') && isOut && this.#offered === null && !document.querySelector('dialog[open]')) {
      this.#offered = id;
      this.#dialog.open(partner(id).room);
    }
  }
}
