import { Dialog } from './dialog.js';
import { byId } from './dom.js';
import { failureText } from './failures.js';
import { Form, Refusal } from './form.js';
import { isUserId, userIds } from './user-ids.js';

/** Asks for a room's name and its first members, or for the id of an open room to join. */
export class NewRoomDialog {
  #dialog = new Dialog('new-room');
  #name = byId('room-name');
  #members = byId('room-members');
  #open = byId('room-open');
  #form;
  #id = '';

  /** @param onCreate called with {id, name, members, open}; its promise is waited for */
  constructor({ onCreate }) {
    const work = async () => {
      await onCreate(this.#chosen());
      this.#dialog.close();
    };
    this.#form = new Form(this.#dialog.form, { work, explain: failureText });
  }

  /** @param id the new room's id: the same for every attempt, so that a second one makes no second room */
  open(id) {
    this.#id = id;
    this.#form.reset();
    this.#dialog.open();
  }

  #chosen() {
    const name = this.#name.value.trim();
    if (name === '') {
      throw new Refusal('Give the room a name.', this.#name);
    }
    const members = userIds(this.#members.value);
    const wrong = members.find((id) => !isUserId(id));
    if (wrong !== undefined) {
      throw new Refusal(`“${wrong}” cannot be a user id.`, this.#members);
    }
    return { id: this.#id, name, members, open: this.#open.checked };
  }
}
