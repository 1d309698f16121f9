import { say } from '../app/language.js';
import { areRefused, noticesFor, setNotices } from '../app/notices.js';
import { byId } from './dom.js';

/** Asks whether to notify of new messages in this browser, and with a sound. It takes effect at once. */
export class NoticeChoice {
  #isOn = byId('notices-on');
  #hasSound = byId('notices-sound');
  #hint = byId('notices-hint');
  #user = '';

  constructor() {
    this.#isOn.addEventListener('change', () => this.#choose());
    this.#hasSound.addEventListener('change', () => this.#keep());
  }

  /** Shows what a user of this browser has chosen. */
  show(user) {
    this.#user = user;
    const { isOn, hasSound } = noticesFor(user);
    const permission = globalThis.Notification?.permission ?? 'missing';
    this.#isOn.checked = isOn && permission === 'granted';
    this.#isOn.disabled = permission === 'missing';
    this.#hasSound.checked = hasSound;
    // Where they are refused, the choice is still that of the sound.
    this.#hint.textContent = permission === 'missing' || areRefused() ? say('thisBrowserHasNoNotificationsFor') : '';
  }

  /** Only the browser can ask for the permission, and only now. */
  async #choose() {
    if (this.#isOn.checked) {
      const permission = await Notification.requestPermission();
      this.#isOn.checked = permission === 'granted';
      const refused = say('thisBrowserDoesNotAllowNotifications');
      this.#hint.textContent = permission === 'granted' ? '' : refused;
    }
    this.#keep();
  }

  #keep() {
    setNotices(this.#user, { isOn: this.#isOn.checked, hasSound: this.#hasSound.checked });
  }
}
