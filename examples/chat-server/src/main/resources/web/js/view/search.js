import { say } from '../app/language.js';
import { byPlace } from '@webchat/client';
import { byId } from './dom.js';
import { Finder } from './finder.js';
import { dayName } from './time.js';
import { keyOf } from './timeline.js';

/** How long the person must pause in typing before the search begins. */
const DEBOUNCE = 250;

/**
 * Looks for a text in the whole conversation, and steps through what it found. It begins with the messages that are
 * loaded, and goes on with what the server has, page by page; that can be stopped.
 */
export class Search {
  #bar = byId('search');
  #field = byId('search-text');
  #count = byId('search-count');
  #stop = byId('search-stop');
  #retry = byId('search-retry');
  #older = byId('search-older');
  #newer = byId('search-newer');
  #open = byId('search-button');
  #messages;
  #past;
  #finder = null;
  #isRunning = false;
  /** Where it ended because the history could not be read: {oldest} with the last message looked at, or null. */
  #failed = null;
  #current = null;
  #timer = null;

  constructor({ messages, past }) {
    this.#messages = messages;
    this.#past = past;
    this.#open.addEventListener('click', () => (this.isOpen ? this.close() : this.#start()));
    byId('search-close').addEventListener('click', () => this.close());
    this.#stop.addEventListener('click', () => this.#halt());
    this.#retry.addEventListener('click', () => this.#lookOn());
    this.#field.addEventListener('input', () => this.#typed());
    this.#newer.addEventListener('click', () => this.#step(-1));
    this.#bar.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#step(1);
    });
    this.#bar.addEventListener('keydown', (event) => this.#pressed(event));
  }

  get isOpen() {
    return !this.#bar.hidden;
  }

  /** Ends the search and gives the focus back. */
  close() {
    if (this.isOpen) {
      this.reset();
      this.#open.focus();
    }
  }

  /** Ends the search without a word, because another conversation is opened. */
  reset() {
    this.#bar.hidden = true;
    this.#open.setAttribute('aria-expanded', 'false');
    this.#field.value = '';
    this.#forget();
    this.#messages.mark('');
  }

  /** Messages have come: looks at them too. Older ones are looked at as the search reads them. */
  refresh(added) {
    const newest = this.#messages.timeline.at(this.#messages.timeline.size - 1);
    if (this.#finder && added.includes(newest)) {
      this.#finder.newer(added);
      this.#show();
    }
  }

  #start() {
    this.#bar.hidden = false;
    this.#open.setAttribute('aria-expanded', 'true');
    this.#field.focus();
    this.#show();
  }

  #typed() {
    this.#forget();
    this.#show();
    this.#timer = setTimeout(() => this.#look(), DEBOUNCE);
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#finder?.stop();
    this.#finder = null;
    this.#isRunning = false;
    this.#failed = null;
    this.#current = null;
  }

  #halt() {
    this.#finder.stop();
    this.#isRunning = false;
    this.#show();
    this.#field.focus();
  }

  async #look() {
    const wanted = this.#field.value.trim();
    this.#messages.mark(wanted);
    if (wanted === '') {
      return;
    }
    this.#finder = new Finder(wanted);
    await this.#run(this.#finder, null);
  }

  /** Goes on where the history could not be read. */
  async #lookOn() {
    const [finder, { oldest }] = [this.#finder, this.#failed];
    this.#field.focus();
    this.#isRunning = true;
    this.#failed = null;
    this.#show();
    await this.#past.retry();
    await this.#run(finder, oldest);
  }

  async #run(finder, oldest) {
    this.#isRunning = true;
    const failed = await this.#readAll(finder, oldest);
    if (!finder.isStopped) {
      this.#isRunning = false;
      this.#failed = failed;
      this.#show();
    }
  }

  /**
   * Looks at everything that is loaded, then at each page of what is not. Resolves to null, or to the `oldest` message
   * that it looked at before the history could not be read.
   *
   * @param oldest the oldest message that was looked at already; null: none
   */
  async #readAll(finder, oldest) {
    let read = 'older';
    while (!finder.isStopped) {
      const unread = this.#before(oldest);
      if (read === 'failed' || (read === 'beginning' && unread.length === 0)) {
        return read === 'failed' ? { oldest } : null;
      }
      // Others may come while these are looked at, so that the oldest by then was not.
      oldest = unread[0] ?? oldest;
      await finder.older(unread, () => finder === this.#finder && this.#progress());
      read = finder.isStopped ? read : await this.#past.dig();
    }
    return null;
  }

  /** The loaded messages that are older than this one. */
  #before(oldest) {
    const { timeline } = this.#messages;
    const all = timeline.slice(0, timeline.size);
    return oldest === null ? all : all.filter((record) => byPlace(record, oldest) < 0);
  }

  #progress() {
    if (this.#current === null && this.#finder.found.length > 0) {
      this.#step(1);
    } else {
      this.#show();
    }
  }

  /** Goes to the next older match, or the next newer one; round where the search is at its end. */
  #step(by) {
    const found = this.#finder?.found ?? [];
    if (found.length > 0) {
      const at = this.#current === null ? 0 : (this.#at() + by + found.length) % found.length;
      this.#current = found[at];
      this.#messages.mark(this.#field.value.trim(), keyOf(this.#current));
      this.#messages.reveal(this.#current);
    }
    this.#show();
  }

  #at() {
    return this.#finder.found.findIndex((record) => keyOf(record) === keyOf(this.#current));
  }

  #show() {
    const found = this.#finder?.found.length ?? 0;
    this.#count.textContent = this.#words(found);
    this.#stop.hidden = !this.#isRunning;
    this.#retry.hidden = this.#failed === null;
    this.#older.disabled = found === 0;
    this.#newer.disabled = found === 0;
  }

  #words(found) {
    if (this.#finder === null) {
      return '';
    }
    const counted = found === 0 ? '' : say('matchOfMatches', { at: this.#at() + 1, found });
    if (this.#isRunning) {
      const oldest = this.#messages.timeline.at(0);
      const reach = oldest ? say('searchedBackToDay', { day: dayName(oldest.at) }) : say('searching');
      return [counted, reach].filter(Boolean).join(', ');
    }
    const shown = found === 0 ? say('noMatch') : counted;
    if (this.#failed) {
      return say('shownSoFarCouldNotRead', { shown });
    }
    return this.#finder.isStopped ? say('shownStopped', { shown }) : shown;
  }

  #pressed(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    } else if (event.key === 'Enter' && event.shiftKey) {
      event.preventDefault();
      this.#step(-1);
    }
  }
}
