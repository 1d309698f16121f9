/**
 * A process of its own that writes a few messages and then waits to be killed, or is started again on the same file and
 * sends what it had written. It prints `kept` once all are in its store, and `sent` once the server has answered all.
 */
import { FileStore } from './file-store.js';
import { Person, until } from './person.js';

const { url, file, user, device, token, to, texts } = JSON.parse(process.argv[2]);
const writer = new Person({ door: { url }, user, device, token, store: new FileStore(file) });
await writer.open();
await writer.writes({ user: to }, ...texts);
console.log('kept');
await until(async () => (await writer.client.unsent()) === 0, () => writer.states);
console.log('sent');
await writer.close();
