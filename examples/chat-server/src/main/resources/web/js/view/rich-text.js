import { element } from './dom.js';
import { partsOf } from './parts.js';
import { ranges } from './ranges.js';

/**
 * A message's text as nodes: links, code and mentions are recognised, and what is looked for stands in `mark` elements.
 *
 * @param mentions whom the message mentions
 * @param mention called with a user id, returns what stands for a mention of them: {name, isMe}
 */
export function richText(text, { wanted = '', mentions = [], mention } = {}) {
  return partsOf(text, mentions).flatMap((part) => {
    if (part.kind === 'mention') {
      const { name, isMe } = mention(part.user);
      return [element('span', isMe ? 'mention is-me' : 'mention', { title: part.user }, ...marked(`@${name}`, wanted))];
    }
    const nodes = marked(part.text, wanted);
    switch (part.kind) {
      case 'code':
        return [element('code', '', {}, ...nodes)];
      case 'link':
        return [element('a', '', { href: part.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...nodes)];
      default:
        return nodes;
    }
  });
}

function marked(text, wanted) {
  const nodes = [];
  let end = 0;
  for (const [from, to] of ranges(text, wanted)) {
    nodes.push(text.slice(end, from), element('mark', '', {}, text.slice(from, to)));
    end = to;
  }
  nodes.push(text.slice(end));
  return nodes;
}
