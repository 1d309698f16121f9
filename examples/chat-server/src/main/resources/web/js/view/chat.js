import { say } from '../app/language.js';
import { conversationAvatar } from './avatar.js';
import { Composer } from './composer.js';
import { DateDialog } from './date-dialog.js';
import { byId } from './dom.js';
import { EmojiPicker } from './emoji-picker.js';
import { FileViews } from './file-views.js';
import { MessageActions } from './message-actions.js';
import { MessageMenu } from './message-menu.js';
import { MessageList } from './messages.js';
import { titleOf, typingText } from './names.js';
import { Past } from './past.js';
import { Search } from './search.js';
import { SeenWatch } from './seen.js';
import { lastSeenText } from './time.js';

/** The pane of the open conversation. It is left and opened again where its reader was. */
export class ChatPane {
  #pane = byId('chat');
  #nothing = byId('nothing-open');
  #title = byId('chat-title');
  #subtitle = byId('chat-subtitle');
  #avatar = byId('chat-avatar');
  #files = new FileViews();
  #messages = new MessageList({
    onNearTop: () => this.#past.more(),
    onChange: (added) => this.#changed(added),
    onScroll: () => this.#seen.check(),
    onLead: () => this.#past.stay(),
    onReact: (...reaction) => this.#actions.react(...reaction),
    filesOf: (record) => this.#files.of(record),
  });
  #seen = new SeenWatch({ messages: this.#messages });
  #past = new Past({ messages: this.#messages, onSettled: () => this.#seen.watch(this.#id) });
  #date = new DateDialog({ messages: this.#messages, past: this.#past });
  #search = new Search({ messages: this.#messages, past: this.#past });
  #picker = new EmojiPicker();
  #composer = new Composer({ picker: this.#picker, onSent: (uploads) => this.#files.put(uploads) });
  #actions;
  #messenger = null;
  #id = null;
  #positions = new Map();

  /**
   * @param onClose, onDetails what the person asks for, the latter with the conversation
   * @param confirm asks before what cannot be undone
   * @param menu the menu of the page
   */
  constructor({ onClose, onDetails, confirm, menu }) {
    const [composer, picker, files] = [this.#composer, this.#picker, this.#files];
    this.#actions = new MessageActions({ composer, confirm, picker, files });
    new MessageMenu({ menu, messages: this.#messages, entriesOf: (record) => this.#actions.of(record) });
    byId('back').addEventListener('click', onClose);
    byId('details-button').addEventListener('click', () => onDetails(this.#conversation));
    this.#pane.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing) {
        onClose();
      }
    });
  }

  attach(messenger) {
    this.#messenger = messenger;
    this.#positions.clear();
    this.#files.attach(messenger);
    this.#messages.attach(messenger);
    this.#seen.attach(messenger);
    this.#composer.attach(messenger);
    this.#actions.attach(messenger);
    const showIf = (isMine) => isMine && this.#showHead();
    messenger.on('typing', (id) => showIf(id === this.#id));
    messenger.on('conversations', (changed) => showIf(changed.some(({ id }) => id === this.#id)));
    messenger.on('people', () => showIf(this.#id !== null));
    messenger.on('presence', (users) => showIf(users.has(this.#conversation?.peer)));
    messenger.on('gap', () => this.#past.catchUp());
    messenger.on('connection', (state) => state === 'online' && this.#past.catchUp());
    this.#show(null);
  }

  /** Opens a conversation. Focus goes to where the next message is written. */
  async open(id) {
    if (id === this.#id) {
      return;
    }
    this.#leave();
    this.#show(id);
    this.#messages.open(this.#conversation);
    this.#composer.open(this.#conversation);
    this.#showHead();
    this.#composer.focus();
    const { unread, readTo = -Infinity, seen } = this.#conversation;
    const goal = { position: this.#positions.get(id), unread, readTo: Math.max(readTo, seen?.place ?? -Infinity) };
    await this.#past.open(this.#messenger.pager(id), goal);
  }

  close() {
    this.#leave();
    this.#show(null);
  }

  /** Nobody is signed in any more. */
  detach() {
    this.close();
    this.#composer.detach();
    this.#files.detach();
  }

  /** Asks for a day of the open conversation, and goes there. */
  askForDay() {
    this.#date.open();
  }

  /** Gives the focus to the messages of the open conversation. Returns whether there is one. */
  focus() {
    this.#messages.focus();
    return this.#id !== null;
  }

  /** Leaves the open conversation, if there is one, and remembers where its reader was. */
  #leave() {
    if (this.#id !== null) {
      const position = this.#messages.position();
      position ? this.#positions.set(this.#id, position) : this.#positions.delete(this.#id);
      this.#search.reset();
      this.#seen.watch(null);
      this.#past.close();
      this.#messages.close();
      this.#composer.close();
      this.#files.leave();
    }
  }

  #changed(added) {
    this.#search.refresh(added);
    this.#past.show();
    this.#seen.check();
  }

  get #conversation() {
    return this.#messenger?.conversations.get(this.#id);
  }

  #show(id) {
    this.#id = id;
    this.#pane.hidden = id === null;
    this.#nothing.hidden = id !== null;
  }

  #showHead() {
    const conversation = this.#conversation;
    this.#title.textContent = titleOf(conversation, this.#messenger.people);
    this.#avatar.replaceChildren(conversationAvatar(conversation, this.#messenger, this.#avatar.firstElementChild));
    const writing = this.#messenger.writers(this.#id);
    this.#subtitle.textContent = writing.length > 0 ? this.#typing(writing) : this.#state(conversation);
    this.#subtitle.classList.toggle('is-typing', writing.length > 0);
    this.#composer.show(conversation);
  }

  #typing(users) {
    const names = users.map((user) => this.#messenger.people.nameOf(user));
    return typingText(names, { isRoom: this.#conversation.room !== undefined });
  }

  #state({ peer, left }) {
    if (!peer) {
      return left ? say('noLongerInRoom') : say('room');
    }
    const { people, presence } = this.#messenger;
    if (people.isBlocked(peer)) {
      return say('blocked');
    }
    const id = people.nameOf(peer) === peer ? '' : peer;
    return [presence.isOnline(peer) ? say('isOnline') : seenText(presence.lastSeen(peer)), id].filter(Boolean).join(' · ');
  }
}

function seenText(lastSeen) {
  return lastSeen === null ? '' : lastSeenText(lastSeen);
}
