import { element } from './dom.js';
import { sentence } from './sentence.js';
import { tick } from './ticks.js';
import { dayName, isSameDay, timeOfDay } from './time.js';

const GROUP = 5 * 60_000;
const GAP = 'Some messages that waited too long may be missing here.';

/** One message in the chat pane. It is built once and brought up to date, so that a selection in it survives. */
export class Bubble {
  #mark = element('span', 'mark');
  #failure = null;
  #before = [];
  #above = '';
  #onRetry;

  constructor(record, { me, title, onRetry }) {
    this.#onRetry = onRetry;
    const mine = record.from === me;
    const who = element('span', 'visually-hidden', {}, mine ? 'You: ' : `${title}: `);
    const text = element('p', 'text', { dir: 'auto' }, record.text);
    this.time = element('time');
    const meta = element('p', 'meta', {}, this.time, this.#mark);
    this.body = element('div', 'bubble', {}, who, text, meta);
    this.node = element('li', mine ? 'message mine' : 'message theirs', {}, this.body);
    this.update(record);
  }

  /** Shows the state that the record now has. */
  update(record) {
    if (record.state !== this.record?.state) {
      this.#mark.replaceChildren(tick(record.state) ?? '');
      this.#showFailure(record);
    }
    this.time.dateTime = new Date(record.at).toISOString();
    this.time.textContent = timeOfDay(record.at);
    this.record = record;
  }

  /** Shows what depends on the message above: a day's name, a notice that messages are missing, the closeness. */
  follow(previous, gapBefore) {
    const isNewDay = !previous || !isSameDay(previous.at, this.record.at);
    const isClose = previous?.from === this.record.from && this.record.at - previous.at < GROUP;
    this.node.classList.toggle('follows', isClose && !isNewDay && !gapBefore);
    const above = [gapBefore ? GAP : '', isNewDay ? dayName(this.record.at) : ''];
    if (above.join() === this.#above) {
      return;
    }
    this.#above = above.join();
    this.#before.forEach((node) => node.remove());
    this.#before = above
      .filter((text) => text !== '')
      .map((text) => element('p', text === GAP ? 'notice' : 'day', {}, text));
    this.node.prepend(...this.#before);
  }

  #showFailure({ state, id, detail }) {
    this.node.classList.toggle('failed', state === 'failed');
    this.#failure?.remove();
    this.#failure = null;
    if (state === 'failed') {
      const retry = element('button', 'link', { type: 'button' }, 'Retry');
      retry.addEventListener('click', () => this.#onRetry(id));
      const reason = detail ? `Not sent. ${sentence(detail)} ` : 'Not sent. ';
      this.#failure = element('p', 'failure', {}, reason, retry);
      this.node.append(this.#failure);
    }
  }
}

/** The line that says that messages are missing here. */
export function gapNotice() {
  return element('p', 'notice', {}, GAP);
}
