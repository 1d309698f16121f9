import { say } from '../app/language.js';
import { element } from './dom.js';
import { portraitOf } from './portrait.js';

/** The buttons by which somebody chooses a picture from a file, which is made small, or removes it. */
export class PictureChoice {
  #place;
  #longest;
  #onChoose;
  #onProblem;
  #file = element('input', '', { type: 'file', accept: 'image/*', hidden: true });
  #choose;
  #remove = button(say('removeThePicture'));

  /**
   * @param place where the buttons stand
   * @param hint the id of what explains the choice, or null
   * @param longest how many characters the picture may have
   * @param onChoose called with the picture, as a data address; an empty text removes it
   * @param onProblem called with a sentence, or an empty text when that is over
   */
  constructor({ place, hint = null, longest, onChoose, onProblem }) {
    this.#place = place;
    this.#longest = longest;
    this.#onChoose = onChoose;
    this.#onProblem = onProblem;
    this.#choose = button(say('chooseAPicture'), hint);
    this.#choose.addEventListener('click', () => this.#file.click());
    this.#file.addEventListener('change', () => this.#read(this.#file.files[0]));
    this.#remove.addEventListener('click', () => {
      this.#choose.focus();
      onChoose('');
    });
    place.append(this.#choose, this.#remove, this.#file);
  }

  /** Shows the buttons, that which removes only where there is a picture; or none of them. */
  show(picture, isAllowed = true) {
    this.#place.hidden = !isAllowed;
    this.#remove.hidden = picture === '';
  }

  async #read(file) {
    this.#file.value = '';
    try {
      const picture = await portraitOf(file, this.#longest);
      this.#onProblem('');
      this.#onChoose(picture);
    } catch (error) {
      console.info('webchat: a picture could not be read', error);
      this.#onProblem(say('thisPictureCannotBeRead'));
    }
  }
}

function button(text, hint = null) {
  return element('button', 'small', { type: 'button', 'aria-describedby': hint }, text);
}
