/** Times and days as the person's own locale writes them. */

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** The day and the time in full. */
export function fullTime(ms) {
  return full.format(ms);
}

/** The time of day. */
export function timeOfDay(ms) {
  return clock.format(ms);
}

/** Today, yesterday, a day of the last week, or a date. */
export function dayName(ms, now = Date.now()) {
  const days = Math.round((midnight(now) - midnight(ms)) / 86_400_000);
  if (days <= 0) {
    return 'Today';
  }
  if (days === 1) {
    return 'Yesterday';
  }
  return days < 7 ? weekday.format(ms) : date.format(ms);
}

/** What the list of conversations shows: the time if it was today, else the day. */
export function shortTime(ms, now = Date.now()) {
  return isSameDay(ms, now) ? timeOfDay(ms) : dayName(ms, now);
}

export function isSameDay(one, other) {
  return midnight(one) === midnight(other);
}

function midnight(ms) {
  return new Date(ms).setHours(0, 0, 0, 0);
}
