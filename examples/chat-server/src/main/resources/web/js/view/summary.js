import { say } from '../app/language.js';
import { nameOfFile } from './file-words.js';

/** A message of somebody in words: its text, else the names of its files, else what it is. */
export function wordsOf({ text, type = 'data', attachments = [] }) {
  return text || attachments.map(nameOfFile).join(', ') || say('messageOfTheKindType', { type });
}
