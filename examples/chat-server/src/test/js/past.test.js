import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { MemoryStore, RestError, Tabs } from '@webchat/client';
import { Pager } from '../../../../js-client/src/pager.js';
import { Records } from '../../../../js-client/src/records.js';
import { channels, settled } from '../../../../js-client/test/support.js';
import { Past } from '../../main/resources/web/js/view/past.js';
import { byId, openPage } from './dom.js';

/** The line above the messages, and when the history is read. */
describe('the history in the pane', () => {
  let reads;
  let answer;
  let pager;
  let past;
  let begun;
  let isNearTop;
  const goal = { unread: 0, readTo: -Infinity };
  const one = { msgId: 'm1', from: 'bob', to: 'ann', text: 'x', storedAt: new Date(5).toISOString(), cursor: '5' };
  const line = () => byId('older').textContent;

  const open = async (conversation, toUnread = goal) => {
    const store = new MemoryStore();
    const records = new Records({ store, tabs: new Tabs('ann', channels()) });
    const rest = {
      get: async () => {
        reads += 1;
        await settled();
        return answer();
      },
    };
    pager = new Pager({ rest, store, records, me: 'ann', conversation });
    await past.open(pager, toUnread);
    await passed();
  };

  /** Lets whatever is going on end, unless it never does. */
  const passed = async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      await settled();
    }
  };

  beforeEach(() => {
    openPage();
    reads = 0;
    begun = 0;
    isNearTop = false;
    const shown = [];
    const messages = {
      show: (records) => shown.push(...records),
      toEnd: () => {},
      toUnread: (count) => shown.length >= count,
      goBack: () => false,
      get isNearTop() {
        return isNearTop;
      },
      get isEmpty() {
        return shown.length === 0;
      },
    };
    past = new Past({
      messages,
      onSettled: () => {
        begun += 1;
      },
    });
  });

  test('of a conversation without a message goes on after a reconnect', async () => {
    answer = () => ({ items: [], nextCursor: null });
    await open('user:bob');
    assert.equal(line(), 'No messages yet. Say hello!');
    await past.catchUp();
    assert.equal(line(), 'No messages yet. Say hello!');
    answer = () => ({ items: [one], nextCursor: null });
    await past.catchUp();
    assert.equal(line(), 'This is where the conversation begins.');
  });

  test('that could not be read comes once the server can be reached', async () => {
    answer = () => Promise.reject(new RestError());
    await open('user:bob');
    assert.match(line(), /Earlier messages are missing.*Try again/);
    answer = () => ({ items: [one], nextCursor: null });
    await past.catchUp();
    assert.equal(line(), 'This is where the conversation begins.');
  });

  test('that could not be read is read again on demand, down to what is unread', async () => {
    answer = () => Promise.reject(new RestError());
    await open('user:bob', { unread: 1, readTo: -Infinity });
    assert.equal(begun, 0);
    answer = () => ({ items: [one], nextCursor: null });
    byId('older').childNodes[1].fire('click');
    assert.match(line(), /Loading/);
    await passed();
    assert.equal(line(), 'This is where the conversation begins.');
    assert.equal(begun, 1);
  });

  test('says nothing of what is wrong inside this page', async (context) => {
    context.mock.method(console, 'error', () => {});
    answer = () => null;
    await open('user:bob');
    assert.match(line(), /Something went wrong on this page/);
    assert.doesNotMatch(line(), /null|undefined|propert/);
    assert.equal(console.error.mock.callCount(), 1);
  });

  test('of a room that one left is asked for once', async () => {
    isNearTop = true;
    answer = () => Promise.reject(new RestError({ code: 'not_found', status: 404 }));
    await open('room:team');
    past.more();
    await passed();
    assert.equal(reads, 1);
    assert.equal(line(), 'You are no longer in this room.');
    assert.equal(begun, 1);
  });

  test('tells a search whether it can go on', async () => {
    answer = () => ({ items: [one], nextCursor: '4' });
    await open('room:team');
    assert.equal(await past.dig(), 'older');
    answer = () => Promise.reject(new RestError());
    assert.equal(await past.dig(), 'failed');
    assert.equal(await past.dig(), 'failed');
    answer = () => ({ items: [], nextCursor: null });
    await past.retry();
    assert.equal(await past.dig(), 'beginning');
  });
});
