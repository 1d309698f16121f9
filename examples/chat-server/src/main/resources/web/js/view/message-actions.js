import { say } from '../app/language.js';
import { byId, element } from './dom.js';
import { failureText } from './failures.js';
import { captionOf } from './file-words.js';
import { MessageInfo } from './message-info.js';
import { REACTIONS } from './reactions.js';

/** What can be done with a message, as the entries of its menu. */
export class MessageActions {
  #info = new MessageInfo();
  #confirm;
  #announcer = byId('announcer');
  #composer;
  #picker;
  #files;
  #messenger = null;

  /**
   * @param confirm asks before what cannot be undone
   * @param picker offers all emoji
   * @param files shows the files of messages
   */
  constructor({ composer, confirm, picker, files }) {
    this.#files = files;
    this.#picker = picker;
    this.#composer = composer;
    this.#confirm = confirm;
  }

  attach(messenger) {
    this.#messenger = messenger;
  }

  /** The entries for one message: [{label, action}], or [{label, entries}] for a menu of its own. */
  of(record) {
    const isThere = record.deletedAt === undefined;
    const canWrite = isThere && this.#composer.isOpen && !['pending', 'failed'].includes(record.state);
    const isMine = record.from === this.#messenger.me;
    const canEdit = canWrite && isMine && Boolean(record.text || record.attachments);
    const caption = captionOf(record);
    return [
      ...(canWrite ? [{ label: say('reply'), action: () => this.#composer.answer(record) }] : []),
      ...(canWrite ? [{ label: say('react'), entries: this.#reactions(record) }] : []),
      ...this.#files.entriesOf(record),
      ...(caption ? [{ label: say('copy'), action: () => this.#copy(caption) }] : []),
      ...(canEdit ? [{ label: say('edit'), action: () => this.#composer.edit(record) }] : []),
      ...(canWrite && isMine ? [{ label: say('delete'), action: () => this.#delete(record) }] : []),
      { label: say('info'), action: () => this.#info.open(record, this.#messenger) },
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

  #reactions(record) {
    const toggle = (reaction) => this.react(record, reaction, this.#isGiven(record, reaction));
    const common = REACTIONS.map((reaction) => ({ label: reaction, action: () => toggle(reaction) }));
    // The menu has given the focus back to the message by then.
    const others = () => {
      const beside = document.activeElement;
      this.#picker.open({ beside, anchor: beside.querySelector('.bubble') ?? beside, onChosen: toggle });
    };
    return [...common, { label: say('moreEmoji'), action: others }];
  }

  #isGiven({ reactions = [] }, reaction) {
    return reactions.some((each) => each.reaction === reaction && each.users.includes(this.#messenger.me));
  }

  #delete(record) {
    const question = {
      title: say('deleteThisMessage'),
      text: say('itDisappearsForEveryoneInThis'),
      label: say('deleteNow'),
    };
    this.#confirm.ask(question, () => this.#messenger.remove(record));
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
    this.#say(say('copied'));
  }

  #say(text) {
    this.#announcer.append(element('p', '', {}, text));
  }
}
