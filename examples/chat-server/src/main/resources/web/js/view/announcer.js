import { say, sayCount } from '../app/language.js';
import { byId, element } from './dom.js';
import { titleOf } from './names.js';
import { wordsOf } from './summary.js';

const LONGEST = 200;

/** Tells people who use a screen reader what has come in, and what could not be sent. */
export class Announcer {
  #region = byId('announcer');

  attach(messenger) {
    messenger.on('incoming', (messages) => {
      const heard = messages.filter((message) => !isSilent(message, messenger));
      if (heard.length > 0) {
        this.#say(textOf(heard, messenger));
      }
    });
    messenger.on('messages', (records) => {
      if (records.some(({ state }) => state === 'failed')) {
        this.#say(say('aMessageCouldNotBeSent'));
      }
    });
  }

  #say(text) {
    this.#region.append(element('p', '', {}, text));
    while (this.#region.children.length > 5) {
      this.#region.firstChild.remove();
    }
  }
}

/** A muted conversation is silent but for what mentions the person; so is a message that was deleted before it came. */
export function isSilent({ conversation, mentions, deletedAt }, { me, conversations }) {
  const isMuted = conversations.get(conversation)?.isMuted === true;
  return deletedAt !== undefined || (isMuted && !mentions?.includes(me));
}

/** One message as it is; of a whole batch only how many there are. */
function textOf(messages, { me, people, conversations }) {
  if (messages.length > 1) {
    return sayCount('newMessageCount', messages.length);
  }
  const [message] = messages;
  const { conversation, from, room, mentions } = message;
  const author = people.nameOf(from);
  const title = room ? titleOf(conversations.get(conversation), people) : '';
  const who = room ? say('authorInTitle', { author, title }) : author;
  const how = mentions?.includes(me) ? say('whoMentionsYou', { who }) : who;
  return `${how}: ${wordsOf(message).slice(0, LONGEST)}`;
}
