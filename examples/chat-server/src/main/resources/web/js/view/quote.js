import { element } from './dom.js';

const LONGEST = 200;

/** The message that another one answers: its author, and the beginning of its text. */
export function quote({ from, text }, { me, people }) {
  const author = from === me ? 'You' : people.nameOf(from);
  return [
    element('span', 'quote-author', { dir: 'auto' }, author),
    element('span', 'quote-text', { dir: 'auto' }, text ? text.slice(0, LONGEST) : 'A message that is not here any more'),
  ];
}
