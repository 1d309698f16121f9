import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { mergeRooms } from '../src/merge.js';
import { RestError } from '../src/rest.js';
import { Rooms } from '../src/rooms.js';
import { MemoryTx } from './support.js';

const PICTURE = 'data:image/webp;base64,AAAA';
const OTHER = 'data:image/webp;base64,BBBB';

/** The REST API as far as rooms go. */
class RoomsApi {
  asked = [];
  rooms = new Map();

  async get(path) {
    this.asked.push(path);
    const room = this.rooms.get(path.split('/').pop());
    if (!room) {
      throw new RestError({ code: 'not_found', status: 404, detail: 'none' });
    }
    return room;
  }

  async patch(path, change) {
    const room = { ...(await this.get(path)), ...change };
    this.rooms.set(room.id, room);
    return room;
  }
}

/** A picture of a room is kept by everyone who sees it, and read again only when it is another one. */
describe('pictures of rooms', () => {
  let api;
  let tx;
  let rooms;

  beforeEach(() => {
    api = new RoomsApi();
    tx = new MemoryTx();
    rooms = new Rooms({ rest: api, records: { write: (work) => work(tx) }, me: 'ann' });
    give('den', '#1', { picture: PICTURE, topic: 'news' });
  });

  const give = (id, picture, data) => api.rooms.set(id, { id, name: 'The den', picture, data, members: [] });
  const listed = async () => {
    const items = Array.from(api.rooms.values(), ({ id, name, picture }) => ({ id, name, picture, role: 'owner' }));
    await mergeRooms(tx, items, { at: 1 });
    return Array.from(tx.conversations.values());
  };
  const kept = (id = 'den') => tx.conversations.get(`room:${id}`).picture;

  test('are read when they are shown, once', async () => {
    await rooms.want(await listed());
    assert.equal(kept(), PICTURE);
    await rooms.want(await listed());
    assert.deepEqual(api.asked, ['/v1/rooms/den']);
  });

  test('are read again when the list names another version, and go when it names none', async () => {
    await rooms.want(await listed());
    give('den', '#2', { picture: OTHER });
    await rooms.want(await listed());
    assert.equal(kept(), OTHER);
    give('den', '', {});
    await rooms.want(await listed());
    assert.equal(kept(), '');
    assert.equal(api.asked.length, 2);
  });

  test('are never those of another server', async () => {
    give('den', 'https://pictures.invalid/den.png', { picture: PICTURE });
    await rooms.want(await listed());
    assert.deepEqual([kept() ?? '', api.asked], ['', []]);
  });

  test('that cannot be read are asked for again, and keep no other one waiting', async () => {
    const all = await listed();
    const gone = { id: 'room:gone', room: 'gone', version: '#9' };
    await Promise.all([rooms.want([gone]), rooms.want(all)]);
    assert.equal(kept(), PICTURE);
    await rooms.want([gone]);
    assert.deepEqual(api.asked, ['/v1/rooms/gone', '/v1/rooms/den', '/v1/rooms/gone']);
  });

  test('are changed without a loss of other data, and shown at once', async () => {
    await rooms.want(await listed());
    await rooms.setPicture('den', OTHER);
    assert.equal(kept(), OTHER);
    const { picture, data } = api.rooms.get('den');
    assert.match(picture, /^#[\da-f-]{36}$/);
    assert.deepEqual(data, { picture: OTHER, topic: 'news' });
    const before = api.asked.length;
    await rooms.want(await listed());
    assert.equal(api.asked.length, before, 'is not read again by the one who chose it');

    await rooms.setPicture('den', '');
    assert.equal(kept(), '');
    assert.deepEqual(api.rooms.get('den').data, { topic: 'news' });
  });
});
