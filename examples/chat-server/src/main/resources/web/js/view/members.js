/** How long a message that may mention somebody waits for the members, in milliseconds. */
const PATIENCE = 2_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The other people of the open conversation: the peer, or the members of a room, which are read when they are needed. */
export class Members {
  #messenger;
  #conversation;
  #known = [];
  #reading = null;
  #isRead = false;
  #wait;

  constructor(messenger, conversation, { wait = pause } = {}) {
    this.#wait = wait;
    this.#messenger = messenger;
    this.#conversation = conversation;
    this.#known = conversation.peer ? [conversation.peer] : [];
    this.#isRead = conversation.peer !== undefined;
  }

  /** Those that are known by now. */
  get known() {
    return this.#known;
  }

  /** Whether these are all of them. */
  get isRead() {
    return this.#isRead;
  }

  /** Somebody came or left: the next who needs them reads them again. */
  changed() {
    this.#reading = null;
    this.#isRead = this.#conversation.peer !== undefined;
  }

  /** Reads them, and resolves once they are known, or after a while. */
  async readInTime() {
    await Promise.race([this.read(), this.#wait(PATIENCE)]);
  }

  /** Reads them, unless that was done; resolves once they are known. Without the server nobody new is. */
  read() {
    this.#reading ??= this.#conversation.room ? this.#readRoom() : Promise.resolve();
    return this.#reading;
  }

  async #readRoom() {
    const { me, rooms, people } = this.#messenger;
    try {
      const { members } = await rooms.find(this.#conversation.room);
      this.#known = members.map(({ userId }) => userId).filter((user) => user !== me);
      this.#isRead = true;
      people.meet(this.#known);
    } catch (error) {
      console.info(`webchat: the members of the room could not be read: ${error.message}`);
      this.#reading = null;
    }
  }
}
