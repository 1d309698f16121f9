import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import {
  chooseLanguage, chosenLanguage, fill, loadLanguage, locale, say, sayCount,
} from '../../main/resources/web/js/app/language.js';
import { RestError } from '@webchat/client';
import { failureText, reasonText } from '../../main/resources/web/js/view/failures.js';
import { LanguageChoice } from '../../main/resources/web/js/view/language-choice.js';
import { typingText } from '../../main/resources/web/js/view/names.js';
import { EMOJI } from '../../main/resources/web/js/view/emoji-table.js';
import { DE } from '../../main/resources/web/js/texts/messages.de.js';
import { EN } from '../../main/resources/web/js/texts/messages.en.js';
import { byId, openPage } from './dom.js';

const WEB = new URL('../../main/resources/web/', import.meta.url);
const HTML = readFileSync(new URL('index.html', WEB), 'utf8');
const SOURCES = ['app', 'view'].flatMap((folder) => {
  const files = readdirSync(new URL(`js/${folder}/`, WEB)).filter((file) => file !== 'emoji-table.js');
  return files.map((file) => [`${folder}/${file}`, readFileSync(new URL(`js/${folder}/${file}`, WEB), 'utf8')]);
});
SOURCES.push(['main.js', readFileSync(new URL('js/main.js', WEB), 'utf8')]);

const slots = (text) => Array.from(text.matchAll(/\{\w+\}/g), ([slot]) => slot).sort();

describe('the texts of the page', () => {
  test('are there in every language, none is empty, and each has the same places to fill', () => {
    assert.deepEqual(Object.keys(DE).sort(), Object.keys(EN).sort());
    for (const [key, text] of Object.entries(EN)) {
      assert.ok(text.trim() !== '' && DE[key].trim() !== '', key);
      // One of something may be spelt out.
      if (!key.endsWith('.one')) {
        assert.deepEqual(slots(DE[key]), slots(text), key);
      }
    }
  });

  test('are all used, and no other is asked for', () => {
    const code = SOURCES.map(([, text]) => text).join('\n');
    const asked = new Set([
      ...Array.from(code.matchAll(/\bsay\('([^']+)'/g), ([, key]) => key),
      ...Array.from(HTML.matchAll(/ data-(?:text|label|title|placeholder)="([^"]+)"/g), ([, key]) => key),
      ...Array.from(code.matchAll(/\bsayCount\('([^']+)'/g), ([, key]) => [`${key}.one`, `${key}.other`]).flat(),
    ]);
    for (const key of asked) {
      assert.ok(key in EN, `there is no text ${key}`);
    }
    for (const key of Object.keys(EN)) {
      // A table of keys, such as that of the states of a connection, has them as they are.
      assert.ok(asked.has(key) || key in EMOJI || code.includes(`'${key}'`), `nobody says ${key}`);
    }
  });

  test('are the only words of the code', () => {
    const keys = /^(Arrow(Up|Down|Left|Right)|Page(Up|Down)|Home|End|Enter|Escape|Tab|Content-Type|SecurityError|Retry-After|Files)$/;
    for (const [file, text] of SOURCES) {
      const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/console\.\w+\([^;]*;/g, '');
      for (const [, quoted, template] of code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`([^`]*)`/g)) {
        const words = (quoted ?? template.replace(/\$\{[^}]*\}/g, '')).trim();
        assert.ok(!/^[A-Z][a-z]/.test(words) || keys.test(words), `${file} says “${words}” by itself`);
        assert.ok(!/\s.*[a-z]{2,}[.?!]$|[a-z]{2,}…$/.test(words), `${file} says “${words}” by itself`);
      }
    }
  });

  test('are the only words of the page, but for those before its script runs and names', () => {
    const body = HTML.slice(HTML.indexOf('<main id="signin"'), HTML.indexOf('<svg class="sprite"'));
    const said = Array.from(body.matchAll(/>([^<>]*[A-Za-z][^<>]*)</g), ([, text]) => text.trim());
    assert.deepEqual(said, ['English', 'Deutsch']);
    assert.deepEqual(body.match(/ (aria-label|title|placeholder)="(?!https:)[^"]*"/g), null);
  });
});

describe('the language of the page', () => {
  const kept = new Map();
  const texts = { get: (name) => kept.get(name) ?? null, set: (name, text) => kept.set(name, text) };
  after(() => loadLanguage({ kept: new Map(), wanted: [] }));

  test('is the first of the browser’s that the page speaks, else English', async () => {
    await loadLanguage({ kept: texts, wanted: ['fr-FR', 'de-AT', 'en'] });
    assert.equal(say('cancel'), 'Abbrechen');
    await loadLanguage({ kept: texts, wanted: ['en-GB', 'de'] });
    assert.equal(say('cancel'), 'Cancel');
    await loadLanguage({ kept: texts, wanted: ['fr'] });
    assert.equal(say('cancel'), 'Cancel');
  });

  test('is what the person has chosen', async () => {
    assert.equal(chosenLanguage(texts), 'browser');
    chooseLanguage('de', texts);
    await loadLanguage({ kept: texts, wanted: ['en'] });
    assert.equal(say('cancel'), 'Abbrechen');
    chooseLanguage('tlh', texts);
    assert.equal(chosenLanguage(texts), 'browser');
  });

  test('puts values in, by their number too', async () => {
    await loadLanguage({ kept: new Map(), wanted: ['de'] });
    assert.equal(sayCount('newMessageCount', 1), '1 neue Nachricht');
    assert.equal(sayCount('newMessageCount', 2), '2 neue Nachrichten');
    assert.equal(say('youHaveBlockedName', { name: 'Bob $& {name}' }), 'Du hast Bob $& {name} blockiert.');
    assert.throws(() => say('nothing'), /there is no text nothing/);
    assert.deepEqual([locale('en-GB'), locale('de-AT')], ['de', undefined]);
  });

  test('changes once the choice is applied, and only if it is another one', () => {
    openPage();
    let loads = 0;
    globalThis.location = { reload: () => (loads += 1) };
    const choice = new LanguageChoice();
    choice.show({ isLasting: true });
    assert.equal(byId('language').value, 'browser');
    choice.apply();
    byId('language').value = 'de';
    byId('language').fire('change');
    assert.deepEqual([chosenLanguage(), loads], ['browser', 0]);
    choice.apply();
    assert.deepEqual([chosenLanguage(), loads], ['de', 1]);
    chooseLanguage('browser');
  });

  test('is that of several people too', async () => {
    await loadLanguage({ kept: new Map(), wanted: ['de'] });
    assert.equal(typingText(['Anna'], { isRoom: false }), 'schreibt…');
    assert.equal(typingText(['Anna'], { isRoom: true }), 'Anna schreibt…');
    assert.equal(typingText(['Anna', 'Bob'], { isRoom: true }), 'Anna und Bob schreiben…');
  });

  test('is that of what the server says, by its code; in English it is the server’s own word', async () => {
    await loadLanguage({ kept: new Map(), wanted: ['de'] });
    for (const code of ['bad_request', 'forbidden', 'not_found', 'rejected', 'conflict', 'too_large', 'queue_full', 'new']) {
      assert.doesNotMatch(failureText(new RestError({ code, status: 400, detail: 'an English reason' })), /English/);
    }
    assert.equal(reasonText({ code: 'forbidden', detail: 'no' }), 'Das ist dir nicht erlaubt.');
    assert.equal(reasonText({}), '');
    await loadLanguage({ kept: new Map(), wanted: [] });
    assert.equal(failureText(new RestError({ code: 'conflict', detail: 'an English reason' })), 'An English reason.');
    assert.equal(reasonText({ code: 'forbidden', detail: 'you are a reader' }), 'You are a reader.');
  });

  test('is written into the page and its attributes', async () => {
    await loadLanguage({ kept: new Map(), wanted: ['de'] });
    const set = [];
    const node = (dataset) => ({ dataset, append: (text) => set.push(text), setAttribute: (...it) => set.push(it) });
    const nodes = { '[data-text]': [node({ text: 'cancel' })], '[data-label]': [node({ label: 'send' })] };
    const page = { documentElement: {}, querySelectorAll: (selector) => nodes[selector] ?? [] };
    fill(page);
    assert.deepEqual(set, ['Abbrechen', ['aria-label', 'Senden']]);
    assert.equal(page.documentElement.lang, 'de');
  });
});
