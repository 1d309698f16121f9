import { say } from '../app/language.js';
import { Dialog } from './dialog.js';
import { byId } from './dom.js';
import { failureText } from './failures.js';
import { Form, Refusal } from './form.js';
import { isUserId, USER_ID_HELP } from './user-ids.js';

/** Asks whom to write to. */
export class NewConversationDialog {
  #dialog = new Dialog('new-conversation');
  #user = byId('peer-user');
  #form;
  #me = '';

  /**
   * @param onChosen called with the user id; returns a promise of what shows the conversation
   * @param exists called with a user id; returns a promise of whether there is such a user
   */
  constructor({ onChosen, exists }) {
    const work = async () => {
      const user = this.#chosen();
      if (!(await exists(user))) {
        throw new Refusal(say('thereIsNoUserUser', { user }), this.#user);
      }
      const show = await onChosen(user);
      // Closing gives the focus back to the button; the conversation takes it after that.
      this.#dialog.close();
      show();
    };
    this.#form = new Form(this.#dialog.form, { work, explain: failureText });
  }

  open(me) {
    this.#me = me;
    this.#form.reset();
    this.#dialog.open();
  }

  #chosen() {
    const user = this.#user.value.trim();
    if (!isUserId(user)) {
      throw new Refusal(user === '' ? say('enterAUserId') : say(USER_ID_HELP), this.#user);
    }
    if (user === this.#me) {
      throw new Refusal(say('thatIsYourOwnUserId'), this.#user);
    }
    return user;
  }
}
