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
  if (!known) {
    await tx.putConversation(emptyConversation(id, at));
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
  const known = await tx.message(event.From, event.MsgID);
  if (known) {
    if (event.DeletedAt !== undefined && known.deletedAt === undefined) {
      await save(tx, tombstone(known, event.DeletedAt, event.DeletedBy ?? null));
    } else if (mine) {
      await raise(tx, known, 'sent');
    }
    return null;
  }
  const place = loggedAt(event) ?? at;
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
  await save(tx, message, { arrived: message.state === 'received' });
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
    await seen(tx, id, positionOf(message));
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

/** Notes that the person has seen the messages of others up to a position. Messages after that stay unread. */
export async function seen(tx, id, position) {
  const conversation = await tx.conversation(id);
  if (!conversation || byPosition(position, conversation.seen) < 0) {
    return;
  }
  let unread = 0;
  if (byPosition(position, conversation.lastIncoming) < 0) {
    await tx.eachBefore(id, Infinity, (message) => {
      unread += message.state === 'received' && byPosition(message, position) > 0 ? 1 : 0;
      return message.place >= position.place;
    });
  }
  if (conversation.unread > unread || conversation.seen?.id !== position.id) {
    await tx.putConversation({ ...conversation, unread: Math.min(unread, conversation.unread), seen: position });
  }
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

/** Writes a message and what it changes about its conversation. `arrived`: it is news from somebody else. */
export async function save(tx, message, { arrived = false } = {}) {
  await tx.putMessage(message);
  const { conversation: id, at, place } = message;
  const before = (await tx.conversation(id)) ?? emptyConversation(id, at);
  const after = { ...before, last: await lastOf(tx, before, message) };
  if (place !== UNPLACED) {
    after.newest = byPosition(message, before.newest) > 0 ? positionOf(message) : before.newest;
  }
  if (message.state === 'received' && byPosition(message, before.lastIncoming) >= 0) {
    after.lastIncoming = positionOf(message);
  }
  // The server's own count includes what it had logged by then, whether or not it has come here yet.
  if (arrived && byPosition(message, before.countedTo) > 0) {
    after.unread = before.unread + 1;
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
  return { id, ...partner(id), unread: 0, createdAt: at, newest: null };
}
