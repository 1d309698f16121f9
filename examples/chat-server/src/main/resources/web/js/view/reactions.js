import { say } from '../app/language.js';
import { element } from './dom.js';
import { enumeration } from './names.js';

/** The reactions that the menu offers. */
export const REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** The reactions to a message as buttons: each adds the person's own, or takes it back. */
export function reactionButtons(reactions, { me, people, onReact }) {
  return reactions.map(({ reaction, count, users }) => {
    const isMine = users.includes(me);
    const names = users.map((user) => (user === me ? say('you') : people.nameOf(user)));
    const label = `${reaction} ${count}: ${enumeration(names)}`;
    const button = element('button', 'reaction', { type: 'button', 'aria-pressed': String(isMine), title: label });
    button.append(reaction, element('span', '', { 'aria-hidden': 'true' }, String(count)));
    button.setAttribute('aria-label', label);
    button.addEventListener('click', () => onReact(reaction, isMine));
    return button;
  });
}
