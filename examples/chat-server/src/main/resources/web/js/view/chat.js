import { byId } from './dom.js';
import { Composer } from './composer.js';
import { MessageList } from './messages.js';
import { avatar, titleOf } from './names.js';

/** The pane of the open conversation. Its messages count as seen while the page is visible. */
export class ChatPane {
  #pane = byId('chat');
  #nothing = byId('nothing-open');
  #title = byId('chat-title');
  #subtitle = byId('chat-subtitle');
  #avatar = byId('chat-avatar');
  #messages = new MessageList();
  #composer = new Composer();
  #messenger = null;
  #id = null;

  constructor({ onClose }) {
    byId('back').addEventListener('click', onClose);
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
    messenger.on('typing', (id) => id === this.#id && this.#showHead());
    messenger.on('conversations', (changed) => changed.some(({ id }) => id === this.#id) && this.#showHead());
    this.#show(null);
  }

  /** Opens a conversation. Focus goes to where the next message is written. */
  async open(id) {
    this.#show(id);
    this.#showHead();
    const conversation = this.#messenger.conversations.get(id);
    this.#composer.open(conversation);
    this.#composer.focus();
    await this.#messages.open(conversation);
    this.#watch();
  }

  close() {
    this.#show(null);
    this.#watch();
  }

  #show(id) {
    this.#id = id;
    this.#pane.hidden = id === null;
    this.#nothing.hidden = id !== null;
  }

  #showHead() {
    const conversation = this.#messenger.conversations.get(this.#id);
    const title = titleOf(conversation);
    this.#title.textContent = title;
    this.#avatar.replaceChildren(avatar(conversation.peer, title));
    const isTyping = this.#messenger.isTyping(this.#id);
    this.#subtitle.textContent = isTyping ? 'typing…' : this.#number(conversation, title);
    this.#subtitle.classList.toggle('is-typing', isTyping);
  }

  #number({ peer }, title) {
    return peer === title ? '' : peer;
  }

  #watch() {
    this.#messenger?.watch(document.visibilityState === 'visible' ? this.#id : null);
  }
}
