import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { MemoryStore, Tabs } from '@webchat/client';
import { receive, seen } from '../../../../js-client/src/history.js';
import { mergeEntries } from '../../../../js-client/src/merge.js';
import { Pager } from '../../../../js-client/src/pager.js';
import { Records } from '../../../../js-client/src/records.js';
import { channels, settled } from '../../../../js-client/test/support.js';
import { MessageList } from '../../main/resources/web/js/view/messages.js';
import { Past } from '../../main/resources/web/js/view/past.js';
import { SeenWatch } from '../../main/resources/web/js/view/seen.js';
import { SPAN } from '../../main/resources/web/js/view/span.js';
import { byId, frame, geometry, openPage } from './dom.js';

const BOB = 'user:bob';
const people = { nameOf: (user) => user, profileOf: () => ({}), want: () => {} };
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const rows = () => byId('messages').children;
const lineOf = (row) => Number(/line (\d+)\./.exec(row.textContent)[1]);

/** The numbers of the first and the last message in view. */
function inView() {
  const shown = rows().filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > 0 && top < geometry.pane;
  });
  return [lineOf(shown[0]), lineOf(shown.at(-1))];
}

/** The number of the message below the line that says that what follows is new. */
function divider() {
  const row = rows().find(({ textContent }) => textContent.includes('New messages'));
  return row ? lineOf(row) : null;
}

/** A list with a watch over what is seen, and a messenger that notes it. */
function views(messenger) {
  let watch = null;
  const list = new MessageList({
    onNearTop: () => {},
    onChange: () => watch?.check(),
    onScroll: () => watch?.check(),
  });
  watch = new SeenWatch({ messages: list });
  list.attach(messenger);
  watch.attach(messenger);
  return { list, watch };
}

describe('the open conversation', () => {
  let on;
  let messenger;
  let list;
  let watch;

  beforeEach(() => {
    openPage();
    on = {};
    messenger = {
      me: 'ann',
      watched: null,
      seen: [],
      conversations: new Map([[BOB, { id: BOB, peer: 'bob', unread: 0 }]]),
      people,
      on: (type, heard) => {
        on[type] = heard;
      },
      watch: (id) => {
        messenger.watched = id;
      },
      saw: async (id, position) => messenger.seen.push(position.place),
    };
    ({ list, watch } = views(messenger));
  });

  const record = (at) => ({
    from: 'bob', to: 'ann', id: `m${at}`, conversation: BOB, text: `line ${at}.`, at, place: at, n: at,
    state: 'received',
  });

  const show = (from, to) => {
    list.open({ id: BOB });
    list.show(range(from, to).map(record), -Infinity);
    list.toEnd();
    watch.watch(BOB);
    frame(3);
  };

  const arrive = (from, to) => {
    messenger.conversations.get(BOB).unread += to - from + 1;
    on.messages(range(from, to).map(record).reverse());
  };

  const look = (isFocused) => {
    document.isFocused = isFocused;
    watch.check();
    frame(3);
  };

  test('goes along with what comes as long as all of it is in view', () => {
    show(1, 200);
    for (const at of range(201, 300)) {
      arrive(at, at);
      frame();
    }
    assert.deepEqual([inView()[1], divider(), messenger.seen.at(-1)], [300, null, 300]);
  });

  test('stops at the first of more messages than fit, and none counts as seen that was not in view', () => {
    show(1, 200);
    arrive(201, 320);
    frame(3);
    const [first, last] = inView();
    assert.deepEqual([divider(), first <= 201, last < 220], [201, true, true]);
    assert.equal(messenger.seen.at(-1) <= last, true);
  });

  test('stops there too when many small batches come between two frames', () => {
    show(1, 200);
    for (const at of range(201, 320)) {
      arrive(at, at);
    }
    frame(3);
    assert.equal(inView()[0] <= 201, true);
    assert.equal(messenger.seen.at(-1) < 220, true);
  });

  test('is at the line above what is new, also when it has left the page meanwhile', () => {
    show(1, 200);
    look(false);
    messenger.seen = [];
    arrive(201, 201);
    arrive(202, 400);
    assert.deepEqual([divider(), inView()[0] <= 201], [201, true]);
    look(true);
    assert.equal(messenger.seen.at(-1) < 220, true);
  });

  test('follows again once what was new has been read', () => {
    show(1, 200);
    arrive(201, 320);
    frame(3);
    list.toEnd();
    frame(3);
    arrive(321, 321);
    frame(3);
    assert.deepEqual([inView()[1], messenger.seen.at(-1)], [321, 321]);
  });

  test('takes in older messages above, in a pane of any height and rows of any height', () => {
    for (const row of [26, 39]) {
      for (const pane of [600, 4_200]) {
        Object.assign(geometry, { row, pane });
        show(1, 1_000);
        for (let wheel = 0; wheel < 60; wheel += 1) {
          byId('scroller').scrollTop -= 300;
          byId('scroller').fire('scroll');
          frame();
        }
        frame(20);
        const from = lineOf(rows()[0]);
        frame();
        assert.equal(lineOf(rows()[0]), from, `stands still: ${row} in ${pane}`);
        assert.ok(rows().length <= Math.max(SPAN.most, (pane + 1_400) / row + SPAN.step + 2), `${rows().length} rows: ${row} in ${pane}`);
        assert.ok(inView()[0] < 800, `read up to ${inView()[0]}: ${row} in ${pane}`);
      }
    }
  });

  test('keeps the focus when the message that has it leaves the page', () => {
    show(1, 1_000);
    rows().at(-1).focus();
    for (let page = 0; page < 30; page += 1) {
      byId('scroller').scrollTop -= 500;
      byId('scroller').fire('scroll');
      frame();
    }
    assert.equal(document.activeElement, byId('scroller'));
  });

  test('says which of all messages stand in the page', () => {
    show(1, 500);
    assert.equal(rows()[0].getAttribute('aria-posinset'), String(501 - SPAN.first));
    assert.equal(rows().at(-1).getAttribute('aria-posinset'), '500');
    assert.equal(rows()[0].getAttribute('aria-setsize'), '500');
  });
});

/** Where the reader begins, with the store and the server of a test. */
describe('a conversation with unread messages opens', () => {
  beforeEach(openPage);

  const log = (size) => async (path, { limit, before }) => {
    const newest = before ? Number(before) - 1 : size;
    const items = range(Math.max(1, newest - limit + 1), newest).reverse().map((at) => ({
      msgId: `m${at}`, from: 'bob', to: 'ann', text: `line ${at}.`, storedAt: new Date(at * 1000).toISOString(),
      status: 'sent', cursor: String(at),
    }));
    return { items, nextCursor: newest > limit ? items.at(-1).cursor : null };
  };

  /** Opens one of `size` messages, the first of which the store has up to `kept`, as the server's list tells it. */
  async function open({ size, kept = 0, unread, readTo }) {
    const store = new MemoryStore();
    const records = new Records({ store, tabs: new Tabs('ann', channels()) });
    for (const at of range(1, kept)) {
      const event = { From: 'bob', To: 'ann', MsgID: `m${at}`, Text: `line ${at}.`, StoredAt: at * 1000 };
      await records.write((tx) => receive(tx, event, { me: 'ann', n: at, at }));
    }
    const time = (at) => new Date(at * 1000).toISOString();
    const last = { msgId: `m${size}`, from: 'bob', to: 'ann', text: 'x', storedAt: time(size) };
    const entry = { peer: 'bob', unread, lastMessage: last, received: { displayed: time(readTo) } };
    await records.write((tx) => mergeEntries(tx, [entry], { me: 'ann', at: 1 }));
    const messenger = {
      me: 'ann',
      watched: null,
      people,
      conversations: records.conversations,
      on: (type, heard) => records.on(type, heard),
      watch: (id) => {
        messenger.watched = id;
      },
      saw: (id, position) => records.write((tx) => seen(tx, id, position)),
    };
    const { list, watch } = views(messenger);
    const past = new Past({ messages: list, onSettled: () => watch.watch(BOB) });
    list.open(records.conversations.get(BOB));
    const pager = new Pager({ rest: { get: log(size) }, store, records, me: 'ann', conversation: BOB });
    await past.open(pager, { unread, readTo: readTo * 1000 });
    for (let turn = 0; turn < 100; turn += 1) {
      await settled();
      frame();
    }
    return { divider: divider(), first: inView()[0], seen: records.conversations.get(BOB).seen?.place ?? 0 };
  }

  for (const [kind, { first, ...conversation }] of Object.entries({
    'in a browser that has none of them': { size: 500, unread: 60, readTo: 440, first: 441 },
    'more than the server counts, in a browser that has none': { size: 500, unread: 100, readTo: 380, first: 381 },
    'behind a gap': { size: 130, kept: 100, unread: 30, readTo: 100, first: 101 },
    'more than the server counts, behind a gap': { size: 250, kept: 100, unread: 100, readTo: 100, first: 101 },
  })) {
    test(`at the first of them: ${kind}`, async () => {
      const opened = await open(conversation);
      assert.equal(opened.divider, first);
      assert.ok(opened.first <= first && opened.first > first - 5, `${opened.first} is the first in view`);
      assert.ok(opened.seen < (first + 20) * 1000, `seen up to ${opened.seen}`);
    });
  }
});
