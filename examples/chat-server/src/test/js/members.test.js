import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Members } from '../../main/resources/web/js/view/members.js';

/** Those who can be mentioned are read once, again when somebody came or left, and not waited for too long. */
describe('the members of a conversation', () => {
  let found;
  let answer;
  const messenger = {
    me: 'ann', people: { meet: () => {} }, rooms: { find: async () => ((found += 1), { members: await answer() }) },
  };
  const room = (how) => new Members(messenger, { room: 'r' }, how);

  beforeEach(() => {
    found = 0;
    answer = async () => ['ann', 'bob'].map((userId) => ({ userId }));
  });

  test('are the peer, of two', async () => {
    const members = new Members(messenger, { peer: 'bob' });
    assert.deepEqual([members.known, members.isRead], [['bob'], true]);
    await members.read();
    members.changed();
    assert.deepEqual([members.isRead, found], [true, 0]);
  });

  test('are read once, and again when they changed', async () => {
    const members = room();
    assert.deepEqual([members.known, members.isRead], [[], false]);
    await Promise.all([members.read(), members.read()]);
    assert.deepEqual([members.known, members.isRead, found], [['bob'], true, 1]);
    members.changed();
    assert.deepEqual([members.known, members.isRead], [['bob'], false]);
    await members.readInTime();
    assert.equal(found, 2);
  });

  test('are met one after the other, and only those who are shown are asked for at once', async () => {
    const asked = [];
    const people = { want: (users) => asked.push(...users), meet: (users) => asked.push(users.length) };
    answer = async () => Array.from({ length: 1_000 }, (_, index) => ({ userId: `u${index}` }));
    await new Members({ ...messenger, people }, { room: 'r' }).read();
    assert.deepEqual(asked, [1_000]);
  });

  test('are not waited for where the server does not answer', async () => {
    answer = () => new Promise(() => {});
    const members = room({ wait: async () => {} });
    await members.readInTime();
    assert.equal(members.isRead, false);
  });
});
