import { byId } from './dom.js';
import { MessageInfo } from './message-info.js';

/** What can be done with a message, as the entries of its menu. */
export class MessageActions {
  #info = new MessageInfo();
  #announcer = byId('announcer');
  #composer;
  #messenger = null;

  constructor({ composer }) {
    this.#composer = composer;
  }

  attach(messenger) {
    this.#messenger = messenger;
  }

  /** The entries for one message: [{label, action}]. */
  of(record) {
    const isSent = !['pending', 'failed'].includes(record.state);
    return [
      ...(isSent && this.#composer.isOpen ? [{ label: 'Reply', action: () => this.#composer.answer(record) }] : []),
      ...(record.text ? [{ label: 'Copy', action: () => this.#copy(record.text) }] : []),
      { label: 'Info', action: () => this.#info.open(record, this.#messenger.people) },
    ];
  }

  /** Over plain http a page may not write to the clipboard, but may let the browser copy what is selected. */
  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement('textarea');
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }
    this.#announcer.append('Copied.');
  }
}
