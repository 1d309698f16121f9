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
          element('p', '', {}, 'Loading conversations…'),
        ];
      case 'failed':
        return [
          element('p', '', {}, 'Your conversations could not be loaded.'),
          this.#button('Try again', 'quiet-button', this.#onRetry),
        ];
      case 'empty':
        return [
          element('p', 'quiet-title', {}, 'No conversations yet'),
          element('p', '', {}, 'Write to somebody whose user id you know.'),
          this.#button('Start a conversation', 'primary', this.#onStart),
        ];
      case 'looking':
        return [
          element('span', 'spinner', { 'aria-hidden': 'true' }),
          element('p', '', {}, `Looking for “${wanted}” in the names…`),
        ];
      case 'archived':
        return [element('p', '', {}, 'All your conversations are in the archive.')];
      case 'unmatched':
        return [element('p', '', {}, `Nothing matches “${wanted}”.`)];
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
