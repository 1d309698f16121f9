import { currentAccount, deviceId, forgetAccount, tokenOf } from './app/account.js';
import { Messenger } from './app/messenger.js';
import { loadSocketIo } from './app/socket-io.js';
import { Store } from './app/store.js';
import { Tabs } from './app/tabs.js';
import { byId } from './view/dom.js';
import { Shell } from './view/shell.js';
import { SignInPage } from './view/signin.js';

/** The signed-in user of this page: {account, tabs, messenger}, or null. */
let now = null;

const signInPage = new SignInPage({ onSignedIn: enter });
const shell = new Shell({
  onSignIn: () => leave({ user: now.account.user, reason: 'Please sign in again.' }),
  onSignOut: signOut,
});

byId('starting').hidden = true;
const signedIn = currentAccount();
if (signedIn) {
  await enter(signedIn);
} else {
  signInPage.show();
}

/** Opens the chat of a signed-in user. */
async function enter(account) {
  const { user } = account;
  let io;
  let store;
  try {
    io = await loadSocketIo();
    store = await Store.open(user);
  } catch (error) {
    console.error('webchat: could not start', error);
    signInPage.show({ user, reason: 'The chat could not start. Check your connection and try again.' });
    return;
  }
  const tabs = new Tabs(user);
  tabs.on('signedOut', () => leave());
  const token = () => tokenOf(account);
  const messenger = new Messenger({ io, store, tabs, user, device: deviceId(), token });
  now = { account, tabs, messenger };
  signInPage.hide();
  shell.attach(messenger);
  await messenger.start({ isNew: account.registered });
  shell.route();
}

/** Closes the chat and shows the sign-in page. */
async function leave(shown = {}) {
  const { messenger, tabs, account } = now;
  now = null;
  shell.detach();
  forgetAccount(account.user);
  signInPage.show(shown);
  await messenger.close();
  tabs.close();
}

async function signOut(forget) {
  const { account, tabs } = now;
  tabs.share('signedOut');
  await leave();
  if (forget) {
    await Store.remove(account.user);
  }
}
