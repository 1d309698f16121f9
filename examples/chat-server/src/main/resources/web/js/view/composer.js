import { MAX_TEXT_BYTES } from '../config.js';
import { textBytes } from '../client/wire.js';
import { byId, isTouch } from './dom.js';
import { Drafts } from './drafts.js';
import { failureText } from './failures.js';

/**
 * The field in which a message is written. A draft stays with its conversation, in all tabs and through a reload. Enter
 * sends, but on a touch screen, whose keyboard has no other key for a new line.
 */
export class Composer {
  #form = byId('composer');
  #closed = byId('composer-closed');
  #reason = byId('composer-reason');
  #unblock = byId('unblock-button');
  #field = byId('text');
  #button = byId('send');
  #problem = byId('text-problem');
  #messenger = null;
  #conversation = null;
  #drafts = null;

  constructor() {
    this.#unblock.addEventListener('click', () => this.#lift());
    this.#field.addEventListener('input', () => this.#edited());
    this.#field.addEventListener('keydown', (event) => this.#pressed(event));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  attach(messenger) {
    this.#messenger = messenger;
    this.#drafts = new Drafts((id, text) => messenger.draft(id, text));
  }

  open(conversation) {
    this.#conversation = conversation;
    this.#field.value = conversation.draft ?? '';
    this.#showState();
  }

  /** Shows whether there is anybody to write to. */
  show({ peer, left, draft = '' }) {
    this.#takeOver(draft);
    const isBlocked = peer !== undefined && this.#messenger.people.isBlocked(peer);
    this.#form.hidden = isBlocked || left === true;
    this.#closed.hidden = !this.#form.hidden;
    this.#unblock.hidden = !isBlocked;
    const name = peer && this.#messenger.people.nameOf(peer);
    this.#reason.textContent = isBlocked ? `You have blocked ${name}.` : 'You are no longer in this room.';
  }

  /** Shows what another tab has written meanwhile. */
  #takeOver(draft) {
    if (!document.hasFocus() && this.#field.value !== draft) {
      this.#field.value = draft;
      this.#showState();
    }
  }

  async #lift() {
    try {
      await this.#messenger.people.setBlocked(this.#conversation.peer, false);
      this.focus();
    } catch (error) {
      this.#reason.textContent = failureText(error);
    }
  }

  focus() {
    if (!isTouch()) {
      this.#field.focus();
    }
  }

  #pressed(event) {
    // Enter also ends the composing of a syllable or character in an input method.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !isTouch()) {
      event.preventDefault();
      this.#submit();
    }
  }

  #edited() {
    if (this.#field.value.trim() !== '') {
      this.#messenger.keystroke(this.#conversation.id);
    }
    this.#keepDraft();
    this.#showState();
  }

  async #submit() {
    const text = this.#field.value.trim();
    if (text === '' || this.#isTooLong(text)) {
      return;
    }
    const { id } = this.#conversation;
    this.#setText('');
    this.#field.focus();
    try {
      await this.#messenger.send(id, text);
    } catch (error) {
      console.error('webchat: a message could not be kept', error);
      this.#setText(text);
      this.#problem.textContent = 'This browser could not keep the message, so it was not sent. Is its storage full?';
    }
  }

  #setText(text) {
    this.#field.value = text;
    this.#keepDraft();
    this.#showState();
  }

  #showState() {
    const text = this.#field.value.trim();
    const isTooLong = this.#isTooLong(text);
    this.#button.disabled = text === '' || isTooLong;
    this.#problem.textContent = isTooLong ? 'This message is too long. Please send it in parts.' : '';
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
  }

  #isTooLong(text) {
    return textBytes(text) > MAX_TEXT_BYTES;
  }

  #keepDraft() {
    this.#drafts.put(this.#conversation.id, this.#field.value);
  }
}
