/** What becomes of a message that is edited, deleted or reacted to. Each function returns the record as it is afterwards. */

import { contentOf } from './wire.js';

const CONTENT = ['text', 'type', 'data', 'replyTo', 'mentions', 'attachments'];

/** The record after an event of the kind `edit`, `delete` or `react`; the same one where the event changes nothing. */
export function amended(record, event) {
  if (record.deletedAt !== undefined) {
    return record;
  }
  const at = event.LoggedAt ?? event.StoredAt ?? 0;
  switch (event.EvtType) {
    case 'edit':
      return at > (record.editedAt ?? -1) ? edited(record, event, at) : record;
    case 'delete':
      return tombstone(record, at, event.ByHost ? null : event.From);
    default:
      return reacted(record, event, at);
  }
}

/** What stays of a deleted message: its place, when that was, and who did it (null: the application). */
export function tombstone(record, at, by) {
  const kept = without(record, [...CONTENT, 'reactions', 'reactedAt', 'editedAt']);
  return { ...kept, text: '', deletedAt: at, deletedBy: by };
}

/**
 * A record as the call log says it is. An edit that this device has heard of, and the log did not know yet, stays; and a
 * deletion holds against everything.
 */
export function refreshed(known, said) {
  if (known.deletedAt !== undefined) {
    return known;
  }
  const isAhead = (known.editedAt ?? -1) > (said.editedAt ?? -1) && said.deletedAt === undefined;
  const content = isAhead ? pick(known, [...CONTENT, 'editedAt']) : {};
  const { reactions, ...before } = without(known, [...CONTENT, 'editedAt']);
  return { ...before, ...said, ...content };
}

function pick(record, names) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}

function without(record, names) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function edited(record, event, at) {
  const { type, replyTo, ...content } = contentOf(event);
  return { ...without(record, ['data', 'mentions', 'attachments']), ...content, editedAt: at };
}

/** Of two reactions of one user and kind the later one holds. */
function reacted(record, { From: user, Reaction: reaction, Remove: isRemoved = false }, at) {
  const name = `${user} ${reaction}`;
  if (at <= (record.reactedAt?.[name] ?? -1)) {
    return record;
  }
  const reactedAt = { ...record.reactedAt, [name]: at };
  const others = (record.reactions ?? []).filter((each) => each.reaction !== reaction);
  const before = record.reactions?.find((each) => each.reaction === reaction) ?? { reaction, count: 0, users: [] };
  const after = isRemoved ? lacking(before, user) : having(before, user);
  const isAny = after.count > 0;
  const position = record.reactions?.indexOf(before) ?? -1;
  if (isAny && position >= 0) {
    others.splice(position, 0, after);
  } else if (isAny) {
    others.push(after);
  }
  return { ...record, reactedAt, reactions: others };
}

function having({ reaction, count, users }, user) {
  return users.includes(user) ? { reaction, count, users } : { reaction, count: count + 1, users: [...users, user] };
}

/** The log names only the first users of each kind, so one who is not named may be among those that it counts. */
function lacking({ reaction, count, users }, user) {
  const isCounted = users.includes(user) || count > users.length;
  return { reaction, count: count - (isCounted ? 1 : 0), users: users.filter((each) => each !== user) };
}
