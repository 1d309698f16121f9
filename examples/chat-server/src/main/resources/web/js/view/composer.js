import { say } from '../app/language.js';
import { textBytes } from '@webchat/client';
import { MAX_TEXT_BYTES } from '../config.js';
import { Completion } from './completion.js';
import { byId, isTouch } from './dom.js';
import { Drafts } from './drafts.js';
import { failureText } from './failures.js';
import { Members } from './members.js';
import { quote } from './quote.js';
import { Sending } from './sending.js';

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
  #about = { answered: null, edited: null };
  #reply = byId('replying');
  #replyText = byId('replying-text');
  #replyEnd = byId('replying-end');
  #emoji = byId('emoji-open');
  #members = null;
  #sending = null;
  #completion = new Completion({ onChosen: () => this.#edited() });

  /** @param picker offers emoji */
  constructor({ picker }) {
    const onChosen = (emoji) => this.#insert(emoji);
    this.#emoji.addEventListener('click', () => picker.open({ beside: this.#emoji, onChosen }));
    byId('replying-end').addEventListener('click', () => this.#giveUp());
    this.#unblock.addEventListener('click', () => this.#lift());
    this.#field.addEventListener('input', () => this.#edited());
    this.#field.addEventListener('keydown', (event) => this.#pressed(event));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    // The browser asks the person then.
    window.addEventListener('beforeunload', (event) => this.#wouldLose && event.preventDefault());
  }

  attach(messenger) {
    this.#messenger = messenger;
    const sending = new Sending(messenger, { onReturned: () => sending === this.#sending && this.#takeBack() });
    this.#sending = sending;
    this.#drafts = new Drafts((id, text) => messenger.draft(id, text));
    const isHere = ({ state, conversation }) => state === 'noted' && conversation === this.#conversation?.id;
    messenger.on('messages', (records) => records.some(isHere) && this.#members.changed());
  }

  open(conversation) {
    this.#conversation = conversation;
    this.#members = new Members(this.#messenger, conversation);
    this.#completion.open(this.#members, this.#messenger.people);
    this.#field.value = conversation.draft ?? '';
    this.answer(null);
    this.#showState();
    this.#takeBack();
  }

  /** No conversation is open any more. */
  close() {
    this.#conversation = null;
    this.#about = { answered: null, edited: null };
  }

  /** Nobody is signed in any more. */
  detach() {
    this.close();
    this.#sending = null;
  }

  /** Whether something that was written would be lost with the page: a draft is kept, an edit is not. */
  get #wouldLose() {
    const { edited } = this.#about;
    const isChanged = edited !== null && this.#field.value.trim() !== edited.text.trim();
    return isChanged || this.#sending?.isUnfinished === true;
  }

  /** Whether there is somebody to write to. */
  get isOpen() {
    return !this.#form.hidden;
  }

  /** What is written next answers this message (null: none). */
  answer(record) {
    this.#setAbout({ answered: record, edited: null });
  }

  /** What is written next replaces the text of this message of ours. */
  edit(record) {
    this.#setAbout({ answered: null, edited: record });
    this.#field.value = record.text;
    this.#showState();
  }

  #setAbout(about) {
    const { me, people } = this.#messenger;
    const record = about.answered ?? about.edited;
    this.#about = about;
    this.#reply.hidden = record === null;
    this.#replyText.replaceChildren(...(record ? quote(record, { me, people }) : []));
    this.#replyEnd.setAttribute('aria-label', about.edited ? say('doNotEdit') : say('doNotReply'));
    if (record) {
      this.#field.focus();
    }
  }

  /** Back to a new message, of which there may be a draft. */
  #giveUp() {
    if (this.#about.edited) {
      this.#field.value = this.#messenger.conversations.get(this.#conversation.id).draft ?? '';
    }
    this.answer(null);
    this.#showState();
    this.focus();
    this.#takeBack();
  }

  /** Shows whether there is anybody to write to. */
  show({ peer, left, role, draft = '' }) {
    this.#takeOver(draft);
    const isBlocked = peer !== undefined && this.#messenger.people.isBlocked(peer);
    const isReader = role === 'reader' && left !== true;
    this.#form.hidden = isBlocked || left === true || isReader;
    this.#closed.hidden = !this.#form.hidden;
    this.#unblock.hidden = !isBlocked;
    const name = peer && this.#messenger.people.nameOf(peer);
    const ofRoom = isReader ? say('youCanReadHereAndNot') : say('noLongerInRoomSentence');
    this.#reason.textContent = isBlocked ? say('youHaveBlockedName', { name }) : ofRoom;
  }

  /** Shows what another tab has written meanwhile. */
  #takeOver(draft) {
    if (!document.hasFocus() && this.#about.edited === null && this.#field.value !== draft) {
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
    if (this.#completion.pressed(event)) {
      return;
    }
    if (event.key === 'Escape' && !this.#reply.hidden) {
      event.stopPropagation();
      this.#giveUp();
    }
    // Enter also ends the composing of a syllable or character in an input method.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !isTouch()) {
      event.preventDefault();
      this.#submit();
    }
  }

  /** Puts a text in where the caret is. */
  #insert(text) {
    if (this.#conversation === null) {
      return;
    }
    this.#field.focus();
    this.#field.setRangeText(text, this.#field.selectionStart, this.#field.selectionEnd, 'end');
    this.#edited();
  }

  #edited() {
    if (this.#about.edited === null) {
      if (this.#field.value.trim() !== '') {
        this.#messenger.keystroke(this.#conversation.id);
      }
      this.#keepDraft();
    }
    this.#showState();
  }

  #submit() {
    const text = this.#field.value.trim();
    if (text === '' || this.#isTooLong(text)) {
      return;
    }
    const written = { conversation: this.#conversation.id, members: this.#members, text, ...this.#about };
    if (written.edited) {
      this.#giveUp();
    } else {
      this.#setText('');
      this.answer(null);
      this.#field.focus();
    }
    this.#sending.put(written);
  }

  /** Puts back what could not be sent here, before what was written since; behind an edit it waits. */
  #takeBack() {
    while (this.#conversation !== null && this.#about.edited === null) {
      const returned = this.#sending.takeBack(this.#conversation.id);
      if (returned === null) {
        return;
      }
      this.#putBack(returned);
    }
  }

  #putBack({ text, answered, edited, problem }) {
    if (edited) {
      this.edit(edited);
      this.#field.value = text;
      this.#showState();
    } else {
      this.#setText([text, this.#field.value].filter((part) => part.trim() !== '').join('\n'));
      this.answer(answered ?? this.#about.answered);
    }
    this.#problem.textContent = problem;
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
    this.#problem.textContent = isTooLong ? say('thisMessageIsTooLongPlease') : '';
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
