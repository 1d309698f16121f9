import { ofBrowser } from '../app/texts.js';

const NAME = 'webchat.theme';
const GROUNDS = { light: '#ffffff', dark: '#161a22' };

/** Light, dark, or as the system says: what the person has chosen for this browser. */
export class Theme {
  #metas = Array.from(document.querySelectorAll('meta[name="theme-color"]'), (meta) => [meta, meta.content]);
  #choices = document.querySelectorAll('input[name="theme"]');

  constructor() {
    this.#choices.forEach((choice) => {
      choice.addEventListener('change', () => this.#choose(choice.value));
    });
    this.show();
  }

  /** Shows what is chosen, in the page and in its form. */
  show() {
    const chosen = ofBrowser.get(NAME) in GROUNDS ? ofBrowser.get(NAME) : 'system';
    document.documentElement.dataset.theme = chosen;
    this.#metas.forEach(([meta, own]) => {
      meta.content = GROUNDS[chosen] ?? own;
    });
    this.#choices.forEach((choice) => {
      choice.checked = choice.value === chosen;
    });
  }

  #choose(theme) {
    ofBrowser.set(NAME, theme);
    this.show();
  }
}
