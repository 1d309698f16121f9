import { userAvatar } from './avatar.js';
import { Dialog } from './dialog.js';
import { byId, element, icon } from './dom.js';
import { failureText } from './failures.js';
import { Form, Refusal } from './form.js';
import { inviteLink } from './join.js';
import { isUserId, USER_ID_HELP } from './user-ids.js';

const LAST_OWNER =
  'You are its only owner. Whoever has been here longest becomes the owner, unless you make somebody else one before.';
const ROLES = { member: 'Member', owner: 'Owner', reader: 'Reader' };

/** Who is in a room. Owners add and remove members and give roles; everyone may leave. */
export class RoomDialog {
  #dialog = new Dialog('room');
  #name = byId('room-title');
  #id = byId('room-id');
  #members = byId('room-list');
  #add = byId('room-add');
  #user = byId('room-user');
  #leave = byId('room-leave');
  #problem = byId('room-problem');
  #invite = byId('room-invite');
  #invited = byId('room-invited');
  #form;
  #confirm;
  #messenger = null;
  #room = null;

  /** @param confirm asks before what cannot be undone */
  constructor({ confirm }) {
    this.#confirm = confirm;
    this.#form = new Form(this.#add, { work: () => this.#addMember(), explain: failureText });
    this.#invite.addEventListener('click', () => this.#copyLink());
    this.#leave.addEventListener('click', () => this.#askToLeave());
  }

  attach(messenger) {
    this.#messenger = messenger;
    messenger.on('people', () => this.#dialog.isOpen && this.#room && this.#show());
  }

  /** Opens for a conversation of a room. */
  async open({ room, name, left }) {
    this.#room = null;
    this.#form.reset();
    this.#name.textContent = name || room;
    this.#id.textContent = room;
    this.#members.replaceChildren();
    this.#add.hidden = true;
    this.#leave.hidden = true;
    this.#invite.hidden = true;
    this.#invited.textContent = '';
    this.#problem.textContent = left ? 'You are no longer in this room.' : '';
    this.#dialog.open();
    if (!left) {
      await this.#load(room);
    }
  }

  async #load(id) {
    try {
      this.#room = await this.#messenger.rooms.find(id);
      this.#messenger.people.want(this.#room.members.map(({ userId }) => userId));
      this.#show();
    } catch (error) {
      this.#problem.textContent = failureText(error);
    }
  }

  async #addMember() {
    const user = this.#user.value.trim();
    if (!isUserId(user)) {
      throw new Refusal(user === '' ? 'Enter a user id.' : USER_ID_HELP, this.#user);
    }
    if (this.#room.members.some(({ userId }) => userId === user)) {
      throw new Refusal('They are in this room already.', this.#user);
    }
    if (!(await this.#messenger.exists(user))) {
      throw new Refusal(`There is no user ${user}.`, this.#user);
    }
    await this.#messenger.rooms.put(this.#room.id, user);
    this.#form.reset();
    await this.#load(this.#room.id);
    this.#user.focus();
  }

  async #change(work) {
    this.#problem.textContent = '';
    try {
      await work(this.#messenger.rooms, this.#room.id);
    } catch (error) {
      this.#problem.textContent = failureText(error);
      return;
    }
    await this.#load(this.#room.id);
    this.#name.focus();
  }

  #askToLeave() {
    const others = this.#room.members.filter(({ userId }) => userId !== this.#messenger.me);
    const isLastOwner = others.length > 0 && others.every(({ role }) => role !== 'owner');
    const text = isLastOwner ? LAST_OWNER : 'You get no more of its messages. Those that you have stay.';
    this.#confirm.ask({ title: 'Leave this room?', text, label: 'Leave' }, async () => {
      await this.#messenger.rooms.leave(this.#room.id);
      this.#dialog.close();
    });
  }

  #askToRemove(user, name) {
    const question = { title: `Remove ${name}?`, text: `${name} gets no more messages of this room.`, label: 'Remove' };
    this.#confirm.ask(question, async () => {
      await this.#messenger.rooms.remove(this.#room.id, user);
      await this.#load(this.#room.id);
    });
  }

  /** Where the page may not write to the clipboard, as over plain http, it shows the link to be copied by hand. */
  async #copyLink() {
    const link = inviteLink(this.#room.id);
    try {
      await navigator.clipboard.writeText(link);
      this.#invited.textContent = 'Copied.';
    } catch {
      this.#invited.textContent = link;
    }
  }

  #show() {
    const { me } = this.#messenger;
    const members = [...this.#room.members].sort((one, other) => this.#rank(one) - this.#rank(other));
    const isOwner = members.some(({ userId, role }) => userId === me && role === 'owner');
    this.#name.textContent = this.#room.name;
    this.#members.replaceChildren(...members.map((member) => this.#row(member, isOwner)));
    this.#invite.hidden = !this.#room.open;
    this.#add.hidden = !isOwner;
    this.#leave.hidden = false;
  }

  #rank({ userId, role }) {
    return (userId === this.#messenger.me ? 0 : 1) + (role === 'owner' ? 0 : 2);
  }

  #row({ userId, role }, isOwner) {
    const { me, people } = this.#messenger;
    const name = people.nameOf(userId);
    const words = element('span', 'member-name', { dir: 'auto' }, userId === me ? `${name} (you)` : name);
    const row = element('li', 'member', {}, userAvatar(userId, people), words);
    if (isOwner && userId !== me) {
      row.append(
        this.#roleChoice(userId, name, role),
        this.#removal(userId, name),
      );
    } else {
      row.append(element('span', 'member-role', {}, ROLES[role] ?? role));
    }
    return row;
  }

  #roleChoice(user, name, role) {
    const options = Object.entries(ROLES).map(([value, label]) =>
      element('option', '', { value, selected: value === role }, label),
    );
    const select = element('select', '', { 'aria-label': `Role of ${name}` }, ...options);
    select.addEventListener('change', () => this.#change((rooms, id) => rooms.put(id, user, select.value)));
    return select;
  }

  #removal(user, name) {
    const words = `Remove ${name}`;
    const button = element('button', 'round', { type: 'button', 'aria-label': words, title: words }, icon('close'));
    button.addEventListener('click', () => this.#askToRemove(user, name));
    return button;
  }
}
