import { SignInError, signIn } from '../app/account.js';
import { byId } from './dom.js';
import { normalNumber, NUMBER_HELP } from './numbers.js';
import { sentence } from './sentence.js';

/** The first page: a name and a number, and in. */
export class SignInPage {
  #page = byId('signin');
  #name = byId('name');
  #number = byId('number');
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
    this.#name.value = account?.name ?? '';
    this.#number.value = account?.user ?? '';
    this.#problem.textContent = reason;
    (account ? this.#button : this.#name).focus();
  }

  hide() {
    this.#page.hidden = true;
  }

  async #submit() {
    const name = this.#name.value.trim();
    const number = normalNumber(this.#number.value);
    if (name === '' || number === null) {
      this.#refuse(name === '' ? 'Enter your name.' : NUMBER_HELP, name === '' ? this.#name : this.#number);
      return;
    }
    this.#problem.textContent = '';
    this.#button.disabled = true;
    try {
      await this.#onSignedIn(await signIn(name, number));
    } catch (error) {
      if (!(error instanceof SignInError)) {
        throw error;
      }
      this.#refuse(sentence(error.message), this.#button);
    } finally {
      this.#button.disabled = false;
    }
  }

  #refuse(reason, field) {
    this.#problem.textContent = reason;
    field.focus();
  }
}
