import { byId, element } from './dom.js';
import { titleOf } from './names.js';
import { byRecent, matches } from './order.js';
import { rowContent } from './row.js';

/** The list of conversations, the one with the latest message first, and the field that narrows it down. */
export class ConversationList {
  #list = byId('conversations');
  #filter = byId('filter');
  #notice;
  #rows = new Map();
  #messenger = null;
  #current = null;
  #onOpen;
  #visible;

  /**
   * @param notice what stands where rows would be, when there are none
   * @param onOpen called with a conversation's id when the person chooses it
   */
  constructor({ notice, onOpen }) {
    this.#notice = notice;
    this.#onOpen = onOpen;
    this.#list.addEventListener('keydown', (event) => this.#moveFocus(event));
    this.#filter.addEventListener('input', () => this.#arrange());
    this.#filter.addEventListener('keydown', (event) => this.#leaveFilter(event));
    this.#visible = new IntersectionObserver((entries) => this.#scrolled(entries), { root: this.#list });
    document.addEventListener('visibilitychange', () => this.#redrawAll());
  }

  attach(messenger) {
    this.#messenger = messenger;
    this.#visible.disconnect();
    this.#rows.clear();
    this.#list.replaceChildren();
    this.#filter.value = '';
    messenger.on('conversations', (changed) => this.#changed(changed));
    messenger.on('typing', (id) => this.#redraw([id]));
    messenger.on('people', (users) => this.#redrawOf(users));
    messenger.on('presence', (users) => this.#redrawOf(users));
    messenger.on('sync', () => this.#arrange());
    this.#changed([]);
  }

  /** Marks a conversation as the open one (null: none). */
  select(id) {
    const before = this.#current;
    this.#current = id;
    this.#redraw([before, id]);
    this.#ask();
  }

  focus(id) {
    (this.#rows.get(id) ?? this.#list).querySelector('button')?.focus();
  }

  #changed(conversations) {
    this.#redraw(conversations.map(({ id }) => id));
    this.#arrange();
  }

  #redrawAll() {
    this.#redraw(Array.from(this.#rows.keys()));
  }

  #redrawOf(users) {
    const all = Array.from(this.#messenger.conversations.values());
    this.#redraw(all.filter(({ peer, last }) => users.has(peer) || users.has(last?.from)).map(({ id }) => id));
    if (this.#filter.value !== '') {
      this.#arrange();
    }
  }

  #redraw(ids) {
    for (const conversation of ids.map((id) => this.#messenger?.conversations.get(id)).filter(Boolean)) {
      const isOpen = conversation.id === this.#current;
      const button = this.#row(conversation.id).firstChild;
      const before = button.querySelector('.avatar');
      button.replaceChildren(...rowContent(conversation, this.#messenger, { isOpen, before }));
      button.toggleAttribute('aria-current', isOpen);
      if (isOpen) {
        button.setAttribute('aria-current', 'true');
      }
    }
  }

  #row(id) {
    if (!this.#rows.has(id)) {
      const button = element('button', 'row', { type: 'button' });
      button.addEventListener('click', () => this.#onOpen(id));
      const row = element('li', '', { 'data-conversation': id }, button);
      this.#rows.set(id, row);
      this.#visible.observe(row);
    }
    return this.#rows.get(id);
  }

  /** Puts the rows in order, touching only those that are not where they belong. */
  #arrange() {
    const { conversations, people, sync } = this.#messenger;
    const focused = document.activeElement;
    const wanted = this.#filter.value.trim();
    const shown = Array.from(conversations.values())
      .filter((conversation) => matches(wanted, titleOf(conversation, people), conversation))
      .sort(byRecent)
      .map(({ id }) => this.#row(id));
    shown.forEach((row, index) => {
      if (this.#list.children[index] !== row) {
        this.#list.insertBefore(row, this.#list.children[index] ?? null);
      }
    });
    while (this.#list.children.length > shown.length) {
      this.#list.lastChild.remove();
    }
    if (this.#list.contains(focused) && focused !== document.activeElement) {
      focused.focus();
    }
    this.#notice.show({ rows: shown.length, conversations: conversations.size, sync, wanted });
  }

  #scrolled(entries) {
    entries.forEach(({ target, isIntersecting }) => {
      target.dataset.shown = String(isIntersecting);
    });
    this.#ask();
  }

  /** Asks about the people in the rows that can be seen, and in the open conversation. */
  #ask() {
    const shown = Array.from(this.#list.querySelectorAll('[data-shown="true"]'), (row) => row.dataset.conversation);
    const rows = [...shown, this.#current].map((id) => this.#messenger.conversations.get(id)).filter(Boolean);
    const peers = rows.map(({ peer }) => peer).filter(Boolean);
    this.#messenger.people.want([...peers, ...rows.map(({ last }) => last?.from).filter(Boolean)]);
    this.#messenger.presence.show(peers);
  }

  #leaveFilter(event) {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.#list.querySelector('button')?.focus();
    } else if (event.key === 'Escape' && this.#filter.value !== '') {
      event.stopPropagation();
      this.#filter.value = '';
      this.#arrange();
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
