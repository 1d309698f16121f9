import { say } from '../app/language.js';
import { icon } from './dom.js';

const TICKS = {
  pending: ['clock', 'waitingToBeSent'],
  sent: ['check', 'sent'],
  delivered: ['checks', 'delivered'],
  displayed: ['seen', 'seen'],
  failed: ['alert', 'notSentState'],
};

/** How far one of our messages has come, in words; null for messages of others. */
export function labelOf(state) {
  return TICKS[state] ? say(TICKS[state][1]) : null;
}

/** The little mark that tells how far one of our messages has come; null for messages of others. */
export function tick(state) {
  if (!TICKS[state]) {
    return null;
  }
  const [name, label] = TICKS[state];
  const mark = icon(name, say(label));
  mark.classList.add('tick', `tick-${state}`);
  return mark;
}
