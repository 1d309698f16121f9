import { say } from '../app/language.js';
import { reachOf } from '@webchat/client';
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
    this.#menu.open(this.entries(id), { label: say('conversation'), at, giveBack });
  }

  /** The entries for one conversation: [{label, action}]. */
  entries(id) {
    const conversation = this.#messenger.conversations.get(id);
    const { isPinned = false, isMuted = false, isArchived = false } = conversation;
    const toggle = (mark, isSet) => () => this.#arrange(id, { [mark]: !isSet });
    return [
      { label: isPinned ? say('unpin') : say('pin'), action: toggle('isPinned', isPinned) },
      { label: isMuted ? say('unmute') : say('mute'), action: toggle('isMuted', isMuted) },
      { label: isArchived ? say('moveOutOfTheArchive') : say('archive'), action: toggle('isArchived', isArchived) },
      ...(id === this.#openId() ? [{ label: say('goToADayEntry'), action: () => this.#onDay() }] : []),
      { label: say('details'), action: () => this.#onDetails(conversation) },
      { label: say('delete'), action: () => this.#askToDelete(conversation) },
    ];
  }

  #arrange(id, marks) {
    this.#messenger.arrange(id, marks).catch((error) => {
      console.error('webchat: a conversation could not be arranged', error);
    });
  }

  /** What comes after the question is not deleted: the person has not seen it when they answer. */
  #askToDelete(conversation) {
    const upTo = reachOf(conversation);
    const question = {
      title: say('deleteTheConversationWithTitle', { title: titleOf(conversation, this.#messenger.people) }),
      text: say('itIsDeletedOnTheServer'),
      label: say('deleteNow'),
    };
    this.#confirm.ask(question, async () => {
      await this.#messenger.forget(conversation.id, upTo);
      this.#onGone(conversation.id);
    });
  }
}
