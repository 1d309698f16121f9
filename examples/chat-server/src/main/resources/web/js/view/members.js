/** The other people of the open conversation: the peer, or the members of a room, which are read when they are needed. */
export class Members {
  #messenger;
  #conversation;
  #known = [];
  #reading = null;

  constructor(messenger, conversation) {
    this.#messenger = messenger;
    this.#conversation = conversation;
    this.#known = conversation.peer ? [conversation.peer] : [];
  }

  /** Those that are known by now. */
  get known() {
    return this.#known;
  }

  /** Somebody came or left: the next who needs them reads them again. */
  changed() {
    this.#reading = null;
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
      people.want(this.#known);
    } catch (error) {
      console.info(`webchat: the members of the room could not be read: ${error.message}`);
      this.#reading = null;
    }
  }
}
