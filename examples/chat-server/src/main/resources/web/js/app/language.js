/** What the page says, in the language of the person: the one they chose in this browser, or the browser's. */

import { EN } from '../texts/messages.en.js';
import { ofBrowser } from './texts.js';

const NAME = 'webchat.language';
/** How to get the texts of each language that is not loaded at first. */
const OTHERS = { de: async () => (await import('../texts/messages.de.js')).DE };
const BROWSER = 'browser';

let language = 'en';
let texts = EN;
let plural = new Intl.PluralRules(language);

/** The text of a key, with values for what stands in braces. */
export function say(key, values = {}) {
  if (!(key in texts)) {
    throw new Error(`there is no text ${key}`);
  }
  return texts[key].replace(/\{(\w+)\}/g, (all, name) => String(values[name]));
}

/** The text of a key that has one for each kind of number. */
export function sayCount(key, count, values = {}) {
  return say(`${key}.${plural.select(count)}`, { count, ...values });
}

/** Whether the page speaks English, as the server does. */
export function isEnglish() {
  return language === 'en';
}

/** How dates are written: as the browser does for its own language; undefined means that. */
export function locale(own = globalThis.navigator?.language ?? language) {
  return own.startsWith(language) ? undefined : language;
}

/** What the person has chosen: a language, or `browser`. */
export function chosenLanguage(kept = ofBrowser) {
  const chosen = kept.get(NAME);
  return chosen === 'en' || chosen in OTHERS ? chosen : BROWSER;
}

/** Keeps what the person has chosen, for the next time that the page is loaded. */
export function chooseLanguage(chosen, kept = ofBrowser) {
  kept.set(NAME, chosen);
}

/** Loads the texts of the person's language. Where that fails, the page speaks English. */
export async function loadLanguage({ kept = ofBrowser, wanted = globalThis.navigator?.languages ?? [] } = {}) {
  const chosen = chosenLanguage(kept);
  const asked = chosen === BROWSER ? wanted.map((each) => each.slice(0, 2)) : [chosen];
  await speak(asked.find((each) => each === 'en' || each in OTHERS) ?? 'en');
}

async function speak(wanted) {
  try {
    texts = wanted in OTHERS ? await OTHERS[wanted]() : EN;
    language = wanted;
  } catch (error) {
    console.warn(`webchat: the texts of the language ${wanted} could not be loaded`, error);
    texts = EN;
    language = 'en';
  }
  plural = new Intl.PluralRules(language);
}

/** Writes the texts into a page: those of elements, and of their attributes. */
export function fill(page = document) {
  page.documentElement.lang = language;
  page.querySelectorAll('[data-text]').forEach((node) => node.append(say(node.dataset.text)));
  for (const [name, attribute] of [['label', 'aria-label'], ['title', 'title'], ['placeholder', 'placeholder']]) {
    page.querySelectorAll(`[data-${name}]`).forEach((node) => node.setAttribute(attribute, say(node.dataset[name])));
  }
}
