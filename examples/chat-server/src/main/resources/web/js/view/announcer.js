import { byId, element } from './dom.js';
import { titleOf } from './names.js';

const LONGEST = 200;

/** Tells people who use a screen reader what has come in, and what could not be sent. */
export class Announcer {
  #region = byId('announcer');

  attach(messenger) {
    messenger.on('incoming', ({ conversation, text }) => {
      const title = titleOf(messenger.conversations.get(conversation));
      this.#say(`${title}: ${text.slice(0, LONGEST)}`);
    });
    messenger.on('messages', (records) => {
      if (records.some(({ state }) => state === 'failed')) {
        this.#say('A message could not be sent.');
      }
    });
  }

  #say(text) {
    this.#region.append(element('p', '', {}, text));
    while (this.#region.children.length > 5) {
      this.#region.firstChild.remove();
    }
  }
}
