import { element } from './dom.js';
import { dayName, isSameDay } from './time.js';

/** A line that says what happened to a room. It is used as a `Bubble` is. */
export class SystemLine {
  body = element('p', 'bubble system-text', { dir: 'auto' });
  node = element('li', 'message system', {}, this.body);
  #day = element('p', 'day', { hidden: true });
  #me;
  #people;

  constructor(record, { me, people }) {
    this.#me = me;
    this.#people = people;
    this.node.prepend(this.#day);
    this.update(record);
  }

  update(record) {
    this.record = record;
    this.showAuthor();
  }

  /** Shows what the people in it call themselves by now. */
  showAuthor() {
    this.body.textContent = systemText(this.record, { me: this.#me, nameOf: (user) => this.#people.nameOf(user) });
  }

  /** Shows the day if the message above is of another one. */
  follow(previous) {
    const isNewDay = !previous || !isSameDay(previous.at, this.record.at);
    this.#day.hidden = !isNewDay;
    this.#day.textContent = isNewDay ? dayName(this.record.at) : '';
  }

  mark() {}

  showMentions() {}
}

/** What happened to a room, in words; `nameOf` tells what to call a user, `me` is called "you". */
export function systemText({ type, data = {}, from }, { me, nameOf }) {
  const { User: user, Role: role, Name: name } = data;
  const called = (id) => (id === me ? 'you' : nameOf(id));
  const actor = capital(called(from));
  switch (type) {
    case 'system.joined':
      return user === from ? `${actor} joined` : `${actor} added ${called(user)}`;
    case 'system.left':
      return `${capital(called(user ?? from))} left`;
    case 'system.removed':
      return `${actor} removed ${called(user)}`;
    case 'system.renamed':
      return `${actor} named the room “${name}”`;
    case 'system.role':
      return `${capital(called(user))} ${user === me ? 'are' : 'is'} now ${ROLES[role] ?? role}`;
    default:
      return `The room changed (${type.slice('system.'.length)})`;
  }
}

const ROLES = { owner: 'an owner', member: 'a member', reader: 'a reader' };

function capital(text) {
  return text === 'you' ? 'You' : text;
}
