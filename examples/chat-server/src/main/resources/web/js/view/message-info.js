import { Dialog } from './dialog.js';
import { byId, element } from './dom.js';
import { labelOf } from './ticks.js';
import { fullTime } from './time.js';

/** What there is to know about a message: who wrote it, when, and how far it has come. */
export class MessageInfo {
  #dialog = new Dialog('message-info');
  #facts = byId('message-facts');

  open(record, { people }) {
    this.#facts.replaceChildren(
      ...factsOf(record, people).flatMap(([name, value]) => [
        element('dt', '', {}, name),
        element('dd', '', { dir: 'auto' }, value),
      ]),
    );
    this.#dialog.open();
  }
}

function factsOf({ from, at, state, type, editedAt, deletedAt }, people) {
  const label = labelOf(state);
  return [
    ['From', people.nameOf(from)],
    ['Written', fullTime(at)],
    ...(editedAt ? [['Edited', fullTime(editedAt)]] : []),
    ...(deletedAt ? [['Deleted', fullTime(deletedAt)]] : []),
    ...(label ? [['State', label]] : []),
    ...(type ? [['Kind', type]] : []),
  ];
}
