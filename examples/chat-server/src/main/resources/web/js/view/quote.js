import { say } from '../app/language.js';
import { element } from './dom.js';
import { plainText } from './summary.js';

const LONGEST = 200;

/**
 * A message that another one is about: its author, and the beginning of its text.
 *
 * @param title what stands in place of the author, or null
 */
export function quote({ from, text }, { me, people, title = null }) {
  const author = from === me ? say('you') : people.nameOf(from);
  const shown = text ? plainText(text.slice(0, LONGEST)) : say('aMessageThatIsNotHere');
  return [
    element('span', 'quote-author', { dir: 'auto' }, title ?? author),
    element('span', 'quote-text', { dir: 'auto' }, shown),
  ];
}
