import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemText } from '../../main/resources/web/js/view/system-line.js';

test('what happened to a room is told in words, as seen by the one who reads it', () => {
  const nameOf = (user) => ({ bob: 'Bob', carol: 'Carol' })[user] ?? user;
  const told = (type, from, data) => systemText({ type: `system.${type}`, from, data }, { me: 'ann', nameOf });
  assert.equal(told('joined', 'bob', { User: 'bob', Role: 'member' }), 'Bob joined');
  assert.equal(told('joined', 'bob', { User: 'ann', Role: 'member' }), 'Bob added you');
  assert.equal(told('left', 'bob', { User: 'bob' }), 'Bob left');
  assert.equal(told('removed', 'ann', { User: 'carol' }), 'You removed Carol');
  assert.equal(told('renamed', 'carol', { Name: 'Team A', Before: 'Team' }), 'Carol named the room “Team A”');
  assert.equal(told('role', 'bob', { User: 'ann', Role: 'owner' }), 'You are now an owner');
  assert.equal(told('role', 'bob', { User: 'carol', Role: 'reader' }), 'Carol is now a reader');
  assert.equal(told('painted', 'bob'), 'The room changed (painted)');
});
