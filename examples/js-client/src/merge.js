/** What the server's call log says, merged into the stored records, each function inside one store transaction. */

import { refreshed } from './amend.js';
import { conversationIn, conversationOfEntry } from './conversation.js';
import { raised, reaches } from './message-state.js';
import { byPlace, byPosition, emptyConversation, positionOf, save } from './history.js';
import { changesOfItem, contentOfItem, isSystem } from './wire.js';

/**
 * Keeps a page of a conversation's messages, newest first as the server lists them, but for those that the person has
 * deleted with the conversation since the server answered.
 */
export async function mergeMessages(tx, items, { me, conversation, ticket }) {
  const { goneTo = null } = (await tx.conversation(conversation)) ?? {};
  for (const item of [...items].reverse()) {
    const known = await tx.message(item.from, item.msgId);
    const record = recordOf(item, { me, conversation, n: known?.n ?? ticket() });
    if (!known && !isGone(record, goneTo)) {
      await save(tx, record);
    } else if (known && isNews(record, known)) {
      const now = refreshed(without(known, 'code', 'detail'), record);
      await save(tx, { ...now, state: raised(known.state, record.state) });
    }
  }
}

/**
 * Keeps a page of the list of conversations.
 *
 * The server's unread count replaces ours, unless ours knows better: of messages that the answer did not have yet, or
 * of something that the person has seen while the server was not told yet. Returns whether there was any news.
 */
export async function mergeEntries(tx, entries, { me, at }) {
  let hasNews = false;
  for (const entry of entries) {
    const id = conversationOfEntry(entry);
    const before = (await tx.conversation(id)) ?? emptyConversation(id, at);
    const last = recordOf(entry.lastMessage, { me, conversation: id, n: 0 });
    if (isGone(last, before.goneTo)) {
      // The person has deleted the conversation since the server answered.
      continue;
    }
    const after = { ...before, last: newer(before.last, last), ...(before.isGone && { isGone: false }) };
    if (byPosition(last, before.newest) >= 0 && before.seen?.id === before.told) {
      after.unread = entry.unread;
      after.mentions = entry.mentions ?? 0;
      after.countedTo = positionOf(last);
    }
    if (before.isArchived && !before.isMuted && after.unread > before.unread) {
      after.isArchived = false;
    }
    if (entry.received?.displayed) {
      after.readTo = Date.parse(entry.received.displayed);
    }
    if (last.state === 'received' && byPosition(last, before.lastIncoming) >= 0) {
      after.lastIncoming = positionOf(last);
    }
    if (JSON.stringify(after) !== JSON.stringify(before)) {
      hasNews = true;
      await tx.putConversation(after);
    }
  }
  return hasNews;
}

/** Keeps which rooms the person is in: all of them, so that one that is missing was left. */
export async function mergeRooms(tx, rooms, { at }) {
  const joined = new Map(rooms.map((room) => [conversationIn(room.id), room]));
  for (const known of await tx.allConversations()) {
    if (known.room && !joined.has(known.id) && !known.left) {
      await tx.putConversation({ ...known, left: true });
    }
  }
  for (const [id, { name, role, joinedAt, picture: version = '' }] of joined) {
    const known = await tx.conversation(id);
    const isSame = known?.name === name && known.role === role && (known.version ?? '') === version;
    if (!isSame || known.left) {
      const before = known ?? emptyConversation(id, Date.parse(joinedAt) || at);
      const picture = version === '' ? '' : before.picture;
      await tx.putConversation({ ...before, name, role, version, picture, left: false });
    }
  }
}

/** Whether a message was deleted with all up to a position (null: none was). */
function isGone(message, goneTo) {
  return Boolean(goneTo) && byPosition(message, goneTo) <= 0;
}

function recordOf(item, { me, conversation, n }) {
  const { msgId, from, to, room, storedAt, status } = item;
  const place = Date.parse(storedAt);
  const address = room ? { room } : { to };
  const state = isSystem(item.type) ? 'noted' : from === me ? status : 'received';
  const content = { ...contentOfItem(item), ...changesOfItem(item) };
  return { from, ...address, id: msgId, conversation, ...content, at: place, place, n, state };
}

/** The later of two last messages; of two states of the same one, the higher. */
function newer(known, said) {
  if (!known) {
    return said;
  }
  if (known.from === said.from && known.id === said.id) {
    return reaches(known.state, said.state) ? known : { ...known, ...said, n: known.n };
  }
  return byPlace(said, known) > 0 ? said : known;
}

function isNews(record, known) {
  const isRaised = !['received', 'noted'].includes(record.state) && !reaches(known.state, record.state);
  return known.place !== record.place || isRaised || changes(record) !== changes(known);
}

/** What can change about a message, to be compared. */
function changes({ text, attachments = [], editedAt, deletedAt, reactions = [] }) {
  const counts = reactions.map(({ reaction, count }) => [reaction, count]);
  return JSON.stringify([text, attachments.map(({ id }) => id), editedAt, deletedAt, counts]);
}

function without(record, ...names) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
