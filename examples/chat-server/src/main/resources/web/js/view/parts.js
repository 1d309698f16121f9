/**
 * A text in parts: plain text, `code` between backticks, addresses of the web and of mail. Each is {kind, text} with
 * kind `text`, `code` or `link`; a link has an `href` too, which begins with https:, http: or mailto:, and nothing else.
 */

const PART = /`([^`\n]+)`|\bhttps?:\/\/[^\s<>"'`]+|(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z\d-]{1,63}\.)+[a-z]{2,24}\b/giu;
const TRAILING = /[.,;:!?…'"»”’]+$/u;
const BRACKETS = { ')': '(', ']': '[', '}': '{' };

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
  const href = /^https?:/i.test(text) ? addressOf(text) : `mailto:${text}`;
  return href === null ? null : { shown: { kind: 'link', text, href }, length: text.length };
}

/** An address without the punctuation of the sentence that it stands in. */
function withoutEnd(found) {
  let text = found.replace(TRAILING, '');
  for (let last = text.at(-1); BRACKETS[last] && isUnopened(text, last); last = text.at(-1)) {
    text = text.slice(0, -1).replace(TRAILING, '');
  }
  return text;
}

function isUnopened(text, bracket) {
  return text.split(bracket).length > text.split(BRACKETS[bracket]).length;
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
