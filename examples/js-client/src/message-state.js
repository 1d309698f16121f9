/**
 * The states of a message of ours: `pending`, `sent` (the server has it), `delivered`, `displayed`, and `failed`.
 *
 * States only grow. `failed` is a dead end only as long as nothing proves that the server has the message after all.
 */
const RANK = { failed: 0, pending: 0, sent: 1, delivered: 2, displayed: 3 };

/** The state that a receipt of the given kind proves. */
export const PROVED_BY = { delivery: 'delivered', display: 'displayed' };

/** The higher of the two states. */
export function raised(current, next) {
  return RANK[next] > RANK[current] ? next : current;
}

/** Whether `current` already says at least as much as `next`. */
export function reaches(current, next) {
  return RANK[current] >= RANK[next];
}
