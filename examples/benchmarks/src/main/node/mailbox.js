'use strict';

const PAGE = 256;

/** Splits "kind sender MsgID event" at its spaces; only the event may hold more of them. */
function parse(stored) {
  const kindEnd = stored.indexOf(' ');
  const fromEnd = stored.indexOf(' ', kindEnd + 1);
  const idEnd = stored.indexOf(' ', fromEnd + 1);
  return { message: stored.startsWith('message '), key: stored.slice(kindEnd + 1, idEnd), json: stored.slice(idEnd + 1) };
}

/** Compares two ids of stream entries. */
function after(one, other) {
  const [oneTime, oneCount] = one.split('-');
  const [otherTime, otherCount] = other.split('-');
  return oneTime === otherTime ? +oneCount > +otherCount : +oneTime > +otherTime;
}

/** One connected user's end of a stream: emits its entries in order, and trims what the client has confirmed. */
class Mailbox {
  constructor(redis, stream, emit) {
    this.redis = redis;
    this.stream = stream;
    this.emit = emit;
    this.pending = new Map();
    this.emitted = '0-0';
    this.arrived = '0-0';
    this.atHeartbeat = '0-0';
    this.trimmed = '0-0';
    this.trimming = false;
    this.live = false;
    this.early = [];
  }

  /** Emits what waits; to be called when the stream's channel is subscribed. */
  async replay() {
    for (;;) {
      const page = await this.redis.xrange(this.stream, `(${this.emitted}`, '+', 'COUNT', PAGE);
      page.forEach(([id, fields]) => this.pass(id, fields[1]));
      if (page.length < PAGE) {
        break;
      }
    }
    this.live = true;
    this.early.splice(0).forEach(([id, stored]) => this.pass(id, stored));
  }

  /** An entry was published. */
  published(payload) {
    const space = payload.indexOf(' ');
    const id = payload.slice(0, space);
    const stored = payload.slice(space + 1);
    if (this.live) {
      this.pass(id, stored);
    } else {
      this.early.push([id, stored]);
    }
  }

  pass(id, stored) {
    if (!after(id, this.emitted)) {
      return;
    }
    const event = parse(stored);
    this.emitted = id;
    if (event.message) {
      this.pending.set(event.key, id);
    } else {
      this.lastReceipt = id;
    }
    this.emit(`${event.json.slice(0, -1)},"Seq":"${id}"}`);
  }

  /** Whether the client was given this message and has not confirmed it yet. */
  awaits(from, messageId) {
    return this.pending.has(`${from} ${messageId}`);
  }

  /** The client has the message, and so the receipts that were emitted before it. */
  confirmed(from, messageId) {
    const key = `${from} ${messageId}`;
    const id = this.pending.get(key);
    if (id !== undefined) {
      this.pending.delete(key);
      this.arrived = after(id, this.arrived) ? id : this.arrived;
      this.trim();
    }
  }

  /** The client answered a ping: what was emitted before the ping before has arrived. */
  heartbeat() {
    this.arrived = after(this.atHeartbeat, this.arrived) ? this.atHeartbeat : this.arrived;
    this.atHeartbeat = this.emitted;
    this.trim();
  }

  /** One command at a time, each for all that was confirmed meanwhile. */
  trim() {
    const [oldest] = this.pending.values();
    let first = oldest;
    if (first === undefined || after(first, this.arrived)) {
      const [time, count] = this.arrived.split('-');
      const next = `${time}-${+count + 1}`;
      const unsure = this.lastReceipt !== undefined && after(this.lastReceipt, this.arrived);
      first = unsure || oldest !== undefined ? next : this.emitted.replace(/\d+$/, n => +n + 1);
    }
    if (this.trimming || !after(first, this.trimmed)) {
      return;
    }
    this.trimming = true;
    this.redis.xtrim(this.stream, 'MINID', first).then(
      () => {
        this.trimming = false;
        this.trimmed = first;
        this.trim();
      },
      () => {
        // The next confirmation or heartbeat tries again.
        this.trimming = false;
      }
    );
  }
}

module.exports = { Mailbox };
