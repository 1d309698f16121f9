import { byId, element } from './dom.js';
import { titleOf } from './names.js';

const LONGEST = 200;

/** Tells people who use a screen reader what has come in, and what could not be sent. */
export class Announcer {
  #region = byId('announcer');

  attach(messenger) {
    messenger.on('incoming', (messages) => this.#say(textOf(messages, messenger)));
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

/** One message as it is; of a whole batch only how many there are. */
function textOf(messages, { people, conversations }) {
  if (messages.length > 1) {
    return `${messages.length} new messages`;
  }
  const [{ conversation, from, text, type, room }] = messages;
  const where = room ? ` in ${titleOf(conversations.get(conversation), people)}` : '';
  return `${people.nameOf(from)}${where}: ${(text || `message of the kind ${type}`).slice(0, LONGEST)}`;
}
