import { signIn } from '../app/account.js';
import { byId } from './dom.js';
import { failureText, sentence } from './failures.js';
import { Form, Refusal } from './form.js';
import { isUserId, USER_ID_HELP } from './user-ids.js';

const SHORTEST_PASSWORD = 8;

/** The first page: a user id and a password, and in. */
export class SignInPage {
  #page = byId('signin');
  #user = byId('user');
  #password = byId('password');
  #reveal = byId('reveal');
  #form;

  /** @param onSignedIn called with the account; its promise is waited for */
  constructor({ onSignedIn }) {
    this.#form = new Form(this.#page.querySelector('form'), {
      work: async () => onSignedIn(await this.#signIn()),
      explain: (error) => (error.code === 'unauthorized' ? sentence(error.message) : failureText(error)),
    });
    this.#reveal.addEventListener('click', () => this.#show(this.#password.type === 'password'));
  }

  /** Shows the page, filled in for someone who was signed in before, with a line that says why. */
  show({ user = '', reason = '' } = {}) {
    this.#page.hidden = false;
    this.#form.reset();
    this.#show(false);
    this.#user.value = user;
    this.#form.say(reason);
    (user ? this.#password : this.#user).focus();
  }

  hide() {
    this.#page.hidden = true;
    this.#password.value = '';
  }

  #signIn() {
    const user = this.#user.value.trim();
    if (!isUserId(user)) {
      throw new Refusal(user === '' ? 'Enter your user id.' : USER_ID_HELP, this.#user);
    }
    if (this.#password.value.length < SHORTEST_PASSWORD) {
      throw new Refusal(`A password has at least ${SHORTEST_PASSWORD} characters.`, this.#password);
    }
    return signIn(user, this.#password.value);
  }

  #show(isShown) {
    this.#password.type = isShown ? 'text' : 'password';
    this.#reveal.textContent = isShown ? 'Hide' : 'Show';
    this.#reveal.setAttribute('aria-label', isShown ? 'Hide password' : 'Show password');
  }
}
