import { conversationIn } from './conversation.js';
import { segment } from './rest.js';
import { emptyConversation } from './history.js';
import { pictureOf, RoomPictures } from './room-pictures.js';

/** Rooms as their members change them. Everything rejects with a `RestError`. */
export class Rooms {
  #rest;
  #records;
  #me;
  #pictures;

  constructor({ rest, records, me }) {
    this.#rest = rest;
    this.#records = records;
    this.#me = me;
    this.#pictures = new RoomPictures({ rest, records });
  }

  /** Creates a room under an id of the caller's, so that trying again makes no second one. Returns its conversation. */
  async create({ id, name, members, open }) {
    const room = await this.#rest.post('/v1/rooms', { id, name, open, members });
    return this.#keep(room);
  }

  /** Joins an open room. Returns its conversation. */
  async join(id) {
    await this.#rest.put(path(id, this.#me), { role: 'member' });
    return this.#keep(await this.find(id));
  }

  /** Reads the pictures of these conversations' rooms where that is missing, and keeps them. Never rejects. */
  want(conversations) {
    return this.#pictures.want(conversations);
  }

  /** Gives a room a picture, a small one as a data address; an empty text takes it away. Owners may. */
  async setPicture(id, picture) {
    await this.#pictures.set(id, picture);
  }

  /** The room with its members: {id, name, picture, data, open, members: [{userId, role}]}. */
  find(id) {
    return this.#rest.get(`/v1/rooms/${segment(id)}`);
  }

  /** Adds a member, or gives one another role. */
  async put(id, user, role = 'member') {
    await this.#rest.put(path(id, user), { role });
  }

  /** Removes a member. */
  async remove(id, user) {
    await this.#rest.delete(path(id, user));
  }

  /** Leaves a room; its messages stay in this browser. */
  async leave(id) {
    await this.#rest.delete(path(id, this.#me));
    await this.#records.write(async (tx) => {
      const known = await tx.conversation(conversationIn(id));
      await tx.putConversation({ ...known, left: true, unread: 0, mentions: 0 });
    });
  }

  async #keep(room) {
    const { id, name, createdAt, members } = room;
    const conversation = conversationIn(id);
    const role = members.find(({ userId }) => userId === this.#me)?.role ?? 'member';
    await this.#records.write(async (tx) => {
      const known = (await tx.conversation(conversation)) ?? emptyConversation(conversation, Date.parse(createdAt));
      await tx.putConversation({ ...known, ...pictureOf(room), name, role, left: false });
    });
    return conversation;
  }
}

function path(room, user) {
  return `/v1/rooms/${segment(room)}/members/${segment(user)}`;
}
