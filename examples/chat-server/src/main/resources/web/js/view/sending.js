import { say } from '../app/language.js';
import { MAX_QUOTE } from '../config.js';
import { failureText } from './failures.js';
import { namesOf } from './file-words.js';
import { mentionedIn } from './mentions.js';

/**
 * Sends what was written, each as it was at Enter, and new messages in their order. One that may mention somebody waits
 * for the members of its conversation. What could not be sent stays here until the person takes it back.
 *
 * What was written is {conversation, members, text, uploads, answered, edited}: the id, who may be mentioned, the files,
 * the message that it answers and the one whose text it replaces, each null where there is none. A message without a text
 * gets the names of its files, for clients that know none, and for notifications.
 */
export class Sending {
  #messenger;
  #onReturned;
  #last = Promise.resolve();
  #underWay = 0;
  #returned = [];

  /** @param onReturned called when something could not be sent */
  constructor(messenger, { onReturned }) {
    this.#messenger = messenger;
    this.#onReturned = onReturned;
  }

  /** Whether something would be lost with the page. */
  get isUnfinished() {
    return this.#underWay > 0 || this.#returned.length > 0;
  }

  put(written) {
    this.#underWay += 1;
    if (written.edited) {
      // It goes to the server at once, so that nothing waits for it.
      this.#deliver(written);
    } else {
      this.#last = this.#last.then(() => this.#deliver(written));
    }
  }

  /** What could not be sent in a conversation, the oldest first, with the `problem` in words; then null. */
  takeBack(conversation) {
    const at = this.#returned.findIndex((each) => each.conversation === conversation);
    return at < 0 ? null : this.#returned.splice(at, 1)[0];
  }

  async #deliver(written) {
    try {
      await knowMembers(written);
      await (written.edited ? this.#replace(written) : this.#send(written));
    } catch (error) {
      this.#returned.push({ ...written, problem: problemOf(written, error) });
      this.#onReturned();
    } finally {
      this.#underWay -= 1;
    }
  }

  /** It may still mention those whom it mentioned before. */
  async #replace({ edited, text, members, uploads: { attachments } }) {
    const mentions = mentionedIn(text, [...members.known, ...(edited.mentions ?? [])]);
    await this.#messenger.edit(edited, text || namesOf(attachments), { mentions, attachments });
  }

  async #send({ conversation, text, members, answered, uploads: { attachments } }) {
    const mentions = mentionedIn(text, members.known);
    const replyTo = answered && referenceTo(answered);
    const content = {
      ...(replyTo && { replyTo }),
      ...(mentions.length > 0 && { mentions }),
      ...(attachments.length > 0 && { attachments }),
    };
    await this.#messenger.send(conversation, text || namesOf(attachments), content);
  }
}

async function knowMembers({ text, members }) {
  if (text.includes('@') && !members.isRead) {
    await members.readInTime();
  }
}

function problemOf({ edited }, error) {
  if (edited) {
    return failureText(error);
  }
  console.error('webchat: a message could not be kept', error);
  return say('thisBrowserCouldNotKeepThe');
}

/** What a message has of the one that it answers. */
function referenceTo({ from, id, text }) {
  return { from, id, text: text.slice(0, MAX_QUOTE) };
}
