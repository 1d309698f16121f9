import { say } from '../app/language.js';
import { Dialog } from './dialog.js';
import { byId } from './dom.js';
import { failureText } from './failures.js';
import { Form } from './form.js';

/** The address of this page that invites into a room. */
export function inviteLink(room) {
  return `${location.origin}${location.pathname}#${encodeURIComponent(`room:${room}`)}`;
}

/** Asks whether to join the room that a link names. */
export class JoinDialog {
  #dialog = new Dialog('join');
  #id = byId('join-room-id');
  #form;
  #room = '';
  #isJoined = false;

  /**
   * @param onJoin called with the room's id; returns a promise of what shows the room
   * @param onDeclined called when the dialog was closed without joining
   */
  constructor({ onJoin, onDeclined }) {
    const work = async () => {
      const show = await onJoin(this.#room);
      this.#isJoined = true;
      this.#dialog.close();
      show();
    };
    const explain = (error) =>
      error.code === 'not_found' ? say('thereIsNoSuchRoomOr') : failureText(error);
    this.#form = new Form(this.#dialog.form, { work, explain });
    this.#dialog.onClose(() => this.#isJoined || onDeclined());
  }

  open(room) {
    if (!this.#dialog.isOpen) {
      this.#room = room;
      this.#isJoined = false;
      this.#id.textContent = room;
      this.#form.reset();
      this.#dialog.open();
    }
  }
}
