import { element } from './dom.js';
import { percentText } from './file-words.js';

/** How far a transfer is, as a bar. */
export class ProgressBar {
  #fill = element('span', 'progress-fill');

  constructor(label) {
    const range = { 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': '0' };
    this.node = element('span', 'progress', { role: 'progressbar', 'aria-label': label, ...range }, this.#fill);
  }

  /** Shows how far it is; returns that in words. */
  show(loaded, total) {
    const share = total === 0 ? 0 : Math.min(1, loaded / total);
    const words = percentText(Math.floor(share * 100) / 100);
    this.#fill.style.inlineSize = `${share * 100}%`;
    this.node.setAttribute('aria-valuenow', String(Math.floor(share * 100)));
    this.node.setAttribute('aria-valuetext', words);
    return words;
  }
}
