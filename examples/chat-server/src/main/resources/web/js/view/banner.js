import { say } from '../app/language.js';
import { byId, element } from './dom.js';

const QUIET = 1_500;

/** What to say about each state of the connection, with an action where the person can do something. */
const STATES = {
  connecting: { text: 'connecting', kind: 'busy' },
  reconnecting: { text: 'connectionLostReconnecting', kind: 'busy', action: ['tryNow', 'tryNow'] },
  offline: { text: 'youAreOfflineMessagesYouWrite', kind: 'warn' },
  draining: { text: 'theServerIsRestartingYouWill', kind: 'busy' },
  replaced: { text: 'theChatWasOpenedElsewhereAs', kind: 'warn', action: ['useHere', 'tryNow'] },
  unauthorized: { text: 'yourSignInHasExpired', kind: 'warn', action: ['signInAgain', 'signIn'] },
};
const NOT_LASTING = {
  text: 'thisBrowserKeepsNothingMessagesYou',
  kind: 'warn',
  action: ['understood', 'dismiss'],
};
const TROUBLE = { text: 'thisBrowserCannotKeepNewMessages', kind: 'warn' };

/** The line above everything that speaks up when not all is well. A first connect that is quick is not worth a word. */
export class Banner {
  #node = byId('banner');
  #actions;
  #trouble = false;
  #state = 'stopped';
  #isLasting = true;
  #timer = null;

  /** @param actions what the buttons do: {tryNow, signIn} */
  constructor(actions) {
    const dismiss = () => {
      this.#isLasting = true;
      this.#show();
    };
    this.#actions = { ...actions, dismiss };
  }

  attach(messenger) {
    this.#isLasting = messenger.isLasting;
    messenger.on('connection', (state) => this.#change({ state }));
    messenger.on('trouble', (trouble) => this.#change({ trouble }));
    this.#change({ state: messenger.connection, trouble: false });
  }

  #change({ state = this.#state, trouble = this.#trouble }) {
    if (state === this.#state && trouble === this.#trouble) {
      return;
    }
    this.#state = state;
    this.#trouble = trouble;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(), state === 'connecting' ? QUIET : 0);
  }

  #show() {
    const message = this.#trouble ? TROUBLE : (STATES[this.#state] ?? (this.#isLasting ? null : NOT_LASTING));
    this.#node.className = message ? `banner banner-${message.kind}` : 'banner';
    this.#node.replaceChildren(...(message ? this.#content(message) : []));
  }

  #content({ text, kind, action }) {
    const content = [element('span', 'banner-text', {}, say(text))];
    if (kind === 'busy') {
      content.unshift(element('span', 'spinner', { 'aria-hidden': 'true' }));
    }
    if (action) {
      const [label, name] = action;
      const button = element('button', 'link', { type: 'button' }, say(label));
      button.addEventListener('click', () => this.#actions[name]());
      content.push(button);
    }
    return content;
  }
}
