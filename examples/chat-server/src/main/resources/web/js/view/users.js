/** What to tell someone whose user id was not understood. */
export const USER_HELP = 'Enter a user id: letters, digits and . _ - @ +, beginning with a letter or digit.';

/** A user id without blanks around it; null if it is none. */
export function normalUser(text) {
  const user = text.trim();
  return /^[A-Za-z0-9][A-Za-z0-9._@+:|=-]{0,127}$/.test(user) ? user : null;
}
