import { say } from '../app/language.js';
import { userAvatar } from './avatar.js';
import { colourOf } from './colours.js';
import { element, icon } from './dom.js';
import { reasonText } from './failures.js';
import { captionOf } from './file-words.js';
import { quote } from './quote.js';
import { ranges } from './ranges.js';
import { reactionButtons } from './reactions.js';
import { richText } from './rich-text.js';
import { tick } from './ticks.js';
import { dayName, isSameDay, timeOfDay } from './time.js';

const GROUP = 5 * 60_000;
/** How wide the files of a message with a text are at least, in pixels. */
const LEAST_WITH_TEXT = 230;
const ONLY_EMOJI = /^(\p{Extended_Pictographic}|\p{Emoji_Component}|\s){1,12}$/u;
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/** One message in the chat pane. It is built once and brought up to date, so that a selection in it survives. */
export class Bubble {
  #mark = element('span', 'mark');
  #edited = element('span', 'edited');
  #mentioned = element('span', 'visually-hidden');
  #reactions = element('div', 'reactions', { hidden: true });
  #files = element('div', 'attachments', { hidden: true });
  #filesOf;
  #text;
  #author = null;
  #failure = null;
  #before = [];
  #above = '';
  #onRetry;
  #people;
  #onReact;
  #me;
  #wanted = '';

  /**
   * @param onRetry called with the id of a failed message that is to be sent again
   * @param answered the message that it answers, {from, text}; null if it answers none
   * @param onQuote called when the person wants to see that message
   * @param onReact called with the record, a reaction, and whether to take it back
   * @param filesOf returns the nodes that show the files of a record, and their width: {nodes, width}
   */
  constructor(record, { me, people, onRetry, answered = null, onQuote, onReact, filesOf }) {
    this.#filesOf = filesOf;
    this.#me = me;
    this.#onReact = onReact;
    this.#onRetry = onRetry;
    this.#people = people;
    const mine = record.from === me;
    this.#text = element('p', 'text', { dir: 'auto' });
    this.time = element('time');
    const meta = element('p', 'meta', {}, this.#edited, this.time, this.#mark);
    const named = { 'aria-label': say('more'), 'aria-haspopup': 'menu' };
    const more = element('button', 'more', { type: 'button', tabindex: '-1', ...named }, icon('more'));
    const above = answered ? [this.#quote(answered, me, onQuote)] : [];
    const content = [...above, this.#files, this.#text];
    this.body = element('div', 'bubble', {}, this.#who(record, mine), this.#mentioned, ...content, meta, more);
    this.node = element('li', mine ? 'message mine' : 'message theirs', { tabindex: '-1' }, this.body, this.#reactions);
    if (record.room && !mine) {
      this.node.classList.add('in-room');
    }
    this.showAuthor(record);
    this.update(record);
  }

  /** Shows the state that the record now has. */
  update(record) {
    if (record.state !== this.record?.state) {
      this.#mark.replaceChildren(tick(record.state) ?? '');
      this.#showFailure(record);
    }
    if (idsOf(record) !== idsOf(this.record ?? {})) {
      this.#showFiles(record);
    }
    if (record.text !== this.record?.text || record.deletedAt !== this.record?.deletedAt) {
      this.#showMention(record);
      this.#showText(record);
    }
    if (record.reactions !== this.record?.reactions) {
      this.#showReactions(record);
    }
    this.time.dateTime = new Date(record.at).toISOString();
    this.time.textContent = timeOfDay(record.at);
    this.record = record;
  }

  /** Shows what the author calls themselves by now. */
  showAuthor({ from } = this.record) {
    if (this.#author) {
      const { colour } = this.#people.profileOf(from);
      this.#author.textContent = this.#people.nameOf(from);
      this.#author.className = `author colour-${colourOf(from, colour)}`;
      this.face.replaceChildren(userAvatar(from, this.#people, { before: this.face.firstElementChild }));
    }
    if (this.hiddenAuthor) {
      this.hiddenAuthor.textContent = `${this.#people.nameOf(from)}: `;
    }
  }

  /** Shows what those whom it mentions call themselves by now. */
  showMentions(users) {
    if (this.record.mentions?.some((user) => users.has(user))) {
      this.#showText(this.record);
    }
  }

  /** Shows what depends on the message above: a day's name, the line above what is unread, the closeness. */
  follow(previous, isFirstUnread) {
    const isNewDay = !previous || !isSameDay(previous.at, this.record.at);
    const isClose = previous?.from === this.record.from && this.record.at - previous.at < GROUP;
    this.node.classList.toggle('follows', isClose && !isNewDay && !isFirstUnread);
    const above = [isNewDay ? dayName(this.record.at) : '', isFirstUnread ? say('newMessages') : ''];
    if (above.join() === this.#above) {
      return;
    }
    this.#above = above.join();
    this.#before.forEach((node) => node.remove());
    this.#before = above
      .map((text, index) => (text === '' ? null : element('p', index === 0 ? 'day' : 'unread-line', {}, text)))
      .filter(Boolean);
    this.node.prepend(...this.#before);
  }

  /** Marks where the text has what is looked for, and whether the search is at this message. */
  mark(wanted, isCurrent) {
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      this.#showText(this.record);
    }
    this.#text.querySelectorAll('mark').forEach((mark) => mark.classList.toggle('is-current', isCurrent));
  }

  #who({ from, room }, mine) {
    if (mine) {
      return element('span', 'visually-hidden', {}, `${say('you')}: `);
    }
    if (!room) {
      this.hiddenAuthor = element('span', 'visually-hidden', {}, `${this.#people.nameOf(from)}: `);
      return this.hiddenAuthor;
    }
    this.face = element('span', 'face', { 'aria-hidden': 'true' });
    this.#author = element('p', 'author', { dir: 'auto' });
    return element('div', 'authorship', {}, this.face, this.#author);
  }

  #showText(record) {
    const isDeleted = record.deletedAt !== undefined;
    this.node.classList.toggle('deleted', isDeleted);
    this.#text.classList.toggle('text-emoji', isEmoji(captionOf(record)));
    // Names are shown on the files; as a text only where a search has found them.
    const isFound = ranges(record.text, this.#wanted).length > 0;
    this.#text.hidden = idsOf(record) !== '' && captionOf(record) === '' && !isFound;
    const mention = (user) => ({ name: this.#people.nameOf(user), isMe: user === this.#me });
    this.#text.replaceChildren(...shownText(record, { wanted: this.#wanted, mentions: record.mentions, mention }));
    this.#edited.textContent = record.editedAt === undefined || isDeleted ? '' : say('edited');
  }

  /** The bubble is as wide as its files, and a text within that. */
  #showFiles(record) {
    const { nodes, width } = this.#filesOf(record);
    const least = captionOf(record) === '' ? 0 : LEAST_WITH_TEXT;
    this.#files.hidden = nodes.length === 0;
    this.#files.replaceChildren(...nodes);
    this.body.style.inlineSize = nodes.length === 0 ? '' : `calc(${Math.max(width, least)}px + 0.9rem)`;
  }

  #showMention({ from, mentions = [], deletedAt }) {
    const isOfMe = from !== this.#me && mentions.includes(this.#me) && deletedAt === undefined;
    this.node.classList.toggle('mentions-me', isOfMe);
    this.#mentioned.textContent = isOfMe ? `${say('mentionsYou')} ` : '';
  }

  #showReactions(record) {
    const { reactions = [] } = record;
    const onReact = (reaction, isMine) => this.#onReact(this.record, reaction, isMine);
    this.#reactions.hidden = reactions.length === 0;
    this.#reactions.replaceChildren(...reactionButtons(reactions, { me: this.#me, people: this.#people, onReact }));
  }

  #quote(answered, me, onQuote) {
    const button = element('button', 'quote', { type: 'button', tabindex: '-1' });
    button.append(...quote(answered, { me, people: this.#people }));
    button.addEventListener('click', () => onQuote(answered));
    return button;
  }

  #showFailure({ state, id, code, detail }) {
    this.node.classList.toggle('failed', state === 'failed');
    this.#failure?.remove();
    this.#failure = null;
    if (state === 'failed') {
      const retry = element('button', 'link', { type: 'button' }, say('retry'));
      retry.addEventListener('click', () => this.#onRetry(id));
      const why = [say('notSent'), reasonText({ code, detail })].filter(Boolean).join(' ');
      this.#failure = element('p', 'failure', {}, `${why} `, retry);
      this.node.append(this.#failure);
    }
  }
}

/** A message of a kind that this page does not know, and that has no text, is at least named. */
function shownText({ text, type, deletedAt }, how) {
  if (deletedAt !== undefined) {
    return [element('span', 'kind', {}, say('thisMessageWasDeleted'))];
  }
  if (text === '') {
    return [element('span', 'kind', {}, say('unknownMessage', { type: type ?? 'data' }))];
  }
  return richText(text, how);
}

function idsOf({ attachments = [] }) {
  return attachments.map(({ id }) => id).join();
}

function isEmoji(text) {
  return ONLY_EMOJI.test(text) && EMOJI.test(text);
}
