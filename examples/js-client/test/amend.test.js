import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { amended, refreshed, tombstone } from '../src/amend.js';

const message = { from: 'ann', id: 'm', conversation: 'user:bob', text: 'hi', place: 1, n: 1, state: 'sent' };
const about = { From: 'ann', About: { From: 'ann', MsgID: 'm' } };
const edit = (Text, LoggedAt) => ({ EvtType: 'edit', ...about, Text, LoggedAt });
const react = (From, Reaction, LoggedAt, Remove) => ({ EvtType: 'react', ...about, From, Reaction, LoggedAt, Remove });
const apply = (...events) => events.reduce(amended, message);

describe('a message', () => {
  test('has the text of the latest edit, whatever order they come in', () => {
    for (const events of [[edit('a', 5), edit('b', 6)], [edit('b', 6), edit('a', 5)]]) {
      assert.deepEqual([apply(...events).text, apply(...events).editedAt], ['b', 6]);
    }
    assert.equal(amended({ ...message, data: { a: 1 } }, edit('a', 5)).data, undefined);
  });

  test('has the files that its latest edit names, and none after its deletion', () => {
    const withFiles = { ...message, attachments: [{ id: 'f1' }, { id: 'f2' }] };
    const after = amended(withFiles, { ...edit('a', 5), Attachments: [{ id: 'f2' }] });
    assert.deepEqual(after.attachments, [{ id: 'f2' }]);
    assert.equal('attachments' in amended(withFiles, edit('a', 5)), false);
    assert.equal('attachments' in tombstone(withFiles, 5, 'ann'), false);
    assert.equal('attachments' in refreshed(withFiles, message), false);
  });

  test('that was deleted has no content, and stays so', () => {
    const deleted = apply(edit('a', 5), react('bob', '👍', 6), { EvtType: 'delete', ...about, LoggedAt: 7 });
    assert.deepEqual(deleted, {
      from: 'ann', id: 'm', conversation: 'user:bob', place: 1, n: 1, state: 'sent', text: '', deletedAt: 7, deletedBy: 'ann',
    });
    assert.equal(amended(deleted, edit('b', 9)), deleted);
    assert.equal(refreshed(deleted, message), deleted);
    assert.equal(tombstone(message, 3, null).deletedBy, null);
  });

  test('counts each reaction of each user once, until it is taken back', () => {
    const reacted = apply(react('bob', '👍', 5), react('bob', '👍', 6), react('carol', '👍', 7), react('bob', '❤️', 8));
    assert.deepEqual(reacted.reactions, [
      { reaction: '👍', count: 2, users: ['bob', 'carol'] },
      { reaction: '❤️', count: 1, users: ['bob'] },
    ]);
    const after = amended(reacted, react('bob', '👍', 9, true));
    assert.deepEqual(after.reactions[0], { reaction: '👍', count: 1, users: ['carol'] });
    assert.deepEqual(amended(after, react('bob', '👍', 8)), after);
    assert.equal(amended(after, react('carol', '👍', 10, true)).reactions.length, 1);
  });

  test('is as the call log says, but for an edit that the log did not know yet', () => {
    const said = { ...message, text: 'log', editedAt: 5, reactions: [{ reaction: '👍', count: 9, users: [] }] };
    assert.equal(refreshed(message, said).text, 'log');
    const ahead = refreshed({ ...message, text: 'new', editedAt: 6 }, said);
    assert.deepEqual([ahead.text, ahead.editedAt, ahead.reactions[0].count], ['new', 6, 9]);
    assert.equal('reactions' in refreshed({ ...message, reactions: [] }, message), false);
  });
});
