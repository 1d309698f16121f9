import { say } from '../app/language.js';
import { Dialog } from './dialog.js';
import { byId, element } from './dom.js';
import { failureText } from './failures.js';
import { labelOf } from './ticks.js';
import { fullTime } from './time.js';

/** How often it is asked who has read a message, in milliseconds. */
const READERS_EVERY = 3_000;

/** What there is to know about a message: who wrote it, when, how far it has come, and in a room who has read it. */
export class MessageInfo {
  #dialog = new Dialog('message-info');
  #facts = byId('message-facts');
  #shown = null;

  async open(record, messenger) {
    const { people, me } = messenger;
    this.#shown = record;
    this.#facts.replaceChildren();
    this.#add(factsOf(record, people));
    this.#dialog.open();
    if (record.room && record.from === me && record.state !== 'pending') {
      await this.#followReaders(record, messenger);
    }
  }

  /** Asks who has read it while the dialog is open: people read on, and the log notes it a little later. */
  async #followReaders(record, messenger) {
    let shown = [];
    while (this.#shown === record && this.#dialog.isOpen) {
      const facts = await readersOf(record, messenger);
      if (this.#shown === record) {
        shown.forEach((node) => node.remove());
        shown = this.#add(facts);
      }
      await new Promise((resolve) => setTimeout(resolve, READERS_EVERY));
    }
  }

  #add(facts) {
    const nodes = facts.flatMap(([name, value]) => [
      element('dt', '', {}, name),
      element('dd', '', { dir: 'auto' }, value),
    ]);
    this.#facts.append(...nodes);
    return nodes;
  }
}

function factsOf({ from, at, state, type, editedAt, deletedAt }, people) {
  const label = labelOf(state);
  return [
    [say('from'), people.nameOf(from)],
    [say('written'), fullTime(at)],
    ...(editedAt ? [[say('editedAt'), fullTime(editedAt)]] : []),
    ...(deletedAt ? [[say('deleted'), fullTime(deletedAt)]] : []),
    ...(label ? [[say('state'), label]] : []),
    ...(type ? [[say('kind'), type]] : []),
  ];
}

/** Who has read it; nothing where the server does not tell. */
async function readersOf(record, messenger) {
  try {
    const receipts = await messenger.receipts(record);
    const names = (wanted) =>
      receipts.filter(({ state }) => state === wanted).map(({ user }) => messenger.people.nameOf(user)).join(', ');
    return [
      [say('seenBy'), names('displayed') || say('nobodyYet')],
      ...(names('delivered') ? [[say('deliveredTo'), names('delivered')]] : []),
      ...(names('sent') ? [[say('notYetThere'), names('sent')]] : []),
    ];
  } catch (error) {
    return error.status === 404 ? [] : [[say('seenBy'), failureText(error)]];
  }
}
