import { icon } from './dom.js';

const TICKS = {
  pending: ['clock', 'Waiting to be sent'],
  sent: ['check', 'Sent'],
  delivered: ['checks', 'Delivered'],
  displayed: ['seen', 'Seen'],
  failed: ['alert', 'Not sent'],
};

/** How far one of our messages has come, in words; null for messages of others. */
export function labelOf(state) {
  return TICKS[state]?.[1] ?? null;
}

/** The little mark that tells how far one of our messages has come; null for messages of others. */
export function tick(state) {
  if (!TICKS[state]) {
    return null;
  }
  const [name, label] = TICKS[state];
  const mark = icon(name, label);
  mark.classList.add('tick', `tick-${state}`);
  return mark;
}
