/**
 * A text in parts: plain text, `code` between backticks, addresses of the web and of mail, and mentions. Each is {kind,
 * text} with kind `text`, `code`, `link` or `mention`. A link has an `href` too, which begins with https:, http: or
 * mailto:, and nothing else; a mention has the `user`.
 */

const CODE = /`([^`\n]+)`/;
const WEB = /\bhttps?:\/\/[^\s<>"'`]+/;
const MAIL = /(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z\d-]{1,63}\.)+[a-z]{2,24}\b/;
const PART = partPattern([CODE, WEB, MAIL]);
const TRAILING = new Set('.,;:!?…\'"»”’');
const CLOSING = { '(': ')', '[': ']', '{': '}' };
/** A longer address is shown as text: nobody reads it, and no server takes it. */
const LONGEST_LINK = 2_048;

/**
 * The parts of a text, in their order; together they are the whole text but for the backticks.
 *
 * @param users whom `@` and their id may mention
 */
export function partsOf(text, users = []) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(users.length === 0 ? PART : partPattern([CODE, mentionOf(users), WEB, MAIL]))) {
    const part = partOf(match, users);
    if (part !== null) {
      parts.push({ kind: 'text', text: text.slice(end, match.index) }, part.shown);
      end = match.index + part.length;
    }
  }
  parts.push({ kind: 'text', text: text.slice(end) });
  return parts.filter((part) => part.text !== '');
}

function partPattern(kinds) {
  return new RegExp(kinds.map(({ source }) => source).join('|'), 'giu');
}

/** `@` and one of these ids, the longest that fits, not within a word and not as the beginning of another id. */
function mentionOf(users) {
  const longestFirst = [...users].sort((one, other) => other.length - one.length);
  const ids = longestFirst.map((id) => id.replace(/[.+|]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\w.+-])@(?:${ids})(?![._@+:|=-]*[a-z\\d])`);
}

function partOf([found, code], users) {
  if (code !== undefined) {
    return { shown: { kind: 'code', text: code }, length: found.length };
  }
  if (found.startsWith('@')) {
    const user = found.slice(1);
    return users.includes(user) ? { shown: { kind: 'mention', text: found, user }, length: found.length } : null;
  }
  const text = withoutEnd(found);
  if (text.length > LONGEST_LINK) {
    return null;
  }
  const href = /^https?:/i.test(text) ? addressOf(text) : `mailto:${text}`;
  return href === null ? null : { shown: { kind: 'link', text, href }, length: text.length };
}

/** An address without the punctuation of the sentence that it stands in, and without brackets that it does not open. */
function withoutEnd(found) {
  const unopened = unopenedBrackets(found);
  let end = found.length;
  while (end > 0) {
    const last = found[end - 1];
    if (unopened[last] > 0) {
      unopened[last] -= 1;
    } else if (!TRAILING.has(last)) {
      break;
    }
    end -= 1;
  }
  return found.slice(0, end);
}

/** For each kind of closing bracket, how many more of them there are than opening ones. */
function unopenedBrackets(text) {
  const counts = { ')': 0, ']': 0, '}': 0 };
  for (const letter of text) {
    if (letter in counts) {
      counts[letter] += 1;
    } else if (letter in CLOSING) {
      counts[CLOSING[letter]] -= 1;
    }
  }
  return counts;
}

function addressOf(text) {
  try {
    const url = new URL(text);
    return ['http:', 'https:'].includes(url.protocol) ? url.href : null;
  } catch {
    // Not an address after all, such as "https://".
    return null;
  }
}
