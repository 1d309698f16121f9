import { SignInError, signIn } from '../app/account.js';
import { byId } from './dom.js';
import { normalUser, USER_HELP } from './users.js';
import { sentence } from './sentence.js';

/** The first page: a user id and a password, and in. */
export class SignInPage {
  #page = byId('signin');
  #user = byId('user');
  #password = byId('password');
  #button = byId('signin-button');
  #problem = byId('signin-problem');
  #onSignedIn;

  /** @param onSignedIn called with the account */
  constructor({ onSignedIn }) {
    this.#onSignedIn = onSignedIn;
    this.#page.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Shows the page, filled in for someone who was signed in before, with a line that says why. */
  show({ account = null, reason = '' } = {}) {
    this.#page.hidden = false;
    this.#user.value = account?.user ?? '';
    this.#password.value = '';
    this.#problem.textContent = reason;
    (account ? this.#password : this.#user).focus();
  }

  hide() {
    this.#page.hidden = true;
  }

  async #submit() {
    const user = normalUser(this.#user.value);
    if (user === null) {
      this.#refuse(USER_HELP, this.#user);
      return;
    }
    this.#problem.textContent = '';
    this.#button.disabled = true;
    try {
      await this.#onSignedIn(await signIn(user, this.#password.value));
    } catch (error) {
      if (!(error instanceof SignInError)) {
        throw error;
      }
      this.#refuse(sentence(error.message), this.#password);
    } finally {
      this.#button.disabled = false;
    }
  }

  #refuse(reason, field) {
    this.#problem.textContent = reason;
    field.focus();
  }
}
