/** The events of the wire protocol, as this client writes and reads them. */

/** The one Socket.IO event that carries every chat event. */
export const CHAT = 'chat';

const seconds = () => Math.floor(Date.now() / 1000);

/** A chat message of ours, from its record: {from, to or room, id, text, at (milliseconds)} and the rest of its content. */
export function messageEvent({ from, to, room, id, text, at, ...content }) {
  const address = room ? { Room: room } : { To: to };
  const event = { EvtType: 'message', From: from, MsgID: id, Timestamp: Math.floor(at / 1000), ...address };
  return { ...event, ...(text !== '' && { Text: text }), ...extras(content) };
}

/** What a message may have beside its text, as the wire names it. */
function extras({ type, data, replyTo, mentions, attachments }) {
  return {
    ...(type && { Type: type }),
    ...(data && { Data: data }),
    ...(replyTo && { ReplyTo: { From: replyTo.from, MsgID: replyTo.id } }),
    ...(mentions && { Mentions: mentions }),
    ...(attachments?.length > 0 && { Attachments: attachments.map(namedFile) }),
  };
}

/** A file as its message names it. What the server knows of it does not count, so it is left out. */
export function namedFile({ id, width, height }) {
  return { id, ...(width && height && { width, height }) };
}

/**
 * The content of a received message, as a record has it: {text} and what else there is of {type, data, replyTo, mentions,
 * attachments}.
 */
export function contentOf({ Text = '', Type, Data, ReplyTo, Mentions, Attachments }) {
  return {
    text: Text,
    ...(Type && Type !== 'text' && { type: Type }),
    ...(Data && { data: Data }),
    ...(ReplyTo && { replyTo: { from: ReplyTo.From, id: ReplyTo.MsgID } }),
    ...(Mentions?.length > 0 && { mentions: Mentions }),
    ...(Attachments?.length > 0 && { attachments: Attachments }),
  };
}

/** The content of a message of the call log, likewise; an answered message has the beginning of its text. */
export function contentOfItem({ text = '', type, data, replyTo, mentions, attachments }) {
  return {
    text,
    ...(type && type !== 'text' && { type }),
    ...(data && { data }),
    ...(replyTo && { replyTo: { from: replyTo.from, id: replyTo.msgId, text: replyTo.text ?? '' } }),
    ...(mentions?.length > 0 && { mentions }),
    ...(attachments?.length > 0 && { attachments }),
  };
}

/** What the call log tells of the changes of a message: of {editedAt, deletedAt, deletedBy, reactions}. */
export function changesOfItem({ editedAt, deletedAt, deletedBy = null, reactions }) {
  return {
    ...(editedAt && { editedAt: Date.parse(editedAt) }),
    ...(deletedAt && { deletedAt: Date.parse(deletedAt), deletedBy }),
    ...(reactions?.length > 0 && { reactions }),
  };
}

/**
 * A receipt (`delivery` or `display`) about message `id` of user `to`. For a message in a room, name the room: the
 * server needs it unless the message came over this very connection.
 */
export function receiptEvent(kind, { from, to, room, id }) {
  const event = { EvtType: kind, From: from, To: to, MsgID: id, Timestamp: seconds() };
  return room ? { ...event, Room: room } : event;
}

/** The passing signal that says that we are writing. */
export function typingEvent({ from, to, room }) {
  const event = { EvtType: 'typing', From: from, Timestamp: seconds() };
  return room ? { ...event, Room: room } : { ...event, To: to };
}

/** Whether a received event has what its kind needs; others are not worth keeping. */
export function isWellFormed(event) {
  if (event === null || typeof event !== 'object' || typeof event.EvtType !== 'string') {
    return false;
  }
  switch (event.EvtType) {
    case 'message':
      return isText(event.From) && isText(event.MsgID) && hasContent(event) && hasAddress(event);
    case 'delivery':
    case 'display':
      return isText(event.From) && isText(event.MsgID);
    case 'edit':
    case 'delete':
    case 'react':
      return isText(event.From) && isText(event.About?.From) && isText(event.About?.MsgID);
    case 'typing':
      return isText(event.From);
    default:
      return true;
  }
}

/** Whether a message is the server's word of a change of the room. */
export function isSystem(type = '') {
  return type.startsWith('system.');
}

/** When the server logged a received message, in milliseconds: what orders the messages of a conversation. */
export function loggedAt(event) {
  return event.LoggedAt ?? event.StoredAt;
}

/** How many bytes a text has on the wire. */
export function textBytes(text) {
  return new TextEncoder().encode(text).length;
}

function isText(value) {
  return typeof value === 'string' && value !== '';
}

/** A text, or something else for an application that knows it. */
function hasContent({ Text, Type, Data, Attachments }) {
  const hasOther = isText(Type) || typeof Data === 'object' || Array.isArray(Attachments);
  return Text === undefined ? hasOther : typeof Text === 'string';
}

function hasAddress(event) {
  return isText(event.To) || isText(event.Room);
}
