// Uses everything that index.d.ts declares, so that the compiler finds what does not fit together.
import {
  byPlace, byPosition, ChatClient, conversationIn, conversationWith, MemoryStore, MOST_COUNTED, newDeviceId, newMessageId,
  partner, positionOf, RestError, Store, Tabs, textBytes,
} from '@webchat/client';
import type { Attachment, Conversation, Message } from '@webchat/client';

const chat = new ChatClient({
  url: 'https://chat.example.org/',
  io: () => null,
  user: 'ann',
  device: newDeviceId(),
  token: () => 'token',
  renew: async (rest) => (await rest.post<{ token: string }>('/v1/token')).token,
  store: new MemoryStore(new MemoryStore().snapshot()),
  tabs: new Tabs('ann'),
});
const off: () => void = chat.on('incoming', (messages: Message[]) => messages.forEach(({ text }) => textBytes(text)));
chat.on('connection', (state) => state === 'online' && off());
chat.on('gap', () => chat.refresh());

export async function use(): Promise<void> {
  const lasting: boolean = (await Store.open('ann')).isLasting;
  await chat.start({ isNew: lasting });
  const bob: string = await chat.converse('bob');
  await chat.send(bob, 'hello', { replyTo: { from: 'bob', id: 'm1' }, mentions: ['bob'], data: { order: 17 } });
  const pager = chat.pager(conversationIn('team'));
  const { records } = await pager.kept({ unread: MOST_COUNTED });
  const sorted: Message[] = records.sort(byPlace);
  await chat.edit(sorted[0]!, 'hello @carol!', { mentions: ['carol'] });
  await chat.react(sorted[0]!, '👍', { isRemoved: true });
  const { maxBytes, maxFiles }: { maxBytes: number; maxFiles: number } = await chat.files.limits();
  const { signal } = new AbortController();
  const onProgress = ({ loaded, total }: { loaded: number; total: number }): number => loaded / total;
  const photo: Attachment = await chat.files.upload(new Blob(['x'.repeat(maxBytes)]), { name: 'x', signal, onProgress });
  await chat.send(bob, '', { attachments: [{ ...photo, width: 640, height: 480 }].slice(0, maxFiles) });
  const read: Blob = await chat.files.download(sorted[0]!, sorted[0]!.attachments![0]!, { signal, onProgress });
  await chat.edit(sorted[0]!, String(read.size), { attachments: [] });
  await chat.files.discard(photo);
  await chat.remove(sorted[0]!);
  await chat.saw(bob, positionOf(sorted[0]!));
  const known: Conversation | undefined = chat.conversations.get(conversationWith('bob'));
  const first: number = byPosition(known?.seen, sorted[0]);
  await chat.arrange(bob, { isPinned: true, isMuted: known?.isMuted !== true, isArchived: false });
  if (chat.isLeading && known?.isGone !== true && known?.mentions === 0) {
    await chat.forget(bob);
  }
  const { room } = partner(bob);
  await chat.rooms.create({ id: room ?? newMessageId(), name: String(first), members: ['bob'], open: false });
  const { picture, data } = await chat.rooms.find('den');
  await chat.rooms.setPicture('den', picture === '' ? String(data.picture ?? '') : '');
  await chat.rooms.want(Array.from(chat.conversations.values()).filter((each) => each.picture === undefined));
  await chat.rest.patch('/v1/rooms/den', { name: new Date(chat.presence.lastSeen('bob') ?? 0).toISOString() });
  try {
    await chat.people.exists('bob');
  } catch (error) {
    if (error instanceof RestError && error.isPassing) {
      chat.tryNow();
    }
  }
  // @ts-expect-error: there is no such event
  chat.on('nonsense', () => {});
  // @ts-expect-error: a message has a text
  await chat.send(bob);
  await chat.close();
}
