import { say } from '../app/language.js';
import { byId, element } from './dom.js';
import { titleOf } from './names.js';
import { byRecent, matches } from './order.js';
import { rowContent } from './row.js';
import { VirtualRows } from './virtual-rows.js';

/** How many rows a page key moves. */
const PAGE_ROWS = 8;

/**
 * The list of conversations, the one with the latest message first, and the field that narrows it down. The whole list
 * is one stop of the Tab key; arrows move within.
 */
export class ConversationList {
  #list = byId('conversations');
  #filter = byId('filter');
  #archive = byId('archive');
  #isArchive = false;
  #notice;
  #rows;
  #messenger = null;
  #current = null;
  #stop = null;
  #asked = '';
  #onOpen;

  /**
   * @param notice what stands where rows would be, when there are none
   * @param onOpen called with a conversation's id when the person chooses it
   */
  constructor({ notice, onOpen }) {
    this.#notice = notice;
    this.#onOpen = onOpen;
    this.#rows = new VirtualRows({
      list: this.#list,
      build: (id) => this.#build(id),
      onMove: () => this.#moved(),
    });
    this.#list.addEventListener('keydown', (event) => this.#moveFocus(event));
    this.#filter.addEventListener('input', () => this.#filtered());
    this.#archive.addEventListener('click', () => this.#showArchive(!this.#isArchive));
    this.#filter.addEventListener('keydown', (event) => this.#leaveFilter(event));
  }

  attach(messenger) {
    this.#messenger = messenger;
    this.#current = null;
    this.#stop = null;
    this.#asked = '';
    this.#isArchive = false;
    this.#rows.clear();
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
    this.#stop = id ?? this.#stop;
    this.#redraw([before, id]);
    this.#moved();
  }

  /** Gives the focus to a conversation's row, or to the first one. */
  focus(id) {
    const row = this.#rows.reveal(id) ?? this.#rows.reveal(this.#rows.ids[0]);
    row?.firstChild.focus();
  }

  #changed(conversations) {
    this.#redraw(conversations.map(({ id }) => id));
    this.#arrange();
    this.#messenger.rooms.want(conversations.filter(({ id }) => id === this.#current || this.#rows.row(id)));
  }

  #redrawOf(users) {
    const all = this.#rows.drawn.map((id) => this.#messenger.conversations.get(id));
    this.#redraw(all.filter(({ peer, last }) => users.has(peer) || users.has(last?.from)).map(({ id }) => id));
    if (this.#filter.value !== '') {
      this.#arrange();
    }
  }

  #redraw(ids) {
    for (const id of ids) {
      const row = this.#rows.row(id);
      if (row) {
        this.#fill(row.firstChild, this.#messenger.conversations.get(id));
      }
    }
  }

  #build(id) {
    const button = element('button', 'row', { type: 'button', tabindex: '-1' });
    button.addEventListener('click', () => this.#onOpen(id));
    button.addEventListener('focus', () => this.#stopAt(id));
    this.#fill(button, this.#messenger.conversations.get(id));
    return element('li', '', { 'data-conversation': id }, button);
  }

  #fill(button, conversation) {
    const isOpen = conversation.id === this.#current;
    const before = button.querySelector('.avatar');
    button.replaceChildren(...rowContent(conversation, this.#messenger, { isOpen, before }));
    if (isOpen) {
      button.setAttribute('aria-current', 'true');
    } else {
      button.removeAttribute('aria-current');
    }
  }

  #filtered() {
    const { conversations, people } = this.#messenger;
    // Their names are looked through as well, as long as somebody looks for one.
    const peers = Array.from(conversations.values(), ({ peer }) => peer).filter(Boolean);
    people.meet(this.#filter.value === '' ? [] : peers);
    this.#list.scrollTop = 0;
    this.#arrange();
  }

  #arrange() {
    const { conversations, people, sync } = this.#messenger;
    const wanted = this.#filter.value.trim();
    const all = Array.from(conversations.values()).filter(({ isGone }) => isGone !== true);
    const archived = all.filter(({ isArchived }) => isArchived === true).length;
    this.#isArchive &&= archived > 0;
    this.#nameArchive(archived);
    const shown = all
      .filter(({ isArchived }) => wanted !== '' || (isArchived === true) === this.#isArchive)
      .filter((conversation) => matches(wanted, titleOf(conversation, people), conversation))
      .sort(byRecent)
      .map(({ id }) => id);
    this.#rows.show(shown);
    const isLooking = people.isMeeting;
    this.#notice.show({ rows: shown.length, conversations: all.length, archived, sync, wanted, isLooking });
  }

  /** The archive takes the place of the other conversations; a search looks through both. */
  #showArchive(isArchive) {
    this.#isArchive = isArchive;
    this.#list.scrollTop = 0;
    this.#arrange();
  }

  #nameArchive(count) {
    this.#archive.hidden = count === 0;
    this.#archive.textContent = this.#isArchive ? say('allConversations') : say('archivedCount', { count });
  }

  /** Other rows are in sight: asks about the people in them, and in the open conversation. */
  #moved() {
    if (this.#messenger === null) {
      return;
    }
    const drawn = this.#rows.drawn;
    this.#stopAt(drawn.includes(this.#stop) ? this.#stop : this.#rows.inSight[0]);
    const asked = [...this.#rows.inSight, this.#current];
    if (asked.join() !== this.#asked) {
      this.#asked = asked.join();
      this.#ask(asked.map((id) => this.#messenger.conversations.get(id)).filter(Boolean));
    }
  }

  #ask(conversations) {
    const peers = conversations.map(({ peer }) => peer).filter(Boolean);
    this.#messenger.people.want([...peers, ...conversations.map(({ last }) => last?.from).filter(Boolean)]);
    this.#messenger.presence.show(peers);
    this.#messenger.rooms.want(conversations);
  }

  /** Makes one row that to which the Tab key leads. */
  #stopAt(id) {
    this.#rows.drawn.forEach((each) => {
      this.#rows.row(each).firstChild.tabIndex = each === id ? 0 : -1;
    });
    this.#stop = id ?? null;
  }

  #leaveFilter(event) {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.focus(this.#rows.ids[0]);
    } else if (event.key === 'Escape' && this.#filter.value !== '') {
      event.stopPropagation();
      this.#filter.value = '';
      this.#filtered();
    }
  }

  #moveFocus(event) {
    const { ids } = this.#rows;
    const index = ids.indexOf(this.#stop);
    const last = ids.length - 1;
    const moves = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: Math.min(last, index + PAGE_ROWS),
      PageUp: Math.max(0, index - PAGE_ROWS),
      Home: 0,
      End: last,
    };
    const target = moves[event.key];
    if (target !== undefined && ids[target] !== undefined) {
      event.preventDefault();
      this.focus(ids[target]);
    }
  }
}
