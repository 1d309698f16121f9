import { say } from '../app/language.js';
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
  const called = (id) => (id === me ? say('youAsObject') : nameOf(id));
  const subject = (id) => (id === me ? say('you') : nameOf(id));
  const [actor, other] = [subject(from), called(user ?? from)];
  switch (type) {
    case 'system.joined':
      return user === from ? say('actorJoined', { actor }) : say('actorAddedOther', { actor, other });
    case 'system.left':
      return say('actorLeft', { actor: subject(user ?? from) });
    case 'system.removed':
      return say('actorRemovedOther', { actor, other });
    case 'system.renamed':
      return say('actorNamedTheRoomName', { actor, name });
    case 'system.role':
      return roleText({ isMe: user === me, name: nameOf(user), role: role in ROLES ? say(ROLES[role]) : role });
    default:
      return say('theRoomChangedKind', { kind: type.slice('system.'.length) });
  }
}

const ROLES = { owner: 'anOwner', member: 'aMember', reader: 'aReader' };

function roleText({ isMe, name, role }) {
  return isMe ? say('youAreNowRole', { role }) : say('nameIsNowRole', { name, role });
}
