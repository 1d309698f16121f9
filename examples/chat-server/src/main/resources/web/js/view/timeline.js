import { byPlace } from '@webchat/client';

/** What names a message among all. */
export function keyOf({ from, id }) {
  return `${from} ${id}`;
}

/** The known messages of one conversation as records, oldest first. Finding one takes a few steps, however many there are. */
export class Timeline {
  #records = [];
  #known = new Map();

  get size() {
    return this.#records.length;
  }

  /** The record at an index; undefined beyond the ends. */
  at(index) {
    return this.#records[index];
  }

  /** The record of a key, or undefined. */
  get(key) {
    return this.#known.get(key);
  }

  has(key) {
    return this.#known.has(key);
  }

  /** Puts in a record, or the new state of one that is there. Returns whether it is a new one. */
  put(record) {
    const key = keyOf(record);
    const before = this.#known.get(key);
    this.#known.set(key, record);
    if (before && byPlace(before, record) === 0) {
      this.#records[this.#indexOf(before)] = record;
      return false;
    }
    if (before) {
      this.#records.splice(this.#indexOf(before), 1);
    }
    this.#records.splice(this.#lower(record), 0, record);
    return before === undefined;
  }

  /** Takes out the record of a key. */
  remove(key) {
    const record = this.#known.get(key);
    if (record) {
      this.#known.delete(key);
      this.#records.splice(this.#indexOf(record), 1);
    }
  }

  /** Takes out what is older than a place. */
  dropBelow(place) {
    const count = this.#lower({ place, n: -Infinity });
    this.#records.splice(0, count).forEach((record) => this.#known.delete(keyOf(record)));
  }

  /** Where the record of a key is, or would be; -1 for an unknown key. */
  indexOf(key) {
    const record = this.#known.get(key);
    return record ? this.#indexOf(record) : -1;
  }

  /** The records from an index on, up to another one. */
  slice(from, to) {
    return this.#records.slice(from, to);
  }

  /** The oldest of the newest `count` received records, or of all where there are fewer: {record, isWhole}. */
  receivedFromEnd(count) {
    let left = count;
    let record = null;
    for (let index = this.#records.length - 1; left > 0 && index >= 0; index -= 1) {
      if (this.#records[index].state === 'received') {
        left -= 1;
        record = this.#records[index];
      }
    }
    return { record, isWhole: left === 0 };
  }

  /** The oldest received record after a place, or null. */
  receivedAfter(place) {
    for (let index = this.#lower({ place, n: Infinity }); index < this.#records.length; index += 1) {
      if (this.#records[index].state === 'received') {
        return this.#records[index];
      }
    }
    return null;
  }

  /** The oldest record from a place on, or null. */
  since(place) {
    return this.#records[this.#lower({ place, n: -Infinity })] ?? null;
  }

  #indexOf(record) {
    let index = this.#lower(record);
    while (keyOf(this.#records[index]) !== keyOf(record)) {
      index += 1;
    }
    return index;
  }

  /** The index of the first record that is not before this one. */
  #lower(record) {
    let [low, high] = [0, this.#records.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byPlace(this.#records[middle], record) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
