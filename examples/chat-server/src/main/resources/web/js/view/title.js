/** The page's title, which tells in another tab too how many messages wait. */
export class Title {
  #plain = document.title;

  attach(messenger) {
    const show = () => this.#show(messenger);
    messenger.on('conversations', show);
    show();
  }

  /** Nobody is signed in. */
  clear() {
    document.title = this.#plain;
  }

  #show({ conversations, watched }) {
    const unread = unreadOf(Array.from(conversations.values()).filter(({ id }) => id !== watched));
    document.title = unread === 0 ? this.#plain : `(${countText(unread)}) ${this.#plain}`;
  }
}

/** How many messages wait in all conversations; of those that are muted, how many mention the person. */
export function unreadOf(conversations) {
  const counted = ({ unread, mentions = 0, isMuted }) => (isMuted ? mentions : unread);
  return Array.from(conversations).reduce((sum, conversation) => sum + counted(conversation), 0);
}

/** A count as a badge shows it. */
export function countText(count) {
  return count > 99 ? '99+' : String(count);
}
