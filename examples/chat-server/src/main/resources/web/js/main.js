import { currentAccount, deviceId, forgetAccount } from './app/account.js';
import { Messenger } from './app/messenger.js';
import { loadSocketIo } from './app/socket-io.js';
import { Store } from './app/store.js';
import { Tabs } from './app/tabs.js';
import { Announcer } from './view/announcer.js';
import { Banner } from './view/banner.js';
import { ChatPane } from './view/chat.js';
import { NewConversationDialog, SignOutDialog } from './view/dialogs.js';
import { byId } from './view/dom.js';
import { ConversationList } from './view/list.js';
import { avatar } from './view/names.js';
import { SignInPage } from './view/signin.js';

const page = byId('app');
const signInPage = new SignInPage({ onSignedIn: enter });
const banner = new Banner({ tryNow: () => now.messenger.tryNow(), useHere: () => reenter(), signIn: () => expire() });
const list = new ConversationList({ onOpen: go });
const chat = new ChatPane({ onClose: () => go(null) });
const announcer = new Announcer();
const newConversation = new NewConversationDialog({ onChosen: startConversation });
const signOutDialog = new SignOutDialog({ onSignOut: signOut });

/** The signed-in user of this page: {account, tabs, messenger}, or null. */
let now = null;

byId('new-button').addEventListener('click', () => newConversation.open(now.account.user));
byId('start-button').addEventListener('click', () => newConversation.open(now.account.user));
byId('sign-out-button').addEventListener('click', () => signOutDialog.open(now.messenger.unsent));
window.addEventListener('hashchange', route);

const signedIn = currentAccount();
if (signedIn) {
  await enter(signedIn);
} else {
  signInPage.show();
}

/** Opens the chat of a signed-in user. */
async function enter(account) {
  const tabs = new Tabs(account.user);
  let io;
  let store;
  try {
    io = await loadSocketIo();
    await tabs.claim();
    store = await Store.open(account.user);
  } catch (error) {
    console.error('webchat: could not start', error);
    tabs.close();
    signInPage.show({ account, reason: 'The chat could not start. Check your connection and try again.' });
    return;
  }
  const messenger = new Messenger({ io, store, account, device: deviceId() });
  now = { account, tabs, messenger };
  tabs.on('yield', (yielded) => messenger.yield().then(yielded));
  tabs.on('signedOut', () => leave());
  messenger.on('connection', standBack);
  [banner, list, chat, announcer].forEach((view) => view.attach(messenger));
  showMe(account);
  standBack(messenger.connection);
  signInPage.hide();
  page.hidden = false;
  await messenger.start();
  route();
}

/** While another tab speaks for the user, this one shows what it has and takes nothing in. */
function standBack(state) {
  page.querySelectorAll('.people, .stage').forEach((part) => {
    part.inert = state === 'replaced';
  });
}

/** Closes the chat and shows the sign-in page. */
async function leave(shown = {}) {
  const { messenger, tabs, account } = now;
  now = null;
  chat.close();
  forgetAccount(account.user);
  tabs.close();
  page.hidden = true;
  signInPage.show(shown);
  await messenger.close();
}

/** Takes the chat over from another tab, with everything that tab stored. */
async function reenter() {
  const { messenger, tabs, account } = now;
  tabs.close();
  await messenger.close();
  await enter(account);
}

function expire() {
  return leave({ account: now.account, reason: 'Please sign in again.' });
}

async function signOut(forget) {
  const { account, tabs } = now;
  tabs.signOut();
  go(null);
  await leave();
  if (forget) {
    await Store.remove(account.user);
  }
}

async function startConversation(number, name) {
  go(await now.messenger.converse(number, name));
}

/** Opens a conversation (null: none) by way of the address, so that the browser's back button works. */
function go(id) {
  const hash = id === null ? '' : `#${encodeURIComponent(id)}`;
  if (location.hash === hash) {
    route();
  } else if (hash === '') {
    const left = openId();
    history.pushState(null, '', location.pathname);
    route();
    list.focus(left);
  } else {
    location.hash = hash;
  }
}

function route() {
  if (now === null) {
    return;
  }
  const id = openId();
  const isKnown = now.messenger.conversations.has(id);
  page.dataset.pane = isKnown ? 'chat' : 'list';
  list.select(isKnown ? id : null);
  if (isKnown) {
    chat.open(id);
  } else {
    chat.close();
  }
}

function openId() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    // Not an address that this client wrote.
    return '';
  }
}

function showMe({ user, name }) {
  byId('my-name').textContent = name;
  byId('my-number').textContent = user;
  byId('my-avatar').replaceChildren(avatar(user, name));
}
