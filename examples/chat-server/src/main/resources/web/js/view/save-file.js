import { element } from './dom.js';
import { nameOfFile } from './file-words.js';

/** How long the browser may take to begin with saving, in milliseconds. */
const BEGINS_WITHIN = 60_000;

/** Lets the browser save a file. It is of no type there, so that nobody runs it in this page. */
export function saveFile(blob, attachment) {
  const url = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }));
  const link = element('a', '', { href: url, download: nameOfFile(attachment), hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), BEGINS_WITHIN);
}
