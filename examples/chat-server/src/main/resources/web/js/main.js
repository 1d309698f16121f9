import { ChatClient, MemoryStore, Store, Tabs } from '@webchat/client';
import { currentAccount, forgetAccount, renewToken, sharing, tokenOf } from './app/account.js';
import { fill, loadLanguage, say } from './app/language.js';
import { forgetShell, keepShell } from './app/offline.js';
import { followPush, unsubscribe } from './app/push.js';
import { ofBrowser } from './app/texts.js';
import { SERVER } from './config.js';
import { byId } from './view/dom.js';
import { Shell } from './view/shell.js';
import { SignInPage } from './view/signin.js';

await loadLanguage();
fill();

/** The signed-in user of this page: {account, tabs, messenger}, or null. */
let now = null;

const signInPage = new SignInPage({ onSignedIn: enter });
const shell = new Shell({
  onSignIn: () => leave({ user: now.account.user, reason: say('pleaseSignInAgain') }),
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
  const store = await openStore(user);
  const tabs = new Tabs(user);
  tabs.on('signedOut', () => leave());
  const messenger = new ChatClient({
    url: SERVER,
    io: globalThis.io,
    user,
    token: () => tokenOf(account),
    renew: (rest) => renewToken(user, rest),
    store,
    ...sharing(store, tabs),
  });
  now = { account, tabs, messenger };
  signInPage.hide();
  shell.attach(messenger, { isShared: account.isShared === true, tabs });
  await messenger.start({ isNew: account.registered });
  shell.route();
  await keepShell();
  if (now?.messenger === messenger) {
    await followPush(messenger);
  }
}

/**
 * The store of this browser, or one in memory where the browser refuses that. A store that lasts belongs to a device, so
 * it needs a device id that lasts too.
 */
async function openStore(user) {
  if (!ofBrowser.isLasting) {
    return new MemoryStore();
  }
  try {
    return await Store.open(user);
  } catch (error) {
    console.info(`webchat: this browser keeps nothing: ${error.message}`);
    return new MemoryStore();
  }
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
  const { account, tabs, messenger } = now;
  tabs.share('signedOut');
  const pushes = unsubscribe(messenger).catch((error) => console.info(`webchat: pushes end later: ${error.message}`));
  await leave();
  if (forget) {
    await pushes;
    const all = [Store.remove(account.user), forgetShell()];
    await Promise.all(all).catch((error) => console.warn('webchat: could not delete everything', error));
  }
}
