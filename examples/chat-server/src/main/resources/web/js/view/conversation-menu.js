import { byId } from './dom.js';
import { below, onMenuWish } from './menu-wish.js';
import { titleOf } from './names.js';

/**
 * The menu of a conversation: by the right mouse button, a finger that rests on its row, the menu key, or the button above
 * the open conversation.
 */
export class ConversationMenu {
  #menu;
  #confirm;
  #openId;
  #onDetails;
  #onDay;
  #onGone;
  #messenger = null;

  /**
   * @param menu the menu of the page
   * @param confirm asks before what cannot be undone
   * @param openId returns the id of the open conversation
   * @param onDay called when the person wants to go to a day of the open conversation
   * @param onDetails called with a conversation of which the person wants to know more
   * @param onGone called with the id of a conversation that was deleted
   */
  constructor({ menu, confirm, openId, onDay, onDetails, onGone }) {
    this.#menu = menu;
    this.#confirm = confirm;
    this.#openId = openId;
    this.#onDay = onDay;
    this.#onDetails = onDetails;
    this.#onGone = onGone;
    const button = byId('conversation-menu');
    button.addEventListener('click', () => this.#open(openId(), below(button), button));
    onMenuWish(byId('conversations'), {
      selector: '[data-conversation]',
      anchor: '.row',
      open: (row, at) => this.#open(row.dataset.conversation, at, row.firstChild),
    });
  }

  attach(messenger) {
    this.#messenger = messenger;
  }

  #open(id, at, giveBack) {
    this.#menu.open(this.entries(id), { label: 'Conversation', at, giveBack });
  }

  /** The entries for one conversation: [{label, action}]. */
  entries(id) {
    const conversation = this.#messenger.conversations.get(id);
    const { isPinned = false, isMuted = false, isArchived = false } = conversation;
    const toggle = (mark, isSet) => () => this.#arrange(id, { [mark]: !isSet });
    return [
      { label: isPinned ? 'Unpin' : 'Pin', action: toggle('isPinned', isPinned) },
      { label: isMuted ? 'Unmute' : 'Mute', action: toggle('isMuted', isMuted) },
      { label: isArchived ? 'Move out of the archive' : 'Archive', action: toggle('isArchived', isArchived) },
      ...(id === this.#openId() ? [{ label: 'Go to a day…', action: () => this.#onDay() }] : []),
      { label: 'Details', action: () => this.#onDetails(conversation) },
      { label: 'Delete…', action: () => this.#askToDelete(conversation) },
    ];
  }

  #arrange(id, marks) {
    this.#messenger.arrange(id, marks).catch((error) => {
      console.error('webchat: a conversation could not be arranged', error);
    });
  }

  #askToDelete(conversation) {
    const question = {
      title: `Delete the conversation with ${titleOf(conversation, this.#messenger.people)}?`,
      text: 'It leaves your list and your history on all your devices. Others keep theirs. A new message brings it back.',
      label: 'Delete',
    };
    this.#confirm.ask(question, async () => {
      await this.#messenger.forget(conversation.id);
      this.#onGone(conversation.id);
    });
  }
}
