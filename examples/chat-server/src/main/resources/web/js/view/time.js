/** Times and days as the person's own locale writes them. */

import { locale, say } from '../app/language.js';

const clock = format({ hour: 'numeric', minute: '2-digit' });
const weekday = format({ weekday: 'long' });
const date = format({ day: 'numeric', month: 'short', year: 'numeric' });
const full = format({ dateStyle: 'full', timeStyle: 'medium' });

/** The day and the time in full. */
export function fullTime(ms) {
  return full(ms);
}

/** The time of day. */
export function timeOfDay(ms) {
  return clock(ms);
}

/** When somebody was there last, in words: a day and a time. A time after this moment is one of a fast clock. */
export function lastSeenText(ms, now = Date.now()) {
  const at = Math.min(ms, now);
  const days = daysBefore(at, now);
  const key = days === 0 ? 'lastSeenToday' : days === 1 ? 'lastSeenYesterday' : 'lastSeenOn';
  return say(key, { day: dayName(at, now), time: timeOfDay(at) });
}

/** Today, yesterday, a day of the last week, or a date. */
export function dayName(ms, now = Date.now()) {
  const days = daysBefore(ms, now);
  if (days <= 0) {
    return say('today');
  }
  if (days === 1) {
    return say('yesterday');
  }
  return days < 7 ? weekday(ms) : date(ms);
}

/** What the list of conversations shows: the time if it was today, else the day. */
export function shortTime(ms, now = Date.now()) {
  return isSameDay(ms, now) ? timeOfDay(ms) : dayName(ms, now);
}

export function isSameDay(one, other) {
  return midnight(one) === midnight(other);
}

/** Made when it is first used: the language is known by then. */
function format(options) {
  let made = null;
  return (ms) => {
    made ??= new Intl.DateTimeFormat(locale(), options);
    return made.format(ms);
  };
}

function daysBefore(ms, now) {
  return Math.round((midnight(now) - midnight(ms)) / 86_400_000);
}

function midnight(ms) {
  return new Date(ms).setHours(0, 0, 0, 0);
}
