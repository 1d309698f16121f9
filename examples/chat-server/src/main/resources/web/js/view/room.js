import { say } from '../app/language.js';
import { roomAvatar, userAvatar } from './avatar.js';
import { Dialog } from './dialog.js';
import { byId, element, icon } from './dom.js';
import { failureText } from './failures.js';
import { Form, Refusal } from './form.js';
import { inviteLink } from './join.js';
import { PictureChoice } from './picture-choice.js';
import { LONGEST } from './portrait.js';
import { isUserId, USER_ID_HELP } from './user-ids.js';

const LAST_OWNER = 'youAreItsOnlyOwnerWhoever';
const ROLES = { member: 'member', owner: 'owner', reader: 'reader' };

/** Who is in a room. Owners add and remove members, give roles and choose the picture; everyone may leave. */
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
  #preview = byId('room-preview');
  #choice;
  #form;
  #confirm;
  #messenger = null;
  #room = null;

  /** @param confirm asks before what cannot be undone */
  constructor({ confirm }) {
    this.#confirm = confirm;
    this.#form = new Form(this.#add, { work: () => this.#addMember(), explain: failureText });
    this.#choice = new PictureChoice({
      place: byId('room-picture'),
      longest: LONGEST.room,
      onChoose: (picture) => this.#change((rooms, id) => rooms.setPicture(id, picture)),
      onProblem: (text) => this.#say(text),
    });
    this.#invite.addEventListener('click', () => this.#copyLink());
    this.#leave.addEventListener('click', () => this.#askToLeave());
  }

  attach(messenger) {
    this.#messenger = messenger;
    messenger.on('people', () => this.#dialog.isOpen && this.#room && this.#show());
  }

  /** Opens for a conversation of a room. */
  async open({ room, name, left, picture }) {
    this.#room = null;
    this.#form.reset();
    this.#name.textContent = name || room;
    this.#id.textContent = room;
    this.#members.replaceChildren();
    this.#preview.replaceChildren(roomAvatar({ id: room, title: name || room, picture }));
    this.#choice.show('', false);
    this.#add.hidden = true;
    this.#leave.hidden = true;
    this.#invite.hidden = true;
    this.#invited.textContent = '';
    this.#say(left ? say('noLongerInRoomSentence') : '');
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
      this.#say(failureText(error));
    }
  }

  #say(problem) {
    this.#problem.textContent = problem;
  }

  async #addMember() {
    const user = this.#user.value.trim();
    if (!isUserId(user)) {
      throw new Refusal(user === '' ? say('enterAUserId') : say(USER_ID_HELP), this.#user);
    }
    if (this.#room.members.some(({ userId }) => userId === user)) {
      throw new Refusal(say('theyAreInThisRoomAlready'), this.#user);
    }
    if (!(await this.#messenger.exists(user))) {
      throw new Refusal(say('thereIsNoUserUser', { user }), this.#user);
    }
    await this.#messenger.rooms.put(this.#room.id, user);
    this.#form.reset();
    await this.#load(this.#room.id);
    this.#user.focus();
  }

  async #change(work) {
    this.#say('');
    try {
      await work(this.#messenger.rooms, this.#room.id);
    } catch (error) {
      this.#say(failureText(error));
      return;
    }
    await this.#load(this.#room.id);
    this.#name.focus();
  }

  #askToLeave() {
    const others = this.#room.members.filter(({ userId }) => userId !== this.#messenger.me);
    const isLastOwner = others.length > 0 && others.every(({ role }) => role !== 'owner');
    const text = isLastOwner ? say(LAST_OWNER) : say('youGetNoMoreOfIts');
    this.#confirm.ask({ title: say('leaveThisRoom'), text, label: say('leave') }, async () => {
      await this.#messenger.rooms.leave(this.#room.id);
      this.#dialog.close();
    });
  }

  #askToRemove(user, name) {
    const question = {
      title: say('removeMemberQuestion', { name }),
      text: say('nameGetsNoMoreMessagesOf', { name }),
      label: say('remove'),
    };
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
      this.#invited.textContent = say('copied');
    } catch {
      this.#invited.textContent = link;
    }
  }

  #show() {
    const { me } = this.#messenger;
    const members = [...this.#room.members].sort((one, other) => this.#rank(one) - this.#rank(other));
    const isOwner = members.some(({ userId, role }) => userId === me && role === 'owner');
    const { id, name, data } = this.#room;
    const picture = typeof data.picture === 'string' ? data.picture : '';
    this.#name.textContent = name;
    this.#preview.replaceChildren(roomAvatar({ id, title: name, picture }, this.#preview.firstElementChild));
    this.#choice.show(picture, isOwner);
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
    const words = element('span', 'member-name', { dir: 'auto' }, userId === me ? say('nameYou', { name }) : name);
    const row = element('li', 'member', {}, userAvatar(userId, people), words);
    if (isOwner && userId !== me) {
      row.append(
        this.#roleChoice(userId, name, role),
        this.#removal(userId, name),
      );
    } else {
      row.append(element('span', 'member-role', {}, roleName(role)));
    }
    return row;
  }

  #roleChoice(user, name, role) {
    const options = Object.keys(ROLES).map((value) =>
      element('option', '', { value, selected: value === role }, roleName(value)),
    );
    const select = element('select', '', { 'aria-label': say('roleOfName', { name }) }, ...options);
    select.addEventListener('change', () => this.#change((rooms, id) => rooms.put(id, user, select.value)));
    return select;
  }

  #removal(user, name) {
    const words = say('removeMember', { name });
    const button = element('button', 'round', { type: 'button', 'aria-label': words, title: words }, icon('close'));
    button.addEventListener('click', () => this.#askToRemove(user, name));
    return button;
  }
}

/** A role in words; one that this page does not know, as the server calls it. */
function roleName(role) {
  return role in ROLES ? say(ROLES[role]) : role;
}
