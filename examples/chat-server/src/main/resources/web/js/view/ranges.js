/**
 * Where a text has what is looked for, without regard to case: [from, to] pairs that do not overlap. Lower case may be
 * longer than what it comes from, so letters are compared one by one.
 */
export function ranges(text, wanted) {
  const sought = Array.from(wanted.trim().normalize('NFC').toLowerCase());
  if (sought.length === 0) {
    return [];
  }
  const letters = [];
  let at = 0;
  for (const char of text) {
    Array.from(char.toLowerCase()).forEach((lower) => letters.push({ lower, from: at, to: at + char.length }));
    at += char.length;
  }
  const found = [];
  for (let start = 0; start + sought.length <= letters.length; start += 1) {
    if (sought.every((lower, index) => letters[start + index].lower === lower)) {
      found.push([letters[start].from, letters[start + sought.length - 1].to]);
      start += sought.length - 1;
    }
  }
  return found;
}
