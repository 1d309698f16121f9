import { chooseLanguage, chosenLanguage } from '../app/language.js';
import { byId } from './dom.js';

/** Asks for the language of the page. The page is loaded anew in it. */
export class LanguageChoice {
  #field = byId('language');

  constructor() {
    this.#field.addEventListener('change', () => {
      chooseLanguage(this.#field.value);
      location.reload();
    });
  }

  /** Shows what is chosen. A page that keeps nothing must not be loaded anew: it would forget everything. */
  show({ isLasting }) {
    this.#field.value = chosenLanguage();
    this.#field.disabled = !isLasting;
  }
}
