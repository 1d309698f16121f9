import { byId, element } from './dom.js';
import { failureText } from './failures.js';
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
    const isThere = record.deletedAt === undefined;
    const canWrite = isThere && this.#composer.isOpen && !['pending', 'failed'].includes(record.state);
    return [
      ...(canWrite ? [{ label: 'Reply', action: () => this.#composer.answer(record) }] : []),
      ...(record.text ? [{ label: 'Copy', action: () => this.#copy(record.text) }] : []),
      { label: 'Info', action: () => this.#info.open(record, this.#messenger) },
    ];
  }

  /** Adds a reaction of the person's, or takes it back. */
  async react(record, reaction, isRemoved) {
    try {
      await this.#messenger.react(record, reaction, { isRemoved });
    } catch (error) {
      this.#say(failureText(error));
    }
  }

  /** Over plain http a page may not write to the clipboard, but may let the browser copy what is selected. */
  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = element('textarea', 'visually-hidden', { readonly: true });
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }
    this.#say('Copied.');
  }

  #say(text) {
    this.#announcer.append(element('p', '', {}, text));
  }
}
