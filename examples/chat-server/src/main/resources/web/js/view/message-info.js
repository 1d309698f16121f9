import { Dialog } from './dialog.js';
import { byId, element } from './dom.js';
import { fullTime } from './time.js';
import { labelOf } from './ticks.js';

/** What there is to know about a message: who wrote it, when, and how far it has come. */
export class MessageInfo {
  #dialog = new Dialog('message-info');
  #facts = byId('message-facts');

  open(record, people) {
    const state = labelOf(record.state);
    const facts = [
      ['From', people.nameOf(record.from)],
      [record.state === 'received' || state !== 'Waiting to be sent' ? 'Sent' : 'Written', fullTime(record.at)],
      ...(state ? [['State', state]] : []),
      ...(record.type ? [['Kind', record.type]] : []),
    ];
    this.#facts.replaceChildren(
      ...facts.flatMap(([name, value]) => [element('dt', '', {}, name), element('dd', '', { dir: 'auto' }, value)]),
    );
    this.#dialog.open();
  }
}
