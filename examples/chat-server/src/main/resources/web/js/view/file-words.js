/** What is said of a file: its name, its kind, its size. */

import { locale, say } from '../app/language.js';

/** The raster types that browsers show. Everything else is a card: HTML and SVG may have scripts. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);
/** Marks that turn the order of letters around, so that a name could pretend to end in another way. */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const EXTENSION = /\.([a-z\d]{1,5})$/i;
const UNITS = ['kilobyte', 'megabyte', 'gigabyte'];

/** Whether a file of this type is shown as a picture. */
export function isPicture(type) {
  return PICTURES.has(type);
}

/** The name of a file as the page shows it. */
export function nameOfFile({ name = '', type = '' }) {
  return name.replace(TURNING, '').trim() || (isPicture(type) ? say('aPicture') : say('aFile'));
}

/** The names of files in a row; empty where none has one. This is the text of a message without words of its author. */
export function namesOf(attachments) {
  return attachments.map(({ name = '' }) => name).filter(Boolean).join(', ');
}

/** What the author wrote: nothing where the text only names the files, for clients that know none. */
export function captionOf({ text, attachments = [] }) {
  return attachments.length > 0 && text === namesOf(attachments) ? '' : text;
}

/** The kind of a file in a few letters. */
export function kindOf({ name = '', type = '' }) {
  const [, extension] = EXTENSION.exec(name) ?? [];
  return (extension ?? type.replace(/^.*\//, '')).toUpperCase();
}

/** A number of bytes, as people say it. */
export function sizeText(bytes) {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length);
  const [unit, unitDisplay] = power === 0 ? ['byte', 'long'] : [UNITS[power - 1], 'short'];
  const format = new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 });
  return format.format(bytes / 1_000 ** power);
}

/** A size and a limit that it exceeds, in bytes where they would look the same otherwise. */
export function sizeAndLimit(size, limit) {
  const texts = [size, limit].map(sizeText);
  const exact = new Intl.NumberFormat(locale(), { style: 'unit', unit: 'byte', unitDisplay: 'long' });
  return texts[0] === texts[1] ? [size, limit].map((bytes) => exact.format(bytes)) : texts;
}

/** How far a transfer is, as people say it. */
export function percentText(share) {
  return new Intl.NumberFormat(locale(), { style: 'percent' }).format(share);
}
