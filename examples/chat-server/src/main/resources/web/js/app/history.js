/** What each thing that happens does to the stored records. Every function runs inside one store transaction. */

import { PROVED_BY, raised, reaches } from '../client/message-state.js';
import { conversationOf, conversationWith } from '../client/wire.js';

/** The place of messages that the server has not stored yet: after all others. */
export const UNPLACED = Number.MAX_SAFE_INTEGER;

const GAPS_KEPT = 20;

/** Orders message records as both sides see them: by the server's time, then as this device heard of them. */
export function byPlace(one, other) {
  return one.place - other.place || one.n - other.n;
}

/** Makes sure that there is a conversation with a peer; a name given replaces the one it had. */
export async function converse(tx, { peer, name, at }) {
  const id = conversationWith(peer);
  const conversation = (await tx.conversation(id)) ?? emptyConversation(id, peer, at);
  await tx.putConversation(name ? { ...conversation, name } : conversation);
  return id;
}

/** Keeps a message that was just written, as pending and queued for sending. */
export async function compose(tx, { me, peer, id, text, at, n }) {
  const conversation = conversationWith(peer);
  const message = { from: me, to: peer, id, conversation, text, at, n, place: UNPLACED, state: 'pending', queued: n };
  await save(tx, message);
  return message;
}

/** Keeps a received message or copy of one of ours. Returns it, or null if it was known already. */
export async function receive(tx, event, { me, n, at }) {
  const mine = event.From === me;
  const known = await tx.message(event.From, event.MsgID);
  if (known) {
    if (mine) {
      await raise(tx, known, 'sent');
    }
    return null;
  }
  const message = {
    from: event.From,
    to: event.To,
    id: event.MsgID,
    conversation: conversationOf(event, me),
    text: event.Text,
    at: event.StoredAt ?? at,
    place: event.StoredAt ?? at,
    n,
    state: mine ? 'sent' : 'received',
  };
  await save(tx, message, { arrived: !mine });
  return message;
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
    const newest = (await tx.conversation(message.conversation))?.newest ?? 0;
    const place = Math.max(message.at, newest);
    await save(tx, { ...rest, state: 'failed', place, code: answer.Code, detail: answer.Detail });
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
  // A receipt counts only from the person whom the message went to.
  if (!named || named.conversation !== conversationOf(event, me)) {
    return;
  }
  const behind = [named];
  await tx.eachBefore(named.conversation, named.place, (other) => {
    const counts = other.from === me && other.id !== named.id && reaches(other.state, 'sent');
    if (counts && !reaches(other.state, proved)) {
      behind.push(other);
    }
    return !(counts && reaches(other.state, proved));
  });
  for (const message of behind) {
    await raise(tx, message, proved);
  }
}

/** Notes that messages are missing: behind all that is known of these conversations, before all that comes next. */
export async function gap(tx, conversations) {
  const known = await Promise.all(conversations.map((id) => tx.conversation(id)));
  const newest = Math.max(0, ...known.map((conversation) => conversation.newest));
  const gaps = (await tx.meta('gaps')) ?? [];
  await tx.putMeta('gaps', [...gaps, newest + 1].slice(-GAPS_KEPT));
}

/** Notes that the person has seen the conversation. */
export async function seen(tx, id) {
  const conversation = await tx.conversation(id);
  if (conversation && (conversation.unread > 0 || conversation.seen?.id !== conversation.lastIncoming?.id)) {
    await tx.putConversation({ ...conversation, unread: 0, seen: conversation.lastIncoming });
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

async function save(tx, message, { arrived = false } = {}) {
  await tx.putMessage(message);
  const { conversation: id, from, to, at } = message;
  const peer = message.state === 'received' ? from : to;
  const before = (await tx.conversation(id)) ?? emptyConversation(id, peer, at);
  const after = { ...before, last: await lastOf(tx, before, message) };
  if (message.place !== UNPLACED) {
    after.newest = Math.max(before.newest, message.place);
  }
  if (arrived) {
    after.unread = before.unread + 1;
    after.lastIncoming = { from: message.from, id: message.id };
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

function emptyConversation(id, peer, at) {
  return { id, peer, unread: 0, createdAt: at, newest: 0 };
}
