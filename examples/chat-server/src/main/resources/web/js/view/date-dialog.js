import { say } from '../app/language.js';
import { Dialog } from './dialog.js';
import { byId } from './dom.js';
import { failureText } from './failures.js';
import { Form, Refusal } from './form.js';
import { dayName } from './time.js';

/**
 * Goes to a day of the open conversation. The server has no way to a time, so older pages are read until the day is
 * reached; that can be stopped.
 */
export class DateDialog {
  #dialog = new Dialog('go-to-date');
  #day = byId('date');
  #progress = byId('date-progress');
  #messages;
  #past;
  #form;
  /** What the dialog does since it was opened last. */
  #run = { isStopped: true };

  /**
   * @param messages the list of messages
   * @param past reads older ones
   */
  constructor({ messages, past }) {
    this.#messages = messages;
    this.#past = past;
    this.#form = new Form(this.#dialog.form, { work: () => this.#go(), explain: failureText });
    this.#dialog.onClose(() => {
      this.#run.isStopped = true;
    });
  }

  open() {
    this.#form.reset();
    this.#progress.textContent = '';
    this.#day.max = dayText(Date.now());
    this.#run.isStopped = true;
    this.#run = { isStopped: false };
    this.#dialog.open();
  }

  async #go() {
    const run = this.#run;
    const start = startOf(this.#day.value);
    if (start === null) {
      throw new Refusal(say('chooseADay'), this.#day);
    }
    await this.#readTo(start, run);
    if (run.isStopped) {
      return;
    }
    const record = this.#messages.timeline.since(start);
    if (record === null) {
      throw new Refusal(say('thereAreNoMessagesOnThat'), this.#day);
    }
    this.#dialog.close();
    this.#messages.visit(record, 'start');
  }

  async #readTo(start, run) {
    const { timeline } = this.#messages;
    let read = 'older';
    this.#progress.textContent = say('reading');
    await this.#past.settled();
    // What could not be read before is read first, so that there is no hole.
    await this.#past.retry();
    while (!run.isStopped && read === 'older' && !(timeline.at(0)?.at < start)) {
      const oldest = timeline.at(0);
      this.#progress.textContent = oldest ? say('readingBackAtDay', { day: dayName(oldest.at) }) : say('reading');
      read = await this.#past.dig();
    }
    if (run.isStopped) {
      return;
    }
    this.#progress.textContent = '';
    if (read === 'failed') {
      throw new Refusal(say('earlierMessagesCouldNotBeRead'), this.#day);
    }
  }
}

/** The first moment of a day as a date field writes it, in the person's own time; or null. */
export function startOf(day) {
  const [year, month, date] = day.split('-').map(Number);
  return day === '' ? null : new Date(year, month - 1, date).getTime();
}

/** The day of a time as a date field writes it. */
export function dayText(ms) {
  const day = new Date(ms);
  const two = (number) => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
