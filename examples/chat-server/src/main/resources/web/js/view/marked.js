import { element } from './dom.js';
import { ranges } from './ranges.js';

/** A text as nodes in which what is looked for stands in `mark` elements: {nodes, count}. */
export function marked(text, wanted) {
  const nodes = [];
  let end = 0;
  const found = ranges(text, wanted);
  for (const [from, to] of found) {
    nodes.push(text.slice(end, from), element('mark', '', {}, text.slice(from, to)));
    end = to;
  }
  nodes.push(text.slice(end));
  return { nodes, count: found.length };
}
