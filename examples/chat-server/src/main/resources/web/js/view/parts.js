/**
 * A text in parts: plain text, `code` between backticks, addresses of the web and of mail. Each is {kind, text} with
 * kind `text`, `code` or `link`; a link has an `href` too, which begins with https:, http: or mailto:, and nothing else.
 */

const PART = /`([^`\n]+)`|\bhttps?:\/\/[^\s<>"'`]+|(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z\d-]{1,63}\.)+[a-z]{2,24}\b/giu;
const TRAILING = new Set('.,;:!?…\'"»”’');
const CLOSING = { '(': ')', '[': ']', '{': '}' };
/** A longer address is shown as text: nobody reads it, and no server takes it. */
const LONGEST_LINK = 2_048;

/** The parts of a text, in their order; together they are the whole text but for the backticks. */
export function partsOf(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(PART)) {
    const part = partOf(match);
    if (part !== null) {
      parts.push({ kind: 'text', text: text.slice(end, match.index) }, part.shown);
      end = match.index + part.length;
    }
  }
  parts.push({ kind: 'text', text: text.slice(end) });
  return parts.filter((part) => part.text !== '');
}

function partOf([found, code]) {
  if (code !== undefined) {
    return { shown: { kind: 'code', text: code }, length: found.length };
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
