import { say } from '../app/language.js';
import { areRefused, noticesFor, setNotices } from '../app/notices.js';
import { isPushOffered, subscribe, unsubscribe } from '../app/push.js';
import { byId } from './dom.js';

/** Asks how to notify of new messages in this browser, also while the page is closed. It takes effect at once. */
export class NoticeChoice {
  #isOn = byId('notices-on');
  #hasSound = byId('notices-sound');
  #hint = byId('notices-hint');
  #closed = byId('notices-closed');
  #isPushed = byId('notices-push');
  #showsText = byId('notices-text');
  #messenger = null;

  constructor() {
    this.#isOn.addEventListener('change', () => this.#choose());
    this.#hasSound.addEventListener('change', () => this.#keep());
    this.#isPushed.addEventListener('change', () => this.#choosePush());
    this.#showsText.addEventListener('change', () => this.#choosePush());
  }

  /** Shows what a user of this browser has chosen. */
  async show(messenger) {
    this.#messenger = messenger;
    const { isOn, hasSound, isPushed, showsText } = noticesFor(messenger.me);
    const permission = globalThis.Notification?.permission ?? 'missing';
    this.#isOn.checked = isOn && permission === 'granted';
    this.#isOn.disabled = permission === 'missing';
    this.#hasSound.checked = hasSound;
    this.#isPushed.checked = isPushed && permission === 'granted';
    this.#showsText.checked = showsText;
    // Where they are refused, the choice is still that of the sound.
    this.#hint.textContent = permission === 'missing' || areRefused() ? say('thisBrowserHasNoNotificationsFor') : '';
    this.#closed.hidden = permission === 'missing' || !(await isPushOffered(messenger));
  }

  /** Only the browser can ask for the permission, and only now. */
  async #choose() {
    await this.#ask(this.#isOn);
    this.#keep();
  }

  async #choosePush() {
    await this.#ask(this.#isPushed);
    this.#keep();
    try {
      await (this.#isPushed.checked ? subscribe(this.#messenger) : unsubscribe(this.#messenger));
    } catch (error) {
      console.info(`webchat: the pushes could not be changed: ${error.message}`);
      this.#hint.textContent = say('thePushServiceOfThisBrowser');
      this.#isPushed.checked = false;
      this.#keep();
    }
  }

  async #ask(choice) {
    if (choice.checked) {
      const permission = await Notification.requestPermission();
      choice.checked = permission === 'granted';
      this.#hint.textContent = permission === 'granted' ? '' : say('thisBrowserDoesNotAllowNotifications');
    }
  }

  #keep() {
    const [isOn, hasSound, isPushed, showsText] = [this.#isOn, this.#hasSound, this.#isPushed, this.#showsText].map(
      ({ checked }) => checked,
    );
    setNotices(this.#messenger.me, { isOn, hasSound, isPushed, showsText });
  }
}
