import { say } from '../app/language.js';
import { changePassword } from '../app/account.js';
import { Dialog } from './dialog.js';
import { byId } from './dom.js';
import { failureText } from './failures.js';
import { Form, Refusal } from './form.js';
import { SHORTEST_PASSWORD } from './user-ids.js';

/** Changes the password of the person, who must know the old one. */
export class PasswordDialog {
  #dialog = new Dialog('password-change');
  #old = byId('password-old');
  #new = byId('password-new');
  #again = byId('password-again');
  #done = byId('password-done');
  #form;
  #messenger = null;

  constructor() {
    this.#form = new Form(this.#dialog.form, { work: () => this.#change(), explain: (error) => this.#explain(error) });
    byId('password-open').addEventListener('click', () => this.#open());
  }

  attach(messenger) {
    this.#messenger = messenger;
  }

  #open() {
    this.#form.reset();
    this.#done.textContent = '';
    this.#dialog.open();
  }

  async #change() {
    const [password, newPassword] = [this.#old.value, this.#new.value];
    if (password === '') {
      throw new Refusal(say('enterYourPresentPassword'), this.#old);
    }
    if (Array.from(newPassword).length < SHORTEST_PASSWORD) {
      throw new Refusal(say('aPasswordHasAtLeastLeast', { least: SHORTEST_PASSWORD }), this.#new);
    }
    if (newPassword !== this.#again.value) {
      throw new Refusal(say('theNewPasswordIsNotThe'), this.#again);
    }
    const { me, rest } = this.#messenger;
    this.#messenger.renew(await changePassword(me, rest, { password, newPassword }));
    this.#form.reset();
    this.#done.textContent = say('yourPasswordIsChangedOtherDevices');
  }

  #explain(error) {
    return error.code === 'forbidden' ? say('thatIsNotYourPresentPassword') : failureText(error);
  }
}
