import { say } from '../app/language.js';
import { nameOfFile } from './file-words.js';
import { partsOf } from './parts.js';

/** A text in one style, without the backticks around code. */
export function plainText(text) {
  return partsOf(text)
    .map((part) => part.text)
    .join('');
}

/** A message of somebody in words: its text, else the names of its files, else what it is. */
export function wordsOf({ text, type = 'data', attachments = [] }) {
  return (text && plainText(text)) || attachments.map(nameOfFile).join(', ') || say('messageOfTheKindType', { type });
}
