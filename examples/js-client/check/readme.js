/** Runs the code of the README, as it stands there, against the server that the environment names. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';

const SERVER = process.env.WEBCHAT_URL;
const PATIENCE = 60_000;

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const code = Array.from(readme.matchAll(/^```js\n(.*?)^```$/gms), ([, block]) => block).join('\n');
const script = new URL('../readme-code.js', import.meta.url);
await writeFile(script, code.replaceAll('http://localhost:9092/', SERVER));

const lines = [];
const log = console.log;
console.log = (...words) => {
  lines.push(words.join(' '));
  log(...words);
};

function printed(line) {
  const end = Date.now() + PATIENCE;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (lines.includes(line)) {
        resolve();
      } else if (Date.now() > end) {
        reject(new assert.AssertionError({ message: `“${line}” was not printed, but:\n${lines.join('\n')}` }));
      } else {
        setTimeout(look, 20);
      }
    };
    look();
  });
}

const { end } = await import(script);
const expected = ['ann is online', 'hello bob is displayed', 'bob reads hello bob', 'hello, Bob! is displayed'];
for (const line of [...expected, '17 of 17 bytes are there', 'note.txt says Meet me at three.']) {
  await printed(line);
}
await end();
