import { element } from './dom.js';
import { partsOf } from './parts.js';
import { ranges } from './ranges.js';

/** A message's text as nodes: links and code are recognised, and what is looked for stands in `mark` elements. */
export function richText(text, wanted = '') {
  return partsOf(text).flatMap((part) => {
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
