import { say } from '../app/language.js';
import { byId, element } from './dom.js';

/** What stands in the list where there are no rows: that it loads, failed, is empty, or that nothing matches. */
export class ListNotice {
  #node = byId('list-notice');
  #shown = '';
  #onRetry;
  #onStart;

  /** @param onRetry, onStart what the buttons do */
  constructor({ onRetry, onStart }) {
    this.#onRetry = onRetry;
    this.#onStart = onStart;
  }

  show({ rows, conversations, archived, sync, wanted, isLooking }) {
    const isArchived = wanted === '' && conversations > 0 && archived === conversations;
    const kind = rows === 0 && isArchived ? 'archived' : kindOf({ rows, conversations, sync, isLooking });
    if (kind + wanted !== this.#shown) {
      this.#shown = kind + wanted;
      this.#node.hidden = kind === 'rows';
      this.#node.replaceChildren(...this.#content(kind, wanted));
    }
  }

  #content(kind, wanted) {
    switch (kind) {
      case 'loading':
        return [
          element('span', 'spinner', { 'aria-hidden': 'true' }),
          element('p', '', {}, say('loadingConversations')),
        ];
      case 'failed':
        return [
          element('p', '', {}, say('yourConversationsCouldNotBeLoaded')),
          this.#button(say('tryAgain'), 'quiet-button', this.#onRetry),
        ];
      case 'empty':
        return [
          element('p', 'quiet-title', {}, say('noConversationsYet')),
          element('p', '', {}, say('writeToSomebodyWhoseUserId')),
          this.#button(say('startAConversation'), 'primary', this.#onStart),
        ];
      case 'looking':
        return [
          element('span', 'spinner', { 'aria-hidden': 'true' }),
          element('p', '', {}, say('lookingForWantedInTheNames', { wanted })),
        ];
      case 'archived':
        return [element('p', '', {}, say('allYourConversationsAreInThe'))];
      case 'unmatched':
        return [element('p', '', {}, say('nothingMatchesWanted', { wanted }))];
      default:
        return [];
    }
  }

  #button(label, style, action) {
    const button = element('button', style, { type: 'button' }, label);
    button.addEventListener('click', action);
    return button;
  }
}

function kindOf({ rows, conversations, sync, isLooking }) {
  if (rows > 0) {
    return 'rows';
  }
  if (conversations > 0) {
    return isLooking ? 'looking' : 'unmatched';
  }
  return sync === 'done' ? 'empty' : sync;
}
