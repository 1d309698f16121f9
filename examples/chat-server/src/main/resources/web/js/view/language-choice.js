import { chooseLanguage, chosenLanguage } from '../app/language.js';
import { byId } from './dom.js';

/** Asks for the language of the page. Once that is applied, the page is loaded anew in it. */
export class LanguageChoice {
  #field = byId('language');

  /** Shows what is chosen. A page that keeps nothing must not be loaded anew: it would forget everything. */
  show({ isLasting }) {
    this.#field.value = chosenLanguage();
    this.#field.disabled = !isLasting;
  }

  apply() {
    if (this.#field.value !== chosenLanguage()) {
      chooseLanguage(this.#field.value);
      location.reload();
    }
  }
}
