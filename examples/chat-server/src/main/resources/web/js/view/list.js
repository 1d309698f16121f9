import { byPlace } from '../app/history.js';
import { byId, element } from './dom.js';
import { avatar, titleOf } from './names.js';
import { tick } from './ticks.js';
import { shortTime } from './time.js';

/** The list of conversations, the one with the latest message first. */
export class ConversationList {
  #list = byId('conversations');
  #empty = byId('no-conversations');
  #rows = new Map();
  #messenger = null;
  #current = null;
  #onOpen;

  /** @param onOpen called with a conversation's id when the person chooses it */
  constructor({ onOpen }) {
    this.#onOpen = onOpen;
    this.#list.addEventListener('keydown', (event) => this.#moveFocus(event));
  }

  attach(messenger) {
    this.#messenger = messenger;
    this.#rows.clear();
    this.#list.replaceChildren();
    messenger.on('conversations', (changed) => this.#changed(changed));
    messenger.on('typing', (id) => this.#changed([messenger.conversations.get(id)].filter(Boolean)));
    this.#changed([]);
  }

  /** Marks a conversation as the open one (null: none). */
  select(id) {
    const changed = [this.#current, id].map((one) => this.#messenger.conversations.get(one)).filter(Boolean);
    this.#current = id;
    this.#changed(changed);
  }

  focus(id) {
    (this.#rows.get(id) ?? this.#list).querySelector('button')?.focus();
  }

  #changed(conversations) {
    for (const conversation of conversations) {
      this.#row(conversation.id).replaceChildren(...this.#content(conversation));
    }
    this.#sort();
    this.#empty.hidden = this.#rows.size > 0;
  }

  #row(id) {
    if (!this.#rows.has(id)) {
      const button = element('button', 'row', { type: 'button' });
      button.addEventListener('click', () => this.#onOpen(id));
      this.#rows.set(id, element('li', '', {}, button));
    }
    const button = this.#rows.get(id).firstChild;
    if (id === this.#current) {
      button.setAttribute('aria-current', 'true');
    } else {
      button.removeAttribute('aria-current');
    }
    return button;
  }

  #content(conversation) {
    const { id, last, unread } = conversation;
    const title = titleOf(conversation);
    // What is open and looked at is about to be marked as seen: no badge flickers up for it.
    const isCounted = unread > 0 && !(id === this.#current && document.visibilityState === 'visible');
    const time = last ? element('time', 'row-time', {}, shortTime(last.at)) : '';
    const badge = isCounted
      ? element('span', 'badge', {}, String(unread), element('span', 'visually-hidden', {}, ' unread'))
      : '';
    return [
      avatar(conversation.peer, title),
      element('span', 'row-title', { dir: 'auto' }, title),
      time,
      this.#preview(conversation),
      badge,
    ];
  }

  #preview({ id, last }) {
    if (this.#messenger.isTyping(id)) {
      return element('span', 'row-preview row-typing', {}, 'typing…');
    }
    const mark = last && tick(last.state);
    const text = element('span', 'row-text', { dir: 'auto' }, last ? last.text.slice(0, 200) : 'No messages yet');
    return element('span', 'row-preview', {}, mark ?? '', text);
  }

  #sort() {
    const focused = document.activeElement;
    const sorted = Array.from(this.#messenger.conversations.values()).sort((one, other) => byRecent(one, other));
    sorted.forEach(({ id }, index) => {
      const row = this.#row(id).parentNode;
      if (this.#list.children[index] !== row) {
        this.#list.insertBefore(row, this.#list.children[index] ?? null);
      }
    });
    if (this.#list.contains(focused) && focused !== document.activeElement) {
      focused.focus();
    }
  }

  #moveFocus(event) {
    const buttons = Array.from(this.#list.querySelectorAll('button'));
    const index = buttons.indexOf(document.activeElement);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (target !== undefined && buttons[target]) {
      event.preventDefault();
      buttons[target].focus();
    }
  }
}

function byRecent(one, other) {
  return byPlace(mark(other), mark(one));
}

function mark({ last, createdAt }) {
  return last ?? { place: createdAt, n: 0 };
}
