/**
 * Where a text has what is looked for, without regard to case: [from, to] pairs that do not overlap. A letter whose lower
 * case is longer, such as İ, moves all behind it, so a text that has one is compared letter by letter.
 */
export function ranges(text, wanted) {
  const sought = wanted.trim().normalize('NFC').toLowerCase();
  if (sought === '') {
    return [];
  }
  const lower = text.toLowerCase();
  return lower.length === text.length ? inSame(lower, sought) : inLonger(text, Array.from(sought));
}

function inSame(lower, sought) {
  const found = [];
  for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + sought.length)) {
    found.push([at, at + sought.length]);
  }
  return found;
}

function inLonger(text, sought) {
  const letters = lettersOf(text);
  const found = [];
  for (let start = 0; start + sought.length <= letters.length; start += 1) {
    if (sought.every((lower, index) => letters[start + index].lower === lower)) {
      found.push([letters[start].from, letters[start + sought.length - 1].to]);
      start += sought.length - 1;
    }
  }
  return found;
}

/** The letters of a text in lower case, and from where to where each stands in it. */
function lettersOf(text) {
  const letters = [];
  let at = 0;
  for (const char of text) {
    Array.from(char.toLowerCase()).forEach((lower) => letters.push({ lower, from: at, to: at + char.length }));
    at += char.length;
  }
  return letters;
}
