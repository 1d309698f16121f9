/** What to tell someone whose number was not understood. */
export const NUMBER_HELP = 'Enter a number of 2 to 20 digits.';

/** A number as the server knows it, without the spaces and signs that people write in between; null if it is none. */
export function normalNumber(text) {
  const digits = text.replace(/[\s().+-]/g, '');
  return /^\d{2,20}$/.test(digits) ? digits : null;
}
