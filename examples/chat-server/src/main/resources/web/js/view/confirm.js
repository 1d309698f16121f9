import { Dialog } from './dialog.js';
import { byId } from './dom.js';
import { failureText } from './failures.js';
import { Form } from './form.js';

/** Asks before something that cannot be undone. */
export class Confirm {
  #dialog = new Dialog('confirm');
  #title = byId('confirm-title');
  #text = byId('confirm-text');
  #button = byId('confirm-button');
  #work = async () => {};
  #form;

  constructor() {
    const work = async () => {
      const asked = this.#work;
      await asked();
      if (asked === this.#work) {
        this.#dialog.close();
      }
    };
    this.#form = new Form(this.#dialog.form, { work, explain: failureText });
  }

  /** @param work what is done if the person agrees; its promise is waited for */
  ask({ title, text, label }, work) {
    this.#work = work;
    this.#form.reset();
    this.#title.textContent = title;
    this.#text.textContent = text;
    this.#button.textContent = label;
    this.#dialog.open();
  }
}
