const ID = /^[A-Za-z0-9][A-Za-z0-9._@+:|=-]{0,127}$/;

/** The text for somebody whose user id was not understood. */
export const USER_ID_HELP = 'aUserIdBeginsWithA';

/** The fewest characters that the server takes as a password. */
export const SHORTEST_PASSWORD = 8;

/** Whether a text can be a user id. */
export function isUserId(text) {
  return ID.test(text);
}

/** The user ids in a text, which people separate by blanks, commas or semicolons; each once. */
export function userIds(text) {
  return Array.from(new Set(text.split(/[\s,;]+/).filter((id) => id !== '')));
}
