import { sayCount } from '../app/language.js';
import { noteRefusal, noticesFor } from '../app/notices.js';
import { closePushed } from '../app/push.js';
import { isSilent } from './announcer.js';
import { onAttention, isLookedAt } from './attention.js';
import { chime } from './chime.js';
import { titleOf } from './names.js';
import { Onlookers } from './onlookers.js';
import { wordsOf } from './summary.js';

const LONGEST = 200;

/**
 * Notifies the person of new messages while they look at none of their tabs, if they want that. The tab that leads speaks
 * for all. Muted conversations are silent, but for what mentions the person.
 */
export class Notifier {
  #onOpen;
  #ring;
  #wait;
  #messenger = null;
  #onlookers = null;
  /** By their conversations. */
  #shown = new Map();

  /**
   * @param onOpen called with the id of the conversation whose notification was clicked
   * @param ring plays a sound
   * @param wait waits for what the other tabs say
   */
  constructor({ onOpen, ring = chime, wait }) {
    this.#onOpen = onOpen;
    this.#ring = ring;
    this.#wait = wait;
    onAttention(() => isLookedAt() && this.clear());
    // The person clicked a notification of a push.
    globalThis.navigator?.serviceWorker?.addEventListener('message', ({ data }) => {
      if (data.open && data.user === this.#messenger?.me) {
        onOpen(data.open);
      }
    });
  }

  /** Notifies this user from now on; `tabs` is what their tabs tell each other. */
  attach(messenger, tabs) {
    this.#messenger = messenger;
    this.#onlookers = new Onlookers(tabs, { wait: this.#wait });
    messenger.on('incoming', (messages) => this.#cameIn(messages, messenger));
    messenger.on('conversations', (changed) => changed.forEach((each) => each.unread === 0 && this.#close(each.id)));
  }

  /** Nobody is signed in any more: shows nothing, not even what is under way. */
  detach() {
    this.#messenger = null;
    this.clear();
  }

  /** Takes back what is shown. */
  clear() {
    this.#shown.forEach((notice) => notice.close());
    this.#shown.clear();
    closePushed();
  }

  async #cameIn(messages, messenger) {
    const { isOn, hasSound } = noticesFor(messenger.me);
    const news = messages.filter((message) => !isSilent(message, messenger));
    if (!messenger.isLeading || !isOn || !canNotify() || news.length === 0 || (await this.#onlookers.isAny())) {
      return;
    }
    if (messenger !== this.#messenger) {
      return;
    }
    new Set(news.map(({ conversation }) => conversation)).forEach((id) => {
      this.#show(id, news.filter(({ conversation }) => conversation === id), messenger);
    });
    if (hasSound) {
      this.#ring();
    }
  }

  #close(id) {
    this.#shown.get(id)?.close();
    this.#shown.delete(id);
  }

  #show(id, messages, messenger) {
    const { title, body } = noticeOf(messages, messenger);
    // The page rings by itself, as loud as it is set to. The tag makes it replace the one before.
    const notice = made(title, { body, tag: id, icon: 'favicon.svg', silent: true });
    if (notice === null) {
      return;
    }
    notice.onclick = () => {
      window.focus();
      notice.close();
      this.#onOpen(id);
    };
    this.#shown.set(id, notice);
  }
}

/** Whether the browser has notifications, and the person has allowed them. */
export function canNotify() {
  return globalThis.Notification?.permission === 'granted';
}

/** A notification; null where the browser shows none of a page. */
function made(title, options) {
  try {
    return new Notification(title, options);
  } catch (error) {
    console.info(`webchat: the browser shows no notifications of a page: ${error.message}`);
    noteRefusal();
    return null;
  }
}

/** What a notification says of the new messages of one conversation. */
export function noticeOf(messages, { people, conversations }) {
  const [message] = messages.slice(-1);
  const { conversation, room, from } = message;
  const title = titleOf(conversations.get(conversation), people);
  if (messages.length > 1) {
    return { title, body: sayCount('newMessageCount', messages.length) };
  }
  const author = room ? `${people.nameOf(from)}: ` : '';
  return { title, body: author + wordsOf(message).slice(0, LONGEST) };
}
