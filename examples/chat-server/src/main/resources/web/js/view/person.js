import { say } from '../app/language.js';
import { userAvatar } from './avatar.js';
import { Dialog } from './dialog.js';
import { byId } from './dom.js';
import { failureText } from './failures.js';
import { Form } from './form.js';
import { lastSeenText } from './time.js';

/** Who the other side is, and the way to block them. */
export class PersonDialog {
  #dialog = new Dialog('person');
  #avatar = byId('person-avatar');
  #name = byId('person-name');
  #id = byId('person-id');
  #state = byId('person-state');
  #hint = byId('person-hint');
  #block = byId('person-block');
  #form;
  #messenger = null;
  #user = '';

  constructor() {
    const work = async () => {
      const { people } = this.#messenger;
      await people.setBlocked(this.#user, !people.isBlocked(this.#user));
    };
    this.#form = new Form(this.#dialog.form, { work, explain: failureText });
  }

  attach(messenger) {
    this.#messenger = messenger;
    const showIf = (users) => this.#dialog.isOpen && users.has(this.#user) && this.#show();
    messenger.on('people', showIf);
    messenger.on('presence', showIf);
  }

  open(user) {
    this.#user = user;
    this.#form.reset();
    this.#messenger.people.want([user]);
    this.#show();
    this.#dialog.open();
  }

  #show() {
    const { people, presence } = this.#messenger;
    const isBlocked = people.isBlocked(this.#user);
    const name = people.nameOf(this.#user);
    this.#avatar.replaceChildren(userAvatar(this.#user, people));
    this.#name.textContent = name;
    this.#id.textContent = this.#user;
    this.#state.textContent = stateText(this.#user, presence);
    this.#hint.textContent = isBlocked
      ? say('nameCannotWriteToYouAnd', { name })
      : say('whomYouBlockCannotWriteTo');
    this.#block.textContent = isBlocked ? say('unblock') : say('block');
    this.#block.classList.toggle('danger', !isBlocked);
  }
}

function stateText(user, presence) {
  const lastSeen = presence.lastSeen(user);
  if (presence.isOnline(user) || lastSeen === null) {
    return say(presence.isOnline(user) ? 'onlineNow' : 'notOnline');
  }
  return lastSeenText(lastSeen);
}
