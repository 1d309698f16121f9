import { conversationAvatar } from './avatar.js';
import { Composer } from './composer.js';
import { byId } from './dom.js';
import { MessageList } from './messages.js';
import { enumeration, titleOf } from './names.js';
import { Past } from './past.js';
import { Search } from './search.js';

/** The pane of the open conversation. Its messages count as seen while the page is visible. */
export class ChatPane {
  #pane = byId('chat');
  #nothing = byId('nothing-open');
  #title = byId('chat-title');
  #subtitle = byId('chat-subtitle');
  #avatar = byId('chat-avatar');
  #messages = new MessageList({ onNearTop: () => this.#past.more(), onChange: () => this.#changed() });
  #past = new Past({ messages: this.#messages, onRead: () => this.#watch() });
  #search = new Search({ messages: this.#messages });
  #composer = new Composer();
  #messenger = null;
  #id = null;

  /** @param onClose, onDetails what the person asks for, the latter with the conversation */
  constructor({ onClose, onDetails }) {
    byId('back').addEventListener('click', onClose);
    byId('details-button').addEventListener('click', () => onDetails(this.#conversation));
    this.#pane.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing) {
        onClose();
      }
    });
    document.addEventListener('visibilitychange', () => this.#watch());
  }

  attach(messenger) {
    this.#messenger = messenger;
    this.#messages.attach(messenger);
    this.#composer.attach(messenger);
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
    this.#show(id);
    this.#search.reset();
    this.#messages.open(this.#conversation);
    this.#composer.open(this.#conversation);
    this.#showHead();
    this.#composer.focus();
    await this.#past.open(this.#messenger.pager(id));
    this.#watch();
  }

  close() {
    if (this.#id !== null) {
      this.#past.close();
      this.#messages.close();
    }
    this.#show(null);
    this.#watch();
  }

  #changed() {
    this.#search.refresh();
    this.#past.show();
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
    return this.#conversation.room ? `${enumeration(names)} typing…` : 'typing…';
  }

  #state({ peer, left }) {
    if (!peer) {
      return left ? 'You are no longer in this room' : 'Room';
    }
    const { people, presence } = this.#messenger;
    if (people.isBlocked(peer)) {
      return 'Blocked';
    }
    const id = people.nameOf(peer) === peer ? '' : peer;
    return [presence.isOnline(peer) ? 'Online' : '', id].filter(Boolean).join(' · ');
  }

  async #watch() {
    const isSeen = document.visibilityState === 'visible';
    try {
      await this.#messenger?.watch(isSeen ? this.#id : null);
    } catch (error) {
      console.error('webchat: messages could not be marked as seen', error);
    }
  }
}
