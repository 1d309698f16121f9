import { say } from '../app/language.js';
import { newMessageId } from '@webchat/client';
import { Announcer } from './announcer.js';
import { userAvatar } from './avatar.js';
import { Banner } from './banner.js';
import { ChatPane } from './chat.js';
import { Confirm } from './confirm.js';
import { ConversationMenu } from './conversation-menu.js';
import { byId } from './dom.js';
import { Invitation, STEP } from './invitation.js';
import { KnownPeople } from './known-people.js';
import { ListNotice } from './list-notice.js';
import { ConversationList } from './list.js';
import { Menu } from './menu.js';
import { Notifier } from './notifier.js';
import { NewConversationDialog } from './new-conversation.js';
import { NewRoomDialog } from './new-room.js';
import { PasswordDialog } from './password.js';
import { PersonDialog } from './person.js';
import { ProfileDialog } from './profile.js';
import { RoomDialog } from './room.js';
import { SignOutDialog } from './sign-out.js';
import { Title } from './title.js';

/**
 * The frame around everything that a signed-in person sees: puts the views together, and knows which conversation is
 * open, which stands in the page's address so that the browser's back button works.
 */
export class Shell {
  #page = byId('app');
  #messenger = null;
  #isShared = false;
  #list;
  #chat;
  #title = new Title();
  #notifier = new Notifier({ onOpen: (id) => this.#go(id) });
  #profile = new ProfileDialog();
  #person = new PersonDialog();
  #room;
  #invitation;
  #views;

  /** @param onSignIn, onSignOut what the person asks for; the latter with whether to forget everything */
  constructor({ onSignIn, onSignOut }) {
    const begin = () => start.open(this.#messenger.me);
    const showing = (id) => () => this.#go(id);
    const exists = (user) => this.#messenger.exists(user);
    const onJoin = async (id) => showing(await this.#messenger.rooms.join(id));
    const start = new NewConversationDialog({
      onChosen: async (user) => showing(await this.#messenger.converse(user)),
      exists,
    });
    const create = new NewRoomDialog({
      onCreate: async (room) => showing(await this.#messenger.rooms.create(room)),
      onJoin,
      exists,
    });
    this.#invitation = new Invitation({ onJoin, onDeclined: () => this.#forgetRoom() });
    const signOut = new SignOutDialog({ onSignOut });
    const notice = new ListNotice({ onRetry: () => this.#messenger.refresh(), onStart: begin });
    this.#list = new ConversationList({ notice, onOpen: (id) => this.#go(id) });
    const confirm = new Confirm();
    this.#room = new RoomDialog({ confirm });
    const menu = new Menu();
    this.#chat = new ChatPane({
      confirm,
      menu,
      onClose: () => this.#go(null),
      onDetails: (conversation) => this.#showDetails(conversation),
    });
    const arrangement = new ConversationMenu({
      menu,
      confirm,
      openId: () => this.#openId(),
      onDay: () => this.#chat.askForDay(),
      onDetails: (conversation) => this.#showDetails(conversation),
      onGone: (id) => id === this.#openId() && this.#go(null),
    });
    const banner = new Banner({ tryNow: () => this.#messenger.tryNow(), signIn: onSignIn });
    const dialogs = [this.#profile, new PasswordDialog(), this.#person, this.#room, new KnownPeople()];
    this.#views = [banner, this.#list, this.#chat, arrangement, new Announcer(), this.#title, ...dialogs];
    byId('new-button').addEventListener('click', begin);
    byId('room-button').addEventListener('click', () => create.open(newMessageId()));
    byId('profile-button').addEventListener('click', () => this.#profile.open());
    byId('sign-out-button').addEventListener('click', async () => {
      signOut.open({ unsent: await this.#messenger.unsent(), isShared: this.#isShared });
    });
    byId('skip').addEventListener('click', () => this.#chat.focus() || this.#list.focus(null));
    window.addEventListener('popstate', () => this.route());
  }

  /**
   * Shows a signed-in user's chat.
   *
   * @param isShared whether others use this browser too
   * @param tabs what the tabs of this user tell each other
   */
  attach(messenger, { isShared, tabs }) {
    this.#messenger = messenger;
    this.#isShared = isShared;
    this.#views.forEach((view) => view.attach(messenger));
    this.#notifier.attach(messenger, tabs);
    messenger.on('people', (users) => users.has(messenger.me) && this.#showMe());
    messenger.on('conversations', () => this.#openId() !== this.#shownId && this.route());
    messenger.on('sync', () => this.#invitation.offer(this.#openId(), messenger));
    this.#showMe();
    this.#page.hidden = false;
  }

  /** Shows nothing any more. */
  detach() {
    this.#chat.detach();
    this.#title.clear();
    this.#notifier.detach();
    this.#page.hidden = true;
    document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
    history.replaceState(null, '', location.pathname);
    this.#messenger = null;
  }

  /** Shows the conversation that the address names. */
  route() {
    if (this.#messenger === null) {
      return;
    }
    const id = this.#openId();
    const isKnown = this.#messenger.conversations.has(id);
    if (id !== this.#shownId) {
      // It notes where its reader is, which it cannot any more once a narrow page shows the list instead.
      this.#chat.close();
    }
    this.#page.dataset.pane = isKnown ? 'chat' : 'list';
    this.#page.dataset.conversation = isKnown ? id : '';
    this.#list.select(isKnown ? id : null);
    if (isKnown) {
      this.#chat.open(id);
    }
    this.#invitation.offer(id, this.#messenger);
  }

  /** The person does not want to join the room that the address names. One that they left stays open. */
  #forgetRoom() {
    if (this.#messenger !== null && !this.#messenger.conversations.has(this.#openId())) {
      history.replaceState(null, '', location.pathname);
      this.route();
    }
  }

  get #shownId() {
    return this.#page.dataset.conversation ?? '';
  }

  /** Opens a conversation (null: none). */
  #go(id) {
    const hash = id === null ? '' : `#${encodeURIComponent(id)}`;
    const left = this.#openId();
    if (location.hash === hash) {
      this.route();
    } else {
      history.pushState(STEP, '', hash === '' ? location.pathname : hash);
      this.route();
    }
    if (id === null) {
      this.#list.focus(left);
    }
  }

  #showDetails(conversation) {
    if (conversation.room) {
      this.#room.open(conversation);
    } else {
      this.#person.open(conversation.peer);
    }
  }

  #showMe() {
    const { me, people } = this.#messenger;
    byId('my-name').textContent = people.nameOf(me);
    byId('my-id').textContent = people.nameOf(me) === me ? say('setYourName') : me;
    byId('my-avatar').replaceChildren(userAvatar(me, people));
  }

  #openId() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      // Not an address that this client wrote.
      return '';
    }
  }
}
