/** The colours that people choose from; each has a class in people.css. */
export const COLOURS = ['indigo', 'purple', 'pink', 'rust', 'ochre', 'green', 'teal', 'blue'];

/** The colour that somebody chose, or else one that stays with their id. */
export function colourOf(id, chosen = '') {
  if (COLOURS.includes(chosen)) {
    return chosen;
  }
  const sum = Array.from(id).reduce((total, char) => (total * 31 + char.codePointAt(0)) % 65_521, 7);
  return COLOURS[sum % COLOURS.length];
}

/** The longest picture address that a profile takes. */
export const MAX_PICTURE = 512;

const IMAGE = /^data:image\/(png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=]+$/;

/** The address of a picture if it is one to load: over https, or an image within the address itself; else null. */
export function pictureUrl(text) {
  const trimmed = text.trim();
  if (IMAGE.test(trimmed)) {
    return trimmed;
  }
  try {
    const url = new URL(trimmed);
    return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
  } catch {
    // Not an address at all.
    return null;
  }
}
