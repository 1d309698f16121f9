import { byId, element } from './dom.js';

/** Offers the people that the person knows while a user id is written. */
export class KnownPeople {
  #list = byId('known-people');
  #messenger = null;

  constructor() {
    document.querySelectorAll('[list="known-people"]').forEach((field) => {
      field.addEventListener('focus', () => this.#fill());
    });
  }

  attach(messenger) {
    this.#messenger = messenger;
  }

  #fill() {
    const { me, people, conversations } = this.#messenger;
    const peers = Array.from(conversations.values(), ({ peer }) => peer);
    const users = new Set([...peers, ...people.known].filter((user) => user && user !== me));
    const options = Array.from(users).sort().map((user) => element('option', '', { value: user }, people.nameOf(user)));
    this.#list.replaceChildren(...options);
  }
}
