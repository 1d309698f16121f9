import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { ChatClient, MemoryStore, Tabs } from '@webchat/client';
import { channels, Locks, settled } from '../../../../js-client/test/support.js';
import { deviceId, sharing } from '../../main/resources/web/js/app/account.js';
import { ofTab } from '../../main/resources/web/js/app/texts.js';
import { openPage } from './dom.js';

/** A browser that lets its pages talk to each other, but refuses them a store on disk. */
describe('pages with stores of their own', () => {
  const storage = () => {
    const kept = new Map();
    return {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, text) => kept.set(name, text),
      removeItem: (name) => kept.delete(name),
    };
  };
  const newTab = () => {
    globalThis.sessionStorage = storage();
    ofTab.remove('webchat.device');
  };
  const clients = [];

  beforeEach(() => {
    openPage();
    globalThis.localStorage = storage();
    newTab();
  });

  afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));

  test('are devices of their own, which stay so when they are loaded anew; with one store they are one', () => {
    const open = channels();
    const lasting = sharing({ isLasting: true }, new Tabs('ann', open));
    assert.deepEqual([lasting.device, lasting.tabs !== null], [deviceId(), true]);
    const first = sharing(new MemoryStore(), new Tabs('ann', open));
    assert.deepEqual(sharing(new MemoryStore(), new Tabs('ann', open)), first);
    newTab();
    const second = sharing(new MemoryStore(), new Tabs('ann', open));
    assert.equal(new Set([deviceId(), first.device, second.device]).size, 3);
    assert.deepEqual([first.tabs, second.tabs], [null, null]);
  });

  test('each send what is written in them', async () => {
    const [open, locks] = [channels(), new Locks()];
    const sent = [];
    const io = () => {
      const heard = {};
      const socket = {
        connected: false,
        on: (type, handler) => {
          heard[type] = handler;
        },
        connect: () => {
          socket.connected = true;
          queueMicrotask(() => heard.connect());
        },
        disconnect: () => {
          socket.connected = false;
        },
        timeout: () => ({
          emit: (name, event, reply) => {
            sent.push(event.Text);
            queueMicrotask(() => reply(null, { ok: true, MsgID: event.MsgID, StoredAt: 1_000 }));
          },
        }),
        volatile: { emit: () => {} },
      };
      return socket;
    };
    const fetch = async () => ({
      ok: true, status: 200, headers: new Headers(), json: async () => ({ items: [], nextCursor: null }),
    });
    const page = async () => {
      newTab();
      const store = new MemoryStore();
      const client = new ChatClient({
        url: 'https://chat.example.org', io, fetch, user: 'ann', token: () => 't', store, locks,
        ...sharing(store, new Tabs('ann', open)),
      });
      clients.push(client);
      await client.start();
      await settled();
      return client;
    };
    const first = await page();
    const second = await page();
    for (const client of [second, first]) {
      const id = await client.converse('bob');
      await client.send(id, 'hello');
      for (let turn = 0; turn < 10; turn += 1) {
        await settled();
      }
      assert.deepEqual([client.conversations.get(id).last.state, await client.unsent()], ['sent', 0]);
    }
    assert.deepEqual(sent, ['hello', 'hello']);
  });
});
