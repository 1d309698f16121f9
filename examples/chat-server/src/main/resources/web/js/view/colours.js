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

const IMAGE = /^data:image\/(png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=]+$/;

/**
 * The address of a picture if it holds the picture itself; else null. Nothing is loaded from elsewhere: whoever keeps a
 * picture would learn who looks at it, and when.
 */
export function pictureUrl(text) {
  const trimmed = text.trim();
  return IMAGE.test(trimmed) ? trimmed : null;
}
