/**
 * Asks whoever runs this suite to do something about the servers. A command is a line on stdout that begins with `>> `;
 * the answer is a line on stdin, `ok` with what was asked for, or `failed` with the reason.
 *
 * - `ports`: the ports of the servers, two over the same stores
 * - `kill <server>`: ends a server with SIGKILL; answers when its process is gone
 * - `restart`: starts the servers that are not running; answers when they listen
 * - `token <user> <seconds>`: a token of this user that expires in so many seconds
 */
import { createInterface } from 'node:readline';

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
let last = Promise.resolve();

function ask(...words) {
  const answer = last.then(async () => {
    // The process may end as long as no answer is awaited.
    process.stdin.ref();
    process.stdout.write(`>> ${words.join(' ')}\n`);
    const { value = 'failed: nobody answers' } = await answers.next();
    process.stdin.unref();
    const [outcome, ...result] = value.split(' ');
    if (outcome !== 'ok') {
      throw new Error(`${words.join(' ')}: ${value}`);
    }
    return result;
  });
  last = answer.catch(() => {});
  return answer;
}

/** The ports of the two servers. */
export async function ports() {
  return (await ask('ports')).map(Number);
}

export function kill(server) {
  return ask('kill', server);
}

export function restart() {
  return ask('restart');
}

export async function shortToken(user, seconds) {
  return (await ask('token', user, seconds))[0];
}
