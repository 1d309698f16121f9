/**
 * What a client calls its conversations: `user:` and the other user's id, or `room:` and the room's. The server's own
 * ids, which name both users of a 1:1 conversation, are what REST paths have.
 */

/** The conversation with one other user. */
export function conversationWith(peer) {
  return `user:${peer}`;
}

/** The conversation of a room. */
export function conversationIn(room) {
  return `room:${room}`;
}

/** The conversation that a received event belongs to, as user `me` sees it. */
export function conversationOf(event, me) {
  return event.Room ? conversationIn(event.Room) : conversationWith(event.From === me ? event.To : event.From);
}

/** Whom messages of a conversation go to: {peer} or {room}. */
export function partner(conversation) {
  const id = conversation.slice(conversation.indexOf(':') + 1);
  return conversation.startsWith('room:') ? { room: id } : { peer: id };
}

/** The conversation of an item of `GET /v1/call-logs`. */
export function conversationOfEntry({ peer, room }) {
  return room ? conversationIn(room) : conversationWith(peer);
}

/** The id by which REST knows a conversation of user `me`: the smaller user id first, or `~` and the room. */
export function logId(conversation, me) {
  const { peer, room } = partner(conversation);
  if (room) {
    return `~${room}`;
  }
  return me < peer ? `${me}~${peer}` : `${peer}~${me}`;
}
