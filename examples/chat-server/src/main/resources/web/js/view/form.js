/**
 * A form that does something over the network: its button waits meanwhile, and what goes wrong is said in the form.
 */
export class Form {
  #form;
  #problem;
  #button;
  /** What is being done, or null. */
  #run = null;

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

  /** Empties the form. What it was doing goes on, and tells nothing here any more. */
  reset() {
    this.#form.reset();
    this.say('');
    this.#setRun(null);
  }

  async #submit(work, explain) {
    if (this.#run !== null) {
      return;
    }
    const run = {};
    this.#setRun(run);
    this.say('');
    try {
      await work();
    } catch (error) {
      this.#failed(error, explain, run);
    } finally {
      if (this.#run === run) {
        this.#setRun(null);
      }
    }
  }

  #failed(error, explain, run) {
    if (this.#run !== run) {
      console.warn('webchat: what somebody no longer waited for has failed', error);
      return;
    }
    this.say(error instanceof Refusal ? error.message : explain(error));
    (error.field ?? this.#button).focus();
  }

  /** Not disabled, which would take the focus away from it. */
  #setRun(run) {
    this.#run = run;
    this.#button.setAttribute('aria-disabled', String(run !== null));
    this.#form.setAttribute('aria-busy', String(run !== null));
  }
}

/** What a form does not take, and the field to mend. */
export class Refusal extends Error {
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}
