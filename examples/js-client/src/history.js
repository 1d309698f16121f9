/** What each thing that happens does to the stored records. Every function runs inside one store transaction. */

import { amended, tombstone } from './amend.js';
import { conversationOf, conversationWith, partner } from './conversation.js';
import { PROVED_BY, raised, reaches } from './message-state.js';
import { contentOf, isSystem, loggedAt } from './wire.js';

/** The place of messages that the server has not stored yet: after all others. */
export const UNPLACED = Number.MAX_SAFE_INTEGER;

/** Orders message records as both sides see them: by the server's time, then as this device heard of them. */
export function byPlace(one, other) {
  return one.place - other.place || one.n - other.n;
}

/**
 * Compares two messages by their positions in the call log: by time, then by author and id. A time alone is not a
 * position, because messages can share a millisecond. Nothing (null) comes before all.
 */
export function byPosition(one, other) {
  if (!one || !other) {
    return Number(Boolean(one)) - Number(Boolean(other));
  }
  return one.place - other.place || compare(one.from, other.from) || compare(one.id, other.id);
}

function compare(one, other) {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The position of a message, as it is kept in its conversation. */
export function positionOf({ from, id, place }) {
  return { from, id, place };
}

/** Makes sure that there is a conversation with a peer. Returns its id. */
export async function converse(tx, { peer, at }) {
  const id = conversationWith(peer);
  const known = await tx.conversation(id);
  if (!known || known.isGone) {
    await tx.putConversation({ ...(known ?? emptyConversation(id, at)), isGone: false });
  }
  return id;
}

/** Keeps a message that was just written, as pending and queued for sending. Returns it. */
export async function compose(tx, { me, conversation, id, at, n, ...content }) {
  const { peer, room } = partner(conversation);
  const address = room ? { room } : { to: peer };
  const written = { ...content, at, n, place: UNPLACED, state: 'pending', queued: n };
  const message = { from: me, ...address, id, conversation, ...written };
  await save(tx, message);
  return message;
}

/** Keeps a received message or copy of one of ours. Returns it, or null if it was known already. */
export async function receive(tx, event, { me, n, at }) {
  const mine = event.From === me;
  const place = loggedAt(event) ?? at;
  const known = await tx.message(event.From, event.MsgID);
  if (known) {
    if (event.DeletedAt !== undefined && known.deletedAt === undefined) {
      await save(tx, tombstone(known, event.DeletedAt, event.DeletedBy ?? null));
    } else if (mine) {
      // A failed one stands where this clock put it, and the copy tells when the server stored it.
      await raise(tx, known.state === 'failed' ? { ...known, at: place, place } : known, 'sent');
    }
    return null;
  }
  const message = {
    from: event.From,
    ...(event.Room ? { room: event.Room } : { to: event.To }),
    id: event.MsgID,
    conversation: conversationOf(event, me),
    ...contentOf(event),
    at: place,
    place,
    n,
    state: isSystem(event.Type) ? 'noted' : mine ? 'sent' : 'received',
    ...(event.DeletedAt !== undefined && { deletedAt: event.DeletedAt, deletedBy: event.DeletedBy ?? null }),
  };
  const isNews = message.state === 'received' && message.deletedAt === undefined;
  const news = !isNews ? 'none' : mentions(message, me) ? 'mention' : 'message';
  await save(tx, message, { news });
  return message;
}

/** Changes the message that an event of the kind `edit`, `delete` or `react` is about, if it is known. */
export async function amend(tx, event) {
  const message = await tx.message(event.About.From, event.About.MsgID);
  const after = message && amended(message, event);
  if (after !== message) {
    await save(tx, after);
  }
}

/** Notes what this user has seen on another device. */
export async function seenElsewhere(tx, event, me) {
  const message = await tx.message(event.To, event.MsgID);
  if (message) {
    const id = conversationOf(event, me);
    await seen(tx, id, positionOf(message), me);
    await seenTold(tx, id, event.MsgID);
  }
}

/** Records the server's final answer to a message of ours. */
export async function answered(tx, { me, id, answer, at }) {
  const message = await tx.message(me, id);
  if (!message) {
    return;
  }
  const { queued, ...rest } = message;
  if (answer.ok || message.state !== 'pending') {
    // From now on both sides show the server's time, so that times never run backwards down the page.
    const storedAt = answer.StoredAt ?? at;
    await save(tx, { ...rest, at: storedAt, place: storedAt, state: raised(message.state, 'sent') });
  } else {
    const newest = (await tx.conversation(message.conversation))?.newest;
    const place = Math.max(message.at, newest?.place ?? 0);
    await save(tx, { ...rest, state: 'failed', place, code: answer.Code, detail: answer.Detail });
  }
}

/** Keeps what was begun to be written in a conversation; an empty text ends that. */
export async function draft(tx, id, text) {
  const { draft: before = '', ...rest } = (await tx.conversation(id)) ?? {};
  if (rest.id && before !== text) {
    await tx.putConversation(text === '' ? rest : { ...rest, draft: text });
  }
}

/** Keeps how the person has arranged a conversation: of {isPinned, isMuted, isArchived}. */
export async function arrange(tx, id, marks) {
  const known = await tx.conversation(id);
  if (known) {
    await tx.putConversation({ ...known, ...marks });
  }
}

/**
 * Takes a conversation out of the list, with its messages up to a position. Later ones and those that are still to be
 * sent stay, and with them the conversation. It is back with its next message. `goneTo` remembers up to where it was
 * taken out, for an answer of the server that is older than that.
 *
 * @param upTo the position; null: no message
 */
export async function forget(tx, id, { upTo, me }) {
  const { last, draft: dropped, ...known } = await tx.conversation(id);
  const messages = [];
  await tx.eachBefore(id, Infinity, (message) => messages.push(message));
  const stays = (message) => message.queued !== undefined || (isStored(message) && byPosition(message, upTo) > 0);
  for (const message of messages.filter((each) => !stays(each))) {
    await tx.deleteMessage(message.from, message.id);
  }
  const left = messages.filter(stays);
  // The last one may be known from the list alone.
  const newest = [...left, last].filter((each) => each && stays(each)).sort(byPlace).at(-1);
  const goneTo = byPosition(upTo, known.goneTo) > 0 ? upTo : (known.goneTo ?? null);
  const counts = countsOf(left.filter((each) => isUnread(each, known.seen)), known, me);
  const rest = newest ? { last: newest, isGone: false } : { isGone: true };
  await tx.putConversation({ ...known, ...rest, ...counts, goneTo, isArchived: false });
}

/** The position of the newest message that is known of a conversation, whether it is kept here or only listed; or null. */
export function reachOf({ last, newest }) {
  return last && isStored(last) && byPosition(last, newest) > 0 ? positionOf(last) : newest;
}

/** Whether the server has stored a message, so that its place is the server's. */
function isStored({ state, place }) {
  return state !== 'failed' && place !== UNPLACED;
}

/** Queues a failed message again. A `conflict` can only be cured by a new id. Returns the message to send, or null. */
export async function retry(tx, { me, id, newId, n }) {
  const failed = await tx.message(me, id);
  if (failed?.state !== 'failed') {
    return null;
  }
  const { code, detail, ...rest } = failed;
  const message = { ...rest, id: code === 'conflict' ? newId : id, n, queued: n, place: UNPLACED, state: 'pending' };
  if (message.id !== id) {
    await tx.deleteMessage(me, id);
  }
  await save(tx, message);
  return message;
}

/**
 * Raises our message that a receipt names, and those before it in the conversation: a peer that has one has, by the
 * order of delivery, all earlier ones, and reads down to the last.
 *
 * A receipt may overtake the answer to the message itself. The message stays queued then: only the answer tells when
 * the server stored it, and with that its place among the others.
 */
export async function receipt(tx, event, me) {
  const proved = PROVED_BY[event.EvtType];
  const named = await tx.message(me, event.MsgID);
  // A receipt counts only from somebody whom the message went to.
  if (!named || named.conversation !== conversationOf(event, me)) {
    return;
  }
  const behind = [named];
  await tx.eachBefore(named.conversation, named.place, (other) => {
    const counts = other.from === me && byPosition(other, named) < 0 && reaches(other.state, 'sent');
    if (counts && !reaches(other.state, proved)) {
      behind.push(other);
    }
    return !(counts && reaches(other.state, proved));
  });
  for (const message of behind) {
    await raise(tx, message, proved);
  }
}

/** Whether a message mentions a user. */
export function mentions(message, user) {
  return message.mentions?.includes(user) ?? false;
}

/** Notes that the person has seen the messages of others up to a position. Messages after that stay unread. */
export async function seen(tx, id, position, me) {
  const conversation = await tx.conversation(id);
  if (!conversation || byPosition(position, conversation.seen) < 0) {
    return;
  }
  const left = [];
  if (byPosition(position, conversation.lastIncoming) < 0) {
    await tx.eachBefore(id, Infinity, (message) => {
      if (isUnread(message, position)) {
        left.push(message);
      }
      return message.place >= position.place;
    });
  }
  const counts = countsOf(left, conversation, me);
  if (conversation.unread > counts.unread || conversation.seen?.id !== position.id) {
    await tx.putConversation({ ...conversation, ...counts, seen: position });
  }
}

function isUnread(message, seenTo) {
  return message.state === 'received' && byPosition(message, seenTo) > 0;
}

/** The counts of a conversation of which these messages may still be unread; never more than before. */
function countsOf(left, { unread, mentions: mentioned = 0 }, me) {
  const naming = left.filter((each) => mentions(each, me)).length;
  return { unread: Math.min(left.length, unread), mentions: Math.min(naming, mentioned) };
}

/** Notes that the server knows that a message was seen. */
export async function seenTold(tx, id, messageId) {
  const conversation = await tx.conversation(id);
  if (conversation) {
    await tx.putConversation({ ...conversation, told: messageId });
  }
}

/** Raises a message of ours; what proves a failed one wrong also ends its failure. */
async function raise(tx, message, state) {
  const { code, detail, ...rest } = message;
  await save(tx, { ...rest, state: raised(message.state, state) });
}

/**
 * Writes a message and what it changes about its conversation.
 *
 * @param news whether it is news from somebody else: `none`, `message`, or `mention` if it mentions this user
 */
export async function save(tx, message, { news = 'none' } = {}) {
  await tx.putMessage(message);
  const { conversation: id, at } = message;
  const before = (await tx.conversation(id)) ?? emptyConversation(id, at);
  const after = { ...before, last: await lastOf(tx, before, message), isGone: false };
  if (isStored(message)) {
    after.newest = byPosition(message, before.newest) > 0 ? positionOf(message) : before.newest;
  }
  if (message.state === 'received' && byPosition(message, before.lastIncoming) >= 0) {
    after.lastIncoming = positionOf(message);
  }
  // The server's own count includes what it had logged by then, whether or not it has come here yet.
  if (news !== 'none' && byPosition(message, before.countedTo) > 0) {
    after.unread = before.unread + 1;
    after.mentions = (before.mentions ?? 0) + (news === 'mention' ? 1 : 0);
  }
  // News brings an archived conversation back to the others, unless the person wants to hear nothing of it.
  if (news !== 'none' && before.isArchived) {
    after.isArchived = before.isMuted === true;
  }
  await tx.putConversation(after);
}

/** The last message of a conversation, now that one of its messages was saved. */
async function lastOf(tx, { last }, saved) {
  if (!last || byPlace(saved, last) >= 0) {
    return saved;
  }
  if (last.from !== saved.from || last.id !== saved.id) {
    return last;
  }
  // It moved up, from the end where pending messages stay to the place that the server gave it.
  let newest = saved;
  await tx.eachBefore(saved.conversation, Infinity, (message) => {
    newest = message;
    return false;
  });
  return newest;
}

/** A conversation without messages. */
export function emptyConversation(id, at) {
  return { id, ...partner(id), unread: 0, mentions: 0, createdAt: at, newest: null };
}
