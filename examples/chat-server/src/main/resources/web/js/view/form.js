/**
 * A form that does something over the network: its button waits meanwhile, and what goes wrong is said in the form.
 */
export class Form {
  #form;
  #problem;
  #button;
  #busy = false;

  /** @param work called with the button that submits; may throw a `Refusal`; what it returns is waited for */
  constructor(form, { work, explain }) {
    this.#form = form;
    this.#problem = form.querySelector('.problem');
    this.#button = form.querySelector('button[type="submit"]');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit(() => work(event.submitter ?? null), explain);
    });
  }

  /** Says what is wrong; an empty text says that nothing is. */
  say(text) {
    this.#problem.textContent = text;
  }

  reset() {
    this.#form.reset();
    this.say('');
  }

  async #submit(work, explain) {
    if (this.#busy) {
      return;
    }
    this.#setBusy(true);
    this.say('');
    try {
      await work();
    } catch (error) {
      this.say(error instanceof Refusal ? error.message : explain(error));
      (error.field ?? this.#button).focus();
    } finally {
      this.#setBusy(false);
    }
  }

  /** Not disabled, which would take the focus away from it. */
  #setBusy(isBusy) {
    this.#busy = isBusy;
    this.#button.setAttribute('aria-disabled', String(isBusy));
    this.#form.setAttribute('aria-busy', String(isBusy));
  }
}

/** What a form does not take, and the field to mend. */
export class Refusal extends Error {
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}
