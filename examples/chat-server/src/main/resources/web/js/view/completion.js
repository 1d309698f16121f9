import { sayCount } from '../app/language.js';
import { userAvatar } from './avatar.js';
import { byId, element } from './dom.js';
import { begunIn, completed, offered } from './mentions.js';

/** These move the caret, which may come to stand elsewhere than in a mention. */
const CARET_KEYS = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End']);

/**
 * Offers the people of the conversation while a mention is written. The focus stays in the field, and the keys move in
 * the list. The field stays a text box, since a field of several lines cannot be a combobox.
 */
export class Completion {
  #field = byId('text');
  #list = byId('mention-list');
  #status = byId('mention-status');
  #onChosen;
  #people = null;
  #members = null;
  #begun = null;
  #active = 0;

  /** @param onChosen called once the text of the field has a mention more */
  constructor({ onChosen }) {
    this.#onChosen = onChosen;
    this.#field.addEventListener('input', () => this.#look());
    this.#field.addEventListener('click', () => this.#look());
    this.#field.addEventListener('keyup', ({ key }) => CARET_KEYS.has(key) && this.#look());
    this.#field.addEventListener('blur', () => this.close());
    // What is pressed must not take the focus away from the field.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => this.#clicked(event));
  }

  /** Offers these members of a conversation from now on. */
  open(members, people) {
    this.#members = members;
    this.#people = people;
    this.close();
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  async #look() {
    const begun = begunIn(this.#field.value, this.#field.selectionStart);
    this.#begun = begun;
    if (begun === null) {
      this.close();
      return;
    }
    this.#show();
    await this.#members.read();
    if (this.#begun === begun) {
      this.#show();
    }
  }

  /** Takes a key if it is for the list. Returns whether it was. */
  pressed(event) {
    if (!this.isOpen || event.isComposing) {
      return false;
    }
    const count = this.#list.children.length;
    const actions = {
      ArrowDown: () => this.#activate((this.#active + 1) % count),
      ArrowUp: () => this.#activate((this.#active + count - 1) % count),
      Enter: () => this.#choose(this.#list.children[this.#active].dataset.user),
      Tab: () => this.#choose(this.#list.children[this.#active].dataset.user),
      Escape: () => this.close(),
    };
    const action = event.shiftKey ? undefined : actions[event.key];
    if (action) {
      event.preventDefault();
      event.stopPropagation();
      action();
    }
    return action !== undefined;
  }

  close() {
    this.#begun = null;
    this.#list.hidden = true;
    this.#status.textContent = '';
    this.#field.removeAttribute('aria-activedescendant');
  }

  #show() {
    const users = offered(this.#begun.wanted, this.#members.known, (user) => this.#people.nameOf(user));
    this.#people.want(users);
    this.#list.replaceChildren(...users.map((user, index) => this.#option(user, index)));
    this.#list.hidden = users.length === 0;
    if (users.length > 0) {
      this.#activate(0);
    } else {
      this.#field.removeAttribute('aria-activedescendant');
    }
    this.#status.textContent = users.length === 0 ? '' : countText(users.length);
  }

  #option(user, index) {
    const attributes = { id: `mention-${index}`, role: 'option', 'data-user': user };
    const name = this.#people.nameOf(user);
    const words = [element('span', 'member-name', { dir: 'auto' }, name)];
    if (name !== user) {
      words.push(element('span', 'member-role', {}, user));
    }
    return element('li', 'option', attributes, userAvatar(user, this.#people), ...words);
  }

  #activate(index) {
    this.#active = index;
    Array.from(this.#list.children).forEach((option, at) => option.setAttribute('aria-selected', String(at === index)));
    this.#field.setAttribute('aria-activedescendant', this.#list.children[index].id);
  }

  #clicked(event) {
    const option = event.target.closest('[role="option"]');
    if (option) {
      this.#choose(option.dataset.user);
    }
  }

  #choose(user) {
    const { text, caret } = completed(this.#field.value, this.#field.selectionStart, this.#begun, user);
    this.close();
    this.#field.value = text;
    this.#field.setSelectionRange(caret, caret);
    this.#onChosen();
  }
}

function countText(count) {
  return sayCount('mentionChoices', count);
}
