import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import { RestError } from '../src/rest.js';
import { People } from '../src/people.js';
import { Presence } from '../src/presence.js';
import { MemoryStore } from '../src/memory-store.js';
import { Tabs } from '../src/tabs.js';
import { channels, settled } from './support.js';

/** The REST API as far as people go. */
class PeopleApi {
  asked = [];
  profiles = new Map();
  blocks = new Set();
  online = new Set();
  lastSeen = new Map();

  async get(path, query) {
    this.asked.push(path);
    if (path === '/v1/presence') {
      return { items: query.user.map((userId) => this.#presenceOf(userId)) };
    }
    if (path === '/v1/blocks') {
      return { items: Array.from(this.blocks, (userId) => ({ userId })), nextCursor: null };
    }
    const profile = this.profiles.get(path.split('/').pop());
    if (!profile) {
      throw new RestError({ code: 'not_found', status: 404, detail: 'none' });
    }
    return profile;
  }

  #presenceOf(userId) {
    const online = this.online.has(userId);
    const lastSeenAt = this.lastSeen.get(userId);
    return { userId, online, ...(!online && lastSeenAt && { lastSeenAt }) };
  }

  async put(path, body) {
    this.asked.push(path);
    this.written = body;
    return body ? { userId: 'ann', ...body } : null;
  }

  async delete(path) {
    this.asked.push(`not ${path}`);
    return null;
  }
}

describe('people', () => {
  let api;
  let open;
  let store;

  beforeEach(() => {
    api = new PeopleApi();
    open = channels();
    store = new MemoryStore();
    api.profiles.set('bob', { userId: 'bob', name: 'Bob', attributes: { colour: 'teal', picture: 'https://p/b.png' } });
  });

  const people = () => new People({ rest: api, store, tabs: new Tabs('ann', open) });

  test('are not kept any more once closed, whatever was under way', async () => {
    const all = people();
    const saving = all.saveMine({ name: 'Ann' });
    all.close();
    await saving;
    assert.deepEqual(await store.people(), []);
  });

  test('are called by their ids until they are known', async () => {
    const all = people();
    const changes = [];
    all.on('people', (users) => changes.push(...users));
    assert.equal(all.nameOf('bob'), 'bob');
    all.want(['bob', 'bob', 'carol']);
    await settled();
    assert.equal(all.nameOf('bob'), 'Bob');
    assert.equal(all.profileOf('bob').colour, 'teal');
    assert.equal(all.nameOf('carol'), 'carol');
    assert.deepEqual(changes.sort(), ['bob', 'carol']);
  });

  test('are asked for once while that is fresh, and again where it failed', async () => {
    const all = people();
    all.want(['bob', 'carol']);
    await settled();
    all.want(['bob', 'carol']);
    await settled();
    assert.equal(api.asked.length, 2);
    api.get = async () => {
      throw new RestError();
    };
    all.want(['dave']);
    await settled();
    api.get = PeopleApi.prototype.get;
    all.want(['dave']);
    await settled();
    assert.equal(api.asked.length, 3);
  });

  test('who were hidden a moment ago are asked for again after a sign of theirs', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    const all = people();
    all.want(['carol']);
    await settled();
    api.profiles.set('carol', { userId: 'carol', name: 'Carol' });
    all.heard('carol');
    all.heard('carol');
    await settled();
    assert.equal(api.asked.length, 1);
    t.mock.timers.tick(6_000);
    await settled();
    assert.deepEqual([api.asked.length, all.nameOf('carol')], [2, 'Carol']);
  });

  test('are asked for a few at a time', async () => {
    let under = 0;
    let most = 0;
    api.get = async (path) => {
      most = Math.max(most, (under += 1));
      await settled();
      under -= 1;
      return { userId: path.split('/').pop(), name: 'X', attributes: {} };
    };
    const all = people();
    const users = Array.from({ length: 30 }, (_, index) => `u${index}`);
    all.want(users);
    for (let turns = 0; turns < 40; turns += 1) {
      await settled();
    }
    assert.equal(most, 4);
    assert.ok(users.every((user) => all.nameOf(user) === 'X'));
  });

  test('are all met one after the other, those that are known already not, and the end of it is told', async () => {
    const pauses = [];
    const all = new People({
      rest: api, store, tabs: new Tabs('ann', open), wait: async (ms) => {
        pauses.push(ms);
        await settled();
      },
    });
    all.want(['bob']);
    await settled();
    api.asked = [];
    let told = 0;
    all.on('people', () => {
      told += 1;
    });
    const users = Array.from({ length: 30 }, (_, index) => `u${index}`);
    api.profiles.set('u29', { userId: 'u29', name: 'Zoe' });
    const met = all.meet(['bob', ...users]);
    assert.equal(all.isMeeting, true);
    await met;
    assert.deepEqual(api.asked, users.map((user) => `/v1/profiles/${user}`));
    assert.deepEqual([all.nameOf('u29'), all.isMeeting, told], ['Zoe', false, 31]);
    assert.ok(pauses.every((ms) => ms >= 20), 'at most the 50 requests a second that the server takes');
    await all.meet(users);
    assert.equal(api.asked.length, 30);
  });

  test('are no longer met once others are to be, or nobody', async () => {
    let go;
    const all = new People({
      rest: api, store, tabs: new Tabs('ann', open), wait: () => new Promise((resolve) => {
        go = resolve;
      }),
    });
    const met = all.meet(['u1', 'u2', 'u3']);
    await settled();
    all.meet(['u9']);
    go();
    await settled();
    all.meet([]);
    go();
    await met;
    assert.deepEqual([api.asked, all.isMeeting], [['/v1/profiles/u1', '/v1/profiles/u9'], false]);
  });

  test('are known to other tabs, and after a reload', async () => {
    const [first, second] = [people(), people()];
    await first.saveMine({ name: 'Ann', colour: 'pink', picture: '' });
    await settled();
    assert.deepEqual(api.written, { name: 'Ann', attributes: { colour: 'pink' } });
    assert.equal(second.nameOf('ann'), 'Ann');
    const reloaded = people();
    await reloaded.load();
    assert.equal(reloaded.nameOf('ann'), 'Ann');
  });

  test('are blocked and unblocked in all tabs', async () => {
    api.blocks.add('eve');
    const [first, second] = [people(), people()];
    await first.learnBlocks();
    assert.equal(first.isBlocked('eve'), true);
    await first.setBlocked('bob', true);
    await settled();
    assert.deepEqual([second.isBlocked('bob'), second.isBlocked('eve')], [true, true]);
    await first.setBlocked('bob', false);
    assert.equal(first.isBlocked('bob'), false);
    assert.deepEqual(api.asked.slice(1), ['/v1/blocks/bob', 'not /v1/blocks/bob']);
  });

  test('are asked for again whom they block, until the server has told', async () => {
    const get = api.get.bind(api);
    api.get = async () => {
      throw new RestError();
    };
    api.blocks.add('eve');
    const all = people();
    await all.learnBlocks();
    assert.equal(all.isBlocked('eve'), false);
    api.get = get;
    await Promise.all([all.learnBlocks(), all.learnBlocks()]);
    assert.equal(all.isBlocked('eve'), true);
    await all.learnBlocks();
    assert.deepEqual(api.asked, ['/v1/blocks']);
  });

  test('stay as they were where the server refuses a block', async () => {
    api.put = async () => {
      throw new RestError({ code: 'too_large', status: 413, detail: 'too many' });
    };
    const all = people();
    await assert.rejects(all.setBlocked('bob', true), { code: 'too_large' });
    assert.equal(all.isBlocked('bob'), false);
  });
});

describe('presence', () => {
  let api;
  let now;
  let presence;
  let changes;
  let visible;

  beforeEach(() => {
    api = new PeopleApi();
    now = 100_000;
    visible = true;
    presence = new Presence({ rest: api, isVisible: () => visible, now: () => now });
    changes = [];
    presence.on('presence', (users) => changes.push(...users));
  });

  test('is that of the users who are shown, and tells who came and went', async () => {
    presence.show(['bob', 'carol']);
    api.online.add('bob');
    await presence.ask();
    assert.deepEqual([presence.isOnline('bob'), presence.isOnline('carol')], [true, false]);
    api.online = new Set(['carol']);
    await presence.ask();
    assert.deepEqual(changes, ['bob', 'bob', 'carol']);
    presence.close();
  });

  test('an event from somebody shows at once, and outweighs an answer for a while', async () => {
    presence.show(['bob']);
    presence.heard('bob');
    await presence.ask();
    assert.equal(presence.isOnline('bob'), true);
    now += 30_000;
    await presence.ask();
    assert.equal(presence.isOnline('bob'), false);
    presence.close();
  });

  test('tells when somebody who left was there last, as long as the server does', async () => {
    const at = Date.parse('2026-11-24T14:03:20.480Z');
    presence.show(['bob', 'carol']);
    api.online.add('bob');
    await presence.ask();
    assert.deepEqual([presence.lastSeen('bob'), presence.lastSeen('carol')], [null, null]);
    api.online.clear();
    api.lastSeen.set('bob', '2026-11-24T14:03:20.480Z');
    await presence.ask();
    await presence.ask();
    assert.deepEqual([presence.isOnline('bob'), presence.lastSeen('bob')], [false, at]);
    api.lastSeen.set('bob', '2026-11-24T15:00:00.000Z');
    await presence.ask();
    assert.equal(presence.lastSeen('bob'), Date.parse('2026-11-24T15:00:00.000Z'));
    presence.heard('bob');
    assert.equal(presence.lastSeen('bob'), null);
    assert.deepEqual(changes, ['bob', 'bob', 'bob', 'bob']);
    presence.close();
  });

  test('a user who hides it, or blocks the asker, was never seen', async () => {
    presence.show(['bob']);
    api.lastSeen.set('bob', '2026-11-24T14:03:20.480Z');
    await presence.ask();
    api.lastSeen.clear();
    await presence.ask();
    assert.equal(presence.lastSeen('bob'), null);
    presence.close();
  });

  test('asks about many in parts, and about nobody while the page is hidden', async () => {
    presence.show(Array.from({ length: 90 }, (_, index) => `u${index}`));
    await presence.ask();
    assert.equal(api.asked.length, 3);
    visible = false;
    await presence.ask();
    assert.equal(api.asked.length, 3);
    presence.close();
  });

  test('is asked for from the first connection on, and not while there is none', async (context) => {
    context.after(() => mock.timers.reset());
    mock.timers.enable({ apis: ['setTimeout'] });
    presence.show(['bob']);
    mock.timers.tick(100_000);
    assert.equal(api.asked.length, 0);
    await presence.ask();
    presence.show(['bob', 'carol']);
    mock.timers.tick(50);
    assert.equal(api.asked.length, 2);
    presence.forget();
    presence.show(['dan']);
    mock.timers.tick(100_000);
    assert.equal(api.asked.length, 2);
    presence.close();
  });

  test('nobody is there once the connection is lost', async () => {
    presence.heard('bob');
    presence.show(['carol']);
    api.lastSeen.set('carol', '2026-11-24T14:03:20.480Z');
    await presence.ask();
    presence.forget();
    assert.deepEqual([presence.isOnline('bob'), presence.lastSeen('carol')], [false, null]);
    presence.close();
  });
});
