import { say } from '../app/language.js';
import { avatar } from './avatar.js';
import { COLOURS, colourOf, pictureUrl } from './colours.js';
import { Dialog } from './dialog.js';
import { byId, element } from './dom.js';
import { failureText } from './failures.js';
import { Form, Refusal } from './form.js';
import { LanguageChoice } from './language-choice.js';
import { NoticeChoice } from './notice-choice.js';
import { PictureChoice } from './picture-choice.js';
import { LONGEST } from './portrait.js';
import { Theme } from './theme.js';

/** What the person tells about themselves: a name, a colour, a picture. Shows at once what it will look like. */
export class ProfileDialog {
  #dialog = new Dialog('profile');
  #name = byId('profile-name');
  #picture = '';
  #choice;
  #colours = byId('profile-colours');
  #preview = byId('profile-preview');
  #user = byId('profile-user');
  #theme = new Theme();
  #notices = new NoticeChoice();
  #language = new LanguageChoice();
  #form;
  #messenger = null;

  constructor() {
    const work = async () => {
      await this.#messenger.people.saveMine(this.#chosen());
      this.#dialog.close();
      this.#language.apply();
    };
    this.#form = new Form(this.#dialog.form, { work, explain: failureText });
    this.#colours.append(...COLOURS.map(swatch));
    this.#dialog.form.addEventListener('input', () => this.#show());
    this.#choice = new PictureChoice({
      place: byId('profile-picture'),
      hint: 'portrait-hint',
      longest: LONGEST.profile,
      onChoose: (picture) => this.#setPicture(picture),
      onProblem: (text) => this.#form.say(text),
    });
  }

  attach(messenger) {
    this.#messenger = messenger;
  }

  open() {
    const { me, people } = this.#messenger;
    const { name, colour, picture } = people.profileOf(me);
    this.#form.reset();
    this.#theme.show();
    this.#notices.show(this.#messenger);
    this.#language.show(this.#messenger);
    this.#name.value = name;
    this.#picture = pictureUrl(picture) ?? '';
    this.#colours.querySelector(`[value="${colourOf(me, colour)}"]`).checked = true;
    this.#user.textContent = me;
    this.#show();
    this.#dialog.open();
  }

  #setPicture(picture) {
    this.#picture = picture;
    this.#show();
  }

  #show() {
    const { me } = this.#messenger;
    const [title, colour, picture] = [this.#name.value.trim() || me, this.#colour(), this.#picture];
    this.#choice.show(picture);
    this.#preview.replaceChildren(avatar({ id: me, title, colour, picture }));
  }

  #colour() {
    return this.#colours.querySelector(':checked').value;
  }

  #chosen() {
    const name = this.#name.value.trim();
    if (name === '') {
      throw new Refusal(say('enterTheNameThatOthersSee'), this.#name);
    }
    return { name, colour: this.#colour(), picture: this.#picture };
  }
}

function swatch(colour) {
  const name = say(colour);
  const input = element('input', 'visually-hidden', { type: 'radio', name: 'colour', value: colour });
  const words = element('span', 'visually-hidden', {}, name);
  return element('label', `swatch colour-${colour}`, { title: name }, input, words);
}
