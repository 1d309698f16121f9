import { say } from '../app/language.js';
import { signIn } from '../app/account.js';
import { byId } from './dom.js';
import { failureText } from './failures.js';
import { Form, Refusal } from './form.js';
import { isUserId, SHORTEST_PASSWORD, USER_ID_HELP } from './user-ids.js';

/** The first page: a user id and a password, and in. An account is made only by somebody who has confirmed its id. */
export class SignInPage {
  #page = byId('signin');
  #user = byId('user');
  #password = byId('password');
  #reveal = byId('reveal');
  #shared = byId('shared');
  #create = byId('create-account');
  #form;
  #onSignedIn;
  /** The user id of which the page offers to make an account; empty if it does not. */
  #offered = '';

  /** @param onSignedIn called with the account; its promise is waited for */
  constructor({ onSignedIn }) {
    this.#onSignedIn = onSignedIn;
    this.#form = new Form(this.#page.querySelector('form'), {
      work: (button) => this.#submit(button),
      explain: (error) => this.#explain(error),
    });
    this.#reveal.addEventListener('click', () => this.#show(this.#password.type === 'password'));
    this.#user.addEventListener('input', () => this.#offer(''));
  }

  /** Shows the page, filled in for someone who was signed in before, with a line that says why. */
  show({ user = '', reason = '' } = {}) {
    this.#page.hidden = false;
    this.#form.reset();
    this.#show(false);
    this.#offer('');
    this.#user.value = user;
    this.#form.say(reason);
    (user ? this.#password : this.#user).focus();
  }

  hide() {
    this.#page.hidden = true;
    this.#password.value = '';
  }

  async #submit(button) {
    await this.#onSignedIn(await this.#signIn(button));
  }

  #signIn(button) {
    const user = this.#user.value.trim();
    const isNew = button === this.#create && user === this.#offered;
    if (!isUserId(user)) {
      throw new Refusal(user === '' ? say('enterYourUserId') : say(USER_ID_HELP), this.#user);
    }
    if (this.#password.value.length < SHORTEST_PASSWORD) {
      throw new Refusal(say('aPasswordHasAtLeastLeast', { least: SHORTEST_PASSWORD }), this.#password);
    }
    return signIn({ user, password: this.#password.value, isNew, isShared: this.#shared.checked });
  }

  #explain(error) {
    switch (error.code) {
      case 'not_found':
        this.#offer(this.#user.value.trim());
        // Not the button that makes the account: Enter on a typo would make it.
        error.field = this.#user;
        return say('thereIsNoUserUserIs', { user: this.#user.value.trim() });
      case 'unauthorized':
        return say('thisUserIdAndPasswordDo');
      default:
        return failureText(error);
    }
  }

  /** Offers to make an account of this user id; with an empty one, none. */
  #offer(user) {
    this.#offered = user;
    this.#create.hidden = user === '';
    this.#create.textContent = say('createAccountUser', { user });
  }

  #show(isShown) {
    this.#password.type = isShown ? 'text' : 'password';
    this.#reveal.textContent = isShown ? say('hide') : say('show');
    this.#reveal.setAttribute('aria-label', isShown ? say('hidePassword') : say('showPassword'));
  }
}
