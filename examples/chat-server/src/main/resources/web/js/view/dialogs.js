import { byId } from './dom.js';
import { normalUser, USER_HELP } from './users.js';

/** Asks whom to write to. */
export class NewConversationDialog {
  #dialog = byId('new-conversation');
  #number = byId('peer-number');
  #name = byId('peer-name');
  #problem = byId('peer-problem');
  #me = '';

  /** @param onChosen called with the number and the name, which may be empty */
  constructor({ onChosen }) {
    closable(this.#dialog);
    this.#dialog.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      const number = normalUser(this.#number.value);
      this.#problem.textContent = this.#problemWith(number);
      if (this.#problem.textContent === '') {
        this.#dialog.close();
        onChosen(number, this.#name.value.trim());
      } else {
        this.#number.focus();
      }
    });
  }

  open(me) {
    this.#me = me;
    this.#dialog.querySelector('form').reset();
    this.#problem.textContent = '';
    this.#dialog.showModal();
  }

  #problemWith(number) {
    if (number === null) {
      return USER_HELP;
    }
    return number === this.#me ? 'That is you.' : '';
  }
}

/** Asks before signing out, and whether to leave the conversations in this browser. */
export class SignOutDialog {
  #dialog = byId('sign-out');
  #unsent = byId('sign-out-unsent');
  #forget = byId('sign-out-forget');

  /** @param onSignOut called with true where the conversations are to be deleted from this browser */
  constructor({ onSignOut }) {
    closable(this.#dialog);
    this.#dialog.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#dialog.close();
      onSignOut(this.#forget.checked);
    });
  }

  open(unsent) {
    this.#forget.checked = false;
    this.#unsent.hidden = unsent === 0;
    this.#unsent.textContent =
      unsent === 1
        ? 'One message has not been sent yet. It waits here until you sign in again.'
        : `${unsent} messages have not been sent yet. They wait here until you sign in again.`;
    this.#dialog.showModal();
  }
}

function closable(dialog) {
  dialog.querySelector('.cancel').addEventListener('click', () => dialog.close());
}
