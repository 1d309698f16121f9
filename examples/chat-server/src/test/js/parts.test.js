import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { partsOf } from '../../main/resources/web/js/view/parts.js';

describe('the parts of a text', () => {
  const links = (text) => partsOf(text).filter(({ kind }) => kind === 'link').map((each) => [each.text, each.href]);

  test('are addresses of the web, without the punctuation around them', () => {
    assert.deepEqual(links('See https://example.org/a?b=c#d, or (http://example.org/x_(y)).'), [
      ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
      ['http://example.org/x_(y)', 'http://example.org/x_(y)'],
    ]);
    assert.deepEqual(links('“https://example.org/ü”')[0], ['https://example.org/ü', 'https://example.org/%C3%BC']);
    assert.deepEqual(links('HTTPS://EXAMPLE.ORG!')[0], ['HTTPS://EXAMPLE.ORG', 'https://example.org/']);
  });

  test('are addresses of mail', () => {
    assert.deepEqual(links('write to ann.b+x@mail.example.org.'), [
      ['ann.b+x@mail.example.org', 'mailto:ann.b+x@mail.example.org'],
    ]);
    assert.deepEqual(links('ann@localhost @bob a@b'), []);
  });

  test('are code between backticks, in which nothing else is recognised', () => {
    assert.deepEqual(partsOf('run `curl https://example.org` now'), [
      { kind: 'text', text: 'run ' },
      { kind: 'code', text: 'curl https://example.org' },
      { kind: 'text', text: ' now' },
    ]);
    for (const text of ['one ` alone', '`` is none', '`over\nlines`']) {
      assert.deepEqual(partsOf(text), [{ kind: 'text', text }]);
    }
  });

  test('no other scheme is a link', () => {
    for (const text of [
      'javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'ftp://example.org', 'https://',
      'http:// example.org', 'xhttps://example.org', '//example.org',
    ]) {
      assert.deepEqual(links(text), [], text);
    }
    for (const href of links('https://a"onclick=x <b>https://b</b> https://c\'d mailto:x@y.zz').map(([, it]) => it)) {
      assert.match(href, /^(https:\/\/[a-c]\/|mailto:x@y\.zz)$/);
    }
  });

  test('are the whole text together', () => {
    const text = 'a https://example.org b x@example.org, https://example.org/.';
    assert.equal(partsOf(text).map((part) => part.text).join(''), text);
    assert.deepEqual(partsOf(''), []);
  });

  test('lose only the brackets that they do not open', () => {
    assert.deepEqual(links('(see [https://example.org/a_(b)[c].)]!)').map(([text]) => text), [
      'https://example.org/a_(b)[c]',
    ]);
  });

  test('are no links where an address is longer than any server takes', () => {
    assert.deepEqual(links(`https://example.org/${'a'.repeat(2_100)}`), []);
    assert.equal(links(`https://example.org/${'a'.repeat(2_000)}${'.'.repeat(2_000)}`).length, 1);
  });

  // The limit stops what would take minutes: the time grew with the cube of the length.
  for (const [kind, text] of Object.entries({
    'dots before brackets': `https://a${'.'.repeat(8_000)}a${')'.repeat(8_000)}`,
    dots: `https://a${'.'.repeat(16_000)}a`,
    brackets: `https://a${')'.repeat(16_000)}`,
    'the name of a mailbox': `${'a.'.repeat(8_000)}@${'b.'.repeat(4_000)}`,
    'at signs': 'a@'.repeat(8_000),
    'a domain of mail': `a@${'a.'.repeat(8_000)}1`,
    'schemes': 'http://'.repeat(2_300),
    'backticks': '`'.repeat(16_000),
  })) {
    test(`are found quickly in a text of 16 KB with many: ${kind}`, () => {
      const found = runInNewContext('partsOf(text)', { partsOf, text }, { timeout: 5_000 });
      assert.equal(found.map((part) => part.text).join(''), text);
    });
  }
});
