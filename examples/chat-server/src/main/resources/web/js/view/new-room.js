import { say } from '../app/language.js';
import { Dialog } from './dialog.js';
import { byId } from './dom.js';
import { failureText } from './failures.js';
import { Form, Refusal } from './form.js';
import { isUserId, userIds } from './user-ids.js';

const ROOM_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Asks for a room's name and its first members, or for the id of an open room to join. */
export class NewRoomDialog {
  #dialog = new Dialog('new-room');
  #name = byId('room-name');
  #members = byId('room-members');
  #open = byId('room-open');
  #joined = byId('join-id');
  #forms;
  #id = '';

  /**
   * @param onCreate called with {id, name, members, open}; returns a promise of what shows the room
   * @param onJoin called with a room's id; returns the like
   * @param exists called with a user id; returns a promise of whether there is such a user
   */
  constructor({ onCreate, onJoin, exists }) {
    const create = async () => {
      const chosen = this.#chosen();
      await this.#check(chosen.members, exists);
      this.#show(await onCreate(chosen));
    };
    const join = async () => {
      this.#show(await onJoin(this.#named()));
    };
    this.#forms = [
      new Form(this.#dialog.form, { work: create, explain: failureText }),
      new Form(byId('join-room'), { work: join, explain: failureText }),
    ];
  }

  /** @param id the new room's id: the same for every attempt, so that a second one makes no second room */
  open(id) {
    this.#id = id;
    this.#forms.forEach((form) => form.reset());
    this.#dialog.open();
  }

  /** Closing gives the focus back to the button; the room takes it after that. */
  #show(show) {
    this.#dialog.close();
    show();
  }

  async #check(members, exists) {
    for (const user of members) {
      if (!(await exists(user))) {
        throw new Refusal(say('thereIsNoUserUser', { user }), this.#members);
      }
    }
  }

  #named() {
    const id = this.#joined.value.trim();
    if (!ROOM_ID.test(id)) {
      throw new Refusal(say('aRoomIdHasLettersDigits'), this.#joined);
    }
    return id;
  }

  #chosen() {
    const name = this.#name.value.trim();
    if (name === '') {
      throw new Refusal(say('giveTheRoomAName'), this.#name);
    }
    const members = userIds(this.#members.value);
    const wrong = members.find((id) => !isUserId(id));
    if (wrong !== undefined) {
      throw new Refusal(say('wrongCannotBeAUserId', { wrong }), this.#members);
    }
    return { id: this.#id, name, members, open: this.#open.checked };
  }
}
