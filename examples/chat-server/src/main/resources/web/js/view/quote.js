import { say } from '../app/language.js';
import { element } from './dom.js';

const LONGEST = 200;

/** The message that another one answers: its author, and the beginning of its text. */
export function quote({ from, text }, { me, people }) {
  const author = from === me ? say('you') : people.nameOf(from);
  return [
    element('span', 'quote-author', { dir: 'auto' }, author),
    element('span', 'quote-text', { dir: 'auto' }, text ? text.slice(0, LONGEST) : say('aMessageThatIsNotHere')),
  ];
}
