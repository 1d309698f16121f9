import { byId, element } from './dom.js';

const QUIET = 1_500;

/** What to say about each state of the connection, with an action where the person can do something. */
const STATES = {
  connecting: { text: 'Connecting…', kind: 'busy' },
  reconnecting: { text: 'Connection lost. Reconnecting…', kind: 'busy', action: ['Try now', 'tryNow'] },
  offline: { text: 'You are offline. Messages you write are sent when you are back.', kind: 'warn' },
  draining: { text: 'The server is restarting. You will be moved over in a moment.', kind: 'busy' },
  replaced: { text: 'The chat was opened elsewhere as this device.', kind: 'warn', action: ['Use here', 'tryNow'] },
  unauthorized: { text: 'Your sign-in has expired.', kind: 'warn', action: ['Sign in again', 'signIn'] },
};
const NOT_LASTING = {
  text: 'This browser keeps nothing: messages you write are lost if you close the page before they are sent.',
  kind: 'warn',
  action: ['Understood', 'dismiss'],
};
const TROUBLE = { text: 'This browser cannot keep new messages. Free some storage; we keep trying.', kind: 'warn' };

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
    const content = [element('span', 'banner-text', {}, text)];
    if (kind === 'busy') {
      content.unshift(element('span', 'spinner', { 'aria-hidden': 'true' }));
    }
    if (action) {
      const [label, name] = action;
      const button = element('button', 'link', { type: 'button' }, label);
      button.addEventListener('click', () => this.#actions[name]());
      content.push(button);
    }
    return content;
  }
}
