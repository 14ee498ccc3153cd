import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountWith, digestOf, HEBREW, HOSTILE } from './digest-bench.js';
import type { Digest } from './plan-digest.js';
import { renderDigest } from './render-digest.js';

const ENVELOPE = {
  stopUrl: 'https://opportune.example.com/stop/abc.def?x=1&y="2"',
  tenant: 'acme',
  domain: 'example.com',
};
/** Gmail shows no more than this of a mail. */
const CLIPPED_AT = 102_000;

const bare = (text: string): string => text.replaceAll('\u200c', '');

/** What a person reads in the page: what stands between its tags. */
function textOf(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  const text = body
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (entity) => entities[entity as keyof typeof entities]);
  return bare(text).replace(/\s+/g, ' ');
}

function allTexts(digest: Digest): readonly string[] {
  return [
    digest.heading,
    digest.day,
    ...digest.items.flatMap(({ name, title, why, ownTry, changed, facts, question, action }) => [
      name,
      title,
      why,
      ownTry ?? '',
      ...(changed ? [changed.label, changed.text, changed.when, changed.compared ?? ''] : []),
      ...facts.flatMap(({ label, strong, text }) => [label, strong, text]),
      question ?? '',
      action.label,
    ]),
    digest.more ?? '',
    ...digest.notes,
    digest.stop,
  ];
}

const three = digestOf([
  accountWith('a', [3, 1]),
  accountWith('b', [2], {
    changed: {
      text: ['No reply for 14 days'],
      at: '2026-11-19T16:05:00Z',
      actual: 14,
      required: 9,
      compared: ['Won deals like this average 9'],
    },
    action: {
      kind: 'ask',
      minutes: 1,
      asks: { attribute: 'x', label: 'Who signs?', options: [{ id: 'a', label: 'Dana' }] },
    },
  }),
  accountWith('c', [1, 1, 1, 1, 1], {
    ownTry: { id: 'a', arm: 'new', how: 'open with the audit date' },
  }),
]);

const digests: readonly (readonly [string, Digest])[] = [
  ['three accounts', three],
  [
    'hostile names',
    digestOf([
      accountWith(
        'a',
        [1],
        { title: [HOSTILE], why: [HOSTILE], ownTry: { id: 'a', arm: 'new', how: HOSTILE } },
        { names: { 'demo:account:a': HOSTILE } },
      ),
    ]),
  ],
  [
    'right to left',
    digestOf([accountWith('a', [2, 1]), accountWith('b', [1])], { strings: HEBREW }),
  ],
];

describe('renderDigest', () => {
  for (const [name, digest] of digests)
    it(`says everything in the page and in the plain part: ${name}`, () => {
      const { html, text } = renderDigest(digest, ENVELOPE);
      const read = textOf(html);
      const plain = bare(text).replace(/\s+/g, ' ');
      for (const one of allTexts(digest)) {
        assert.ok(plain.includes(one.replace(/\s+/g, ' ')), `plain: ${one}`);
        assert.ok(read.includes(one.replace(/\s+/g, ' ')), `page: ${one}`);
      }
      for (const { action } of digest.items) {
        assert.ok(text.includes(action.href as string));
        assert.ok(html.includes(`href="${(action.href as string).replaceAll('&', '&amp;')}"`));
      }
      assert.ok(text.includes(ENVELOPE.stopUrl));
    });

  it('has no element and no address but its own, whatever the names hold', () => {
    const [, digest] = digests[1] as (typeof digests)[number];
    const { html, text } = renderDigest(digest, ENVELOPE);
    const tags = new Set([...html.matchAll(/<([a-z0-9]+)[\s>]/g)].map(([, tag]) => tag));
    for (const tag of tags)
      assert.match(
        tag as string,
        /^(html|head|meta|title|style|body|div|table|tr|td|h1|h2|p|span|b|br|a)$/,
      );
    assert.doesNotMatch(html, /https?:\/\/(?!crm\.example\.com|opportune\.example\.com)/);
    assert.doesNotMatch(html.replace(/<[^>]*>/g, ''), /www\.evil|all@evil/);
    assert.doesNotMatch(text, /www\.evil|^Bcc:/m);
  });

  it('fetches nothing: no picture, script, font, or style from elsewhere', () => {
    const { html } = renderDigest(three, ENVELOPE);
    assert.doesNotMatch(
      html,
      /<(img|script|link|iframe|object|form|input|video)|src=|url\(|@import|@font-face/i,
    );
  });

  it('leads a screen reader by headings: the mail, then each action', () => {
    const { html } = renderDigest(three, ENVELOPE);
    const headings = [...html.matchAll(/<h(\d)/g)].map(([, level]) => level).join('');
    assert.equal(headings, '122222');
    for (const [table] of html.matchAll(/<table[^>]*>/g))
      assert.match(table, /role="presentation"/);
  });

  it('names its language and direction, and draws from the right where that is read so', () => {
    const [, digest] = digests[2] as (typeof digests)[number];
    const { html } = renderDigest(digest, ENVELOPE);
    assert.match(html, /<html lang="he" dir="rtl">/);
    assert.match(html, /border-right:3px/);
    assert.doesNotMatch(html, /text-align:left/);
    assert.match(renderDigest(three, ENVELOPE).html, /<html lang="en" dir="ltr">/);
  });

  it('stays below what Gmail clips, with the longest of everything', () => {
    const long = '"&<>株'.repeat(2_000);
    const digest = digestOf(
      Array.from({ length: 5 }, (_, i) =>
        accountWith(
          'x'.repeat(195) + i,
          [5 - i],
          {
            title: [long],
            why: [long],
            changed: {
              text: [long],
              at: '2026-11-19T16:05:00Z',
              actual: 1,
              required: 2,
              compared: [long],
            },
            action: { kind: 'call', minutes: 1, verb: [long] },
          },
          { names: { [`demo:account:${'x'.repeat(195)}${i}`]: long } },
        ),
      ),
    );
    const { html } = renderDigest(digest, ENVELOPE);
    assert.ok(Buffer.byteLength(html) < CLIPPED_AT, `${Buffer.byteLength(html)} bytes`);
    assert.ok(Buffer.byteLength(renderDigest(three, ENVELOPE).html) < 25_000);
  });

  it('is the same mail for the same rep and day, and another for another rep, day or tenant', () => {
    const id = (digest: Digest, tenant = 'acme'): string =>
      renderDigest(digest, { ...ENVELOPE, tenant }).messageId;
    assert.match(id(three), /^<digest\.2026-11-19\.[0-9a-f]{32}@example\.com>$/);
    assert.equal(id(three), id({ ...three, subject: 'Other', items: [] }));
    const ids = [
      id(three),
      id({ ...three, rep: 'demo:rep:4' }),
      id({ ...three, date: '2026-11-20' }),
      id(three, 'other'),
    ];
    assert.equal(new Set(ids).size, 4);
  });
});
