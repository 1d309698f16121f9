import { conversationIn } from './conversation.js';
import { newMessageId } from './ids.js';
import { segment } from './rest.js';

/**
 * The pictures of rooms. A picture stands in the `data` of its room, and the room's own `picture`, which every list of
 * rooms has, is the name of this version of it: `#` and a random id. So a picture is read once, when it is shown, and
 * again when the list has another name. The address of a picture elsewhere is kept as it is, and nothing is read.
 */
export class RoomPictures {
  #rest;
  #records;
  #wanted = new Set();
  #isReading = false;

  constructor({ rest, records }) {
    this.#rest = rest;
    this.#records = records;
  }

  /** Reads the pictures of these conversations' rooms that are not kept, one after another. */
  async want(conversations) {
    conversations.filter(isMissing).forEach(({ room }) => this.#wanted.add(room));
    if (this.#isReading) {
      return;
    }
    this.#isReading = true;
    for (const room of this.#wanted) {
      await this.#read(room);
      this.#wanted.delete(room);
    }
    this.#isReading = false;
  }

  /** Gives a room another picture; an empty one takes it away. Resolves to the room; rejects with a `RestError`. */
  async set(id, picture) {
    const { data } = await this.#rest.get(path(id));
    const { picture: before, ...others } = data;
    const change =
      picture === '' ? { picture: '', data: others } : { picture: `#${newMessageId()}`, data: { ...others, picture } };
    const room = await this.#rest.patch(path(id), change);
    await this.#keep(room);
    return room;
  }

  async #read(id) {
    try {
      await this.#keep(await this.#rest.get(path(id)));
    } catch (error) {
      console.warn(`webchat: the picture of the room ${id} could not be read`, error);
    }
  }

  async #keep(room) {
    await this.#records.write(async (tx) => {
      const known = await tx.conversation(conversationIn(room.id));
      if (known) {
        await tx.putConversation({ ...known, ...pictureOf(room) });
      }
    });
  }
}

/** What a conversation keeps of its room's picture. */
export function pictureOf({ picture: version = '', data = {} }) {
  const isOwn = version.startsWith('#') && typeof data.picture === 'string';
  return { version, kept: version, picture: isOwn ? data.picture : '' };
}

function isMissing({ room, left, version = '', kept }) {
  return room !== undefined && !left && version.startsWith('#') && version !== kept;
}

function path(id) {
  return `/v1/rooms/${segment(id)}`;
}
