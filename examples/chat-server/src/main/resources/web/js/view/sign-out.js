import { sayCount } from '../app/language.js';
import { Dialog } from './dialog.js';
import { byId } from './dom.js';
import { failureText } from './failures.js';
import { Form } from './form.js';

/**
 * Asks before signing out, and whether to leave the conversations in this browser. On a computer that others use too
 * they are deleted unless the person says otherwise.
 */
export class SignOutDialog {
  #dialog = new Dialog('sign-out');
  #unsent = byId('sign-out-unsent');
  #forget = byId('sign-out-forget');
  #form;

  /** @param onSignOut called with true where the conversations are to be deleted from this browser */
  constructor({ onSignOut }) {
    const work = async () => {
      this.#dialog.close();
      await onSignOut(this.#forget.checked);
    };
    this.#form = new Form(this.#dialog.form, { work, explain: failureText });
  }

  open({ unsent, isShared }) {
    this.#form.reset();
    this.#forget.checked = isShared;
    this.#unsent.hidden = unsent === 0;
    this.#unsent.textContent = unsent === 0 ? '' : sayCount('unsentMessages', unsent);
    this.#dialog.open();
  }
}
