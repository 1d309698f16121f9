import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { settled } from '../../../../js-client/test/support.js';
import { DateDialog, dayText, startOf } from '../../main/resources/web/js/view/date-dialog.js';
import { Timeline } from '../../main/resources/web/js/view/timeline.js';
import { byId, openPage } from './dom.js';

const DAY = 86_400_000;
const noon = (day) => startOf('2026-03-10') + day * DAY + DAY / 2;
const record = (day) => ({ from: 'bob', id: `m${day}`, at: noon(day), place: noon(day), n: day, state: 'received' });

describe('a day', () => {
  test('begins at midnight of the person, and is written as a date field does', () => {
    assert.equal(startOf(''), null);
    assert.equal(new Date(startOf('2026-03-10')).getHours(), 0);
    assert.equal(dayText(startOf('2026-03-10')), '2026-03-10');
    assert.equal(dayText(startOf('2026-03-11') - 1), '2026-03-10');
  });
});

/** Older pages are read until the day is reached. */
describe('going to a day', () => {
  let timeline;
  let digs;
  let read;
  let retries;
  let visited;
  let dialog;

  beforeEach(() => {
    openPage();
    timeline = new Timeline();
    [digs, retries, visited] = [0, 0, []];
    [8, 9].forEach((day) => timeline.put(record(day)));
    read = async () => {
      digs += 1;
      timeline.put(record(8 - 2 * digs));
      return digs === 4 ? 'beginning' : 'older';
    };
    const past = { settled: async () => {}, retry: async () => (retries += 1), dig: () => read() };
    dialog = new DateDialog({ messages: { timeline, visit: ({ id }) => visited.push(id) }, past });
    dialog.open();
  });

  const go = async (day) => {
    byId('date').value = day;
    byId('go-to-date').querySelector('form').fire('submit');
    await settled();
  };
  const problem = () => byId('go-to-date').querySelector('form').querySelector('.problem').textContent;

  test('reads no further than it must, and goes to the first message of the day', async () => {
    await go('2026-03-16');
    assert.deepEqual([visited, digs], [['m6'], 2]);
    assert.equal(byId('go-to-date').open, false);
  });

  test('goes to the next message where the day has none, and to the first one of all', async () => {
    await go('2026-03-15');
    dialog.open();
    await go('2020-01-01');
    assert.deepEqual(visited, ['m6', 'm0']);
  });

  test('says that there is nothing on a later day, and that no day was chosen', async () => {
    await go('2026-04-01');
    assert.match(problem(), /no messages on that day/);
    await go('');
    assert.equal(problem(), 'Choose a day.');
    assert.deepEqual([visited, digs], [[], 0]);
  });

  test('stops when the dialog is closed', async () => {
    const dig = read;
    read = async () => {
      const found = await dig();
      byId('go-to-date').close();
      return found;
    };
    await go('2020-01-01');
    assert.deepEqual([visited, digs], [[], 1]);
  });

  test('ends for good when the dialog is closed, though it is opened again', async () => {
    let give;
    const dig = read;
    read = async () => {
      await new Promise((resolve) => (give = resolve));
      return dig();
    };
    await go('2020-01-01');
    byId('go-to-date').close();
    dialog.open();
    give();
    await settled();
    assert.deepEqual([visited, digs, byId('go-to-date').open], [[], 1, true]);
    read = dig;
    await go('2026-03-16');
    assert.deepEqual(visited, ['m6']);
  });

  test('begins with what could not be read before', async () => {
    read = async () => (retries > 1 ? 'beginning' : 'failed');
    await go('2020-01-01');
    await go('2020-01-01');
    assert.deepEqual(visited, ['m8']);
  });

  test('says where earlier messages could not be read', async () => {
    read = async () => 'failed';
    await go('2020-01-01');
    assert.match(problem(), /could not be read/);
  });
});
