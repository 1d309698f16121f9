import { say } from '../app/language.js';
import { textBytes } from '@webchat/client';
import { MAX_TEXT_BYTES } from '../config.js';
import { Attaching } from './attaching.js';
import { Completion } from './completion.js';
import { byId, isTouch } from './dom.js';
import { Drafts } from './drafts.js';
import { failureText } from './failures.js';
import { captionOf } from './file-words.js';
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
  #waiting = byId('waiting');
  #attaching = new Attaching({
    field: this.#field,
    isOpen: () => this.isOpen && this.#conversation !== null,
    onChange: () => this.#showReadiness(),
  });
  #completion = new Completion({ onChosen: () => this.#edited() });

  #onSent;

  /**
   * @param picker offers emoji
   * @param onSent called with the uploads of a message that was handed on
   */
  constructor({ picker, onSent = () => {} }) {
    this.#onSent = onSent;
    byId('waiting-end').addEventListener('click', () => this.#stopWaiting());
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
    this.#attaching.attach(messenger);
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
    this.#attaching.close();
  }

  /** Nobody is signed in any more. */
  detach() {
    this.close();
    this.#attaching.detach();
    this.#sending = null;
  }

  /** Whether something that was written would be lost with the page: a draft is kept, an edit is not. */
  get #wouldLose() {
    const { edited } = this.#about;
    const isChanged = edited !== null && this.#field.value.trim() !== captionOf(edited).trim();
    return isChanged || this.#attaching.wouldLose || this.#sending?.isUnfinished === true;
  }

  /** Whether there is somebody to write to. */
  get isOpen() {
    return !this.#form.hidden;
  }

  /** What is written next answers this message (null: none). */
  answer(record) {
    this.#setAbout({ answered: record, edited: null });
  }

  /** What is written next replaces the text and the files of this message of ours. */
  edit(record) {
    this.#setAbout({ answered: null, edited: record });
    this.#field.value = captionOf(record);
    this.#showState();
  }

  #setAbout(about) {
    const { me, people } = this.#messenger;
    const record = about.answered ?? about.edited;
    this.#about = about;
    about.edited ? this.#attaching.edit(about.edited) : this.#attaching.open(this.#conversation.id);
    this.#reply.hidden = record === null;
    const title = about.edited ? say('youEditYourMessage') : null;
    this.#replyText.replaceChildren(...(record ? quote(record, { me, people, title }) : []));
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
    if (event.key === 'Escape' && (this.#isWaiting || !this.#reply.hidden)) {
      event.stopPropagation();
      this.#isWaiting ? this.#stopWaiting() : this.#giveUp();
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

  /** What is written now goes out as soon as its files are uploaded. */
  #submit() {
    const text = this.#field.value.trim();
    const { uploads } = this.#attaching;
    if (!this.#isReady(text)) {
      return;
    }
    const written = { conversation: this.#conversation.id, members: this.#members, text, uploads, ...this.#about };
    uploads.whenThere(() => this.#send(written));
    this.#showReadiness();
  }

  #send(written) {
    const isHere = written.uploads === this.#attaching.uploads;
    this.#attaching.take(written.uploads);
    if (isHere && written.edited) {
      this.#giveUp();
    } else if (isHere) {
      this.#setText('');
      this.answer(null);
      this.#field.focus();
    } else {
      this.#drafts.put(written.conversation, '');
    }
    this.#onSent(written.uploads);
    this.#sending.put(written);
  }

  get #isWaiting() {
    return this.#attaching.uploads?.isAwaited === true;
  }

  #stopWaiting() {
    this.#attaching.uploads.giveUp();
    this.#field.focus();
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

  #putBack({ text, uploads, answered, edited, problem }) {
    if (edited) {
      this.edit(edited);
      this.#field.value = text;
      this.#showState();
    } else {
      this.#setText([text, this.#field.value].filter((part) => part.trim() !== '').join('\n'));
      this.answer(answered ?? this.#about.answered);
    }
    this.#attaching.uploads.putBack(uploads);
    this.#problem.textContent = problem;
  }

  #setText(text) {
    this.#field.value = text;
    this.#keepDraft();
    this.#showState();
  }

  #showState() {
    const text = this.#field.value.trim();
    this.#showReadiness();
    this.#problem.textContent = this.#isTooLong(text) ? say('thisMessageIsTooLongPlease') : '';
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
  }

  /** Shows whether there is something to send. While it waits for its files, it stays as it is. */
  #showReadiness() {
    this.#button.disabled = !this.#isReady(this.#field.value.trim());
    this.#field.readOnly = this.#isWaiting;
    this.#waiting.hidden = !this.#isWaiting;
  }

  /** A file that failed is to be tried again or removed first. */
  #isReady(text) {
    const { uploads } = this.#attaching;
    const isAny = text !== '' || uploads?.isEmpty === false;
    return isAny && !this.#isTooLong(text) && uploads?.hasFailed !== true && !this.#isWaiting;
  }

  #isTooLong(text) {
    return textBytes(text) > MAX_TEXT_BYTES;
  }

  #keepDraft() {
    this.#drafts.put(this.#conversation.id, this.#field.value);
  }
}
