/** The events of the wire protocol, as this client writes and reads them. */

/** The one Socket.IO event that carries every chat event. */
export const CHAT = 'chat';

const seconds = () => Math.floor(Date.now() / 1000);

/** A chat message of ours, from its record in the store. */
export function messageEvent({ from, to, id, text, at }) {
  return { EvtType: 'message', From: from, To: to, MsgID: id, Timestamp: Math.floor(at / 1000), Text: text };
}

/** A receipt (`delivery` or `display`) about message `id` of user `to`. */
export function receiptEvent(kind, { from, to, id }) {
  return { EvtType: kind, From: from, To: to, MsgID: id, Timestamp: seconds() };
}

/** The passing signal that says that we are writing. */
export function typingEvent({ from, to }) {
  return { EvtType: 'typing', From: from, To: to, Timestamp: seconds() };
}

/** Whether a received event has what its kind needs; others are not worth keeping. */
export function isWellFormed(event) {
  if (event === null || typeof event !== 'object' || typeof event.EvtType !== 'string') {
    return false;
  }
  switch (event.EvtType) {
    case 'message':
      return isText(event.From) && isText(event.MsgID) && typeof event.Text === 'string' && hasAddress(event);
    case 'delivery':
    case 'display':
      return isText(event.From) && isText(event.MsgID);
    case 'typing':
      return isText(event.From);
    case 'failed':
      return isText(event.MsgID);
    default:
      return true;
  }
}

/** The id of the conversation that an event belongs to, as user `me` sees it. */
export function conversationOf(event, me) {
  if (event.Room) {
    return `room:${event.Room}`;
  }
  return conversationWith(event.From === me ? event.To : event.From);
}

/** The id of the conversation with one other user. */
export function conversationWith(peer) {
  return `user:${peer}`;
}

/** How many bytes a text has on the wire. */
export function textBytes(text) {
  return new TextEncoder().encode(text).length;
}

function isText(value) {
  return typeof value === 'string' && value !== '';
}

function hasAddress(event) {
  return isText(event.To) || isText(event.Room);
}
