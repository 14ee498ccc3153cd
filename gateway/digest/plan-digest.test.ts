import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createReading, toCardView } from 'opportune/view';
import { card, decision, PLAYBOOK, TOM } from '../../src/view/fixtures.js';
import { accountWith, digestOf, HOSTILE, inputOf } from './digest-bench.js';
import { planDigest } from './plan-digest.js';
import { createRecordLink } from './record-link.js';

const titles = (decisions: Parameters<typeof digestOf>[0]): readonly string[] =>
  digestOf(decisions).items.map(({ title }) => title);

describe('planDigest', () => {
  it('takes the best card of each account before the second of any, best first', () => {
    const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, i) => accountWith(id, [i, i - 0.5]));
    assert.deepEqual(titles(seven), [
      'Title 1 of g',
      'Title 1 of f',
      'Title 1 of e',
      'Title 1 of d',
      'Title 1 of c',
    ]);
    assert.equal(digestOf(seven).more, 'The panel has 9 more actions, in 7 accounts.');
  });

  it('fills up with second cards where there are fewer accounts than places', () => {
    assert.deepEqual(titles([accountWith('a', [9, 8]), accountWith('b', [7, 1])]), [
      'Title 1 of a',
      'Title 2 of a',
      'Title 1 of b',
      'Title 2 of b',
    ]);
    assert.equal(digestOf([accountWith('a', [1])]).more, undefined);
  });

  it('puts what is mandatory first, whatever its priority, and says so in place of figures', () => {
    const [first] = digestOf([
      accountWith('a', [9]),
      accountWith('b', [-1], { mandatory: true }),
    ]).items;
    assert.equal(first?.title, 'Title 1 of b');
    assert.deepEqual(first?.facts, [
      { label: 'Goal', strong: 'Required', text: 'Comes first, whatever the goals' },
    ]);
  });

  it('says each card in the words of the panel', () => {
    const tried = { ...card('silent-buyer'), ownTry: { id: 'a', arm: 'usual' as const } };
    const look = decision({ shown: [tried] });
    const view = toCardView(tried, createReading(look, PLAYBOOK, inputOf([]).strings));
    const [item] = digestOf([look]).items;
    assert.deepEqual(
      [item?.title, item?.why, item?.changed?.text, item?.changed?.when, item?.action.label],
      [view.title, view.why, view.changed?.text, view.changed?.when, view.primary.label],
    );
    assert.equal(item?.ownTry, 'As usual (your try compares)');
    assert.deepEqual(
      item?.facts.map(({ strong }) => strong),
      ['$31,000 if the buyer acts', 'No number yet'],
    );
    assert.match(digestOf([look]).subject, /^Kestrel Foods: Call Dana Ruiz about the renewal$/);
  });

  it('is no mail when nothing is shown anywhere', () => {
    assert.deepEqual(planDigest(inputOf([decision(), accountWith('a', [])])), {
      nothing: true,
      because: 'nothing-shown',
    });
    assert.deepEqual(planDigest(inputOf([])), { nothing: true, because: 'nothing-shown' });
  });

  it('refuses a decision that was made for somebody else', () => {
    assert.throws(() => planDigest(inputOf([accountWith('a', [1], {}, { asker: TOM })])), {
      code: 'opportune/not-theirs',
    });
  });

  it('counts an account that is decided twice once', () => {
    assert.equal(digestOf([accountWith('a', [1]), accountWith('a', [1])]).items.length, 1);
  });

  it('names the day where the rep is', () => {
    const late = { now: Date.parse('2026-11-19T23:30:00Z') };
    const day = (zone: string): readonly string[] => {
      const { date, day } = digestOf([accountWith('a', [1])], { ...late, zone });
      return [date, day];
    };
    assert.deepEqual(day('America/Los_Angeles'), ['2026-11-19', 'Thursday 19 November']);
    assert.deepEqual(day('Asia/Tokyo'), ['2026-11-20', 'Friday 20 November']);
  });

  it('keeps a hostile name on one line and turns nothing round', () => {
    const { subject, preheader, items } = digestOf([
      accountWith('a', [2], { title: [{ value: HOSTILE, type: 'text' }], why: [HOSTILE] }),
      accountWith('b', [1], {}, { names: { 'demo:account:b': HOSTILE } }),
    ]);
    const all = [
      subject,
      preheader,
      ...items.flatMap(({ name, title, why }) => [name, title, why]),
    ];
    for (const text of all) assert.doesNotMatch(text, /[\r\n\u2028\u202a-\u202e\u2066\u2067]/);
    assert.match(items[0]?.title ?? '', /<script>alert\("1"\)<\/script>/);
  });

  it('leads to the record of the card, else to its account', () => {
    const href = (links: Parameters<typeof createRecordLink>[0]): string | undefined =>
      digestOf([decision({ shown: [card('silent-buyer')] })], { link: createRecordLink(links) })
        .items[0]?.action.href;
    assert.equal(href({ demo: 'https://crm.example.com/{id}' }), 'https://crm.example.com/12');
    assert.equal(
      href({ demo: { account: 'https://crm.example.com/firms/{id}' } }),
      'https://crm.example.com/firms/17',
    );
    assert.equal(href({ other: 'https://crm.example.com/{id}' }), undefined);
  });

  it('is the same for the same decisions in any order', () => {
    const decisions = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => accountWith(id, [1, 0]));
    assert.deepEqual(digestOf([...decisions].reverse()), digestOf(decisions));
  });

  it('takes two hundred accounts', () => {
    const many = Array.from({ length: 200 }, (_, i) => accountWith(`n${i}`, [i % 37, -1, -2]));
    const { items, more } = digestOf(many);
    assert.equal(items.length, 5);
    assert.equal(more, 'The panel has 595 more actions, in 200 accounts.');
  });
});

describe('createRecordLink', () => {
  const link = createRecordLink({ crm: 'https://crm.example.com/r/{id}?tab=1' });
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['crm:account:7', 'https://crm.example.com/r/7?tab=1'],
    ['crm:account:a/b?c#d', 'https://crm.example.com/r/a%2Fb%3Fc%23d?tab=1'],
    ['crm:account:a:b', 'https://crm.example.com/r/a%3Ab?tab=1'],
    ["crm:account:$&'()", 'https://crm.example.com/r/%24%26%27%28%29?tab=1'],
    ['crm:account:..', undefined],
    ['crm:account:', undefined],
    ['crm:account:a\nb', undefined],
    ['crm:account:\ud800', undefined],
    [`crm:account:${'x'.repeat(201)}`, undefined],
    ['elsewhere:account:7', undefined],
    ['7', undefined],
  ];
  for (const [record, address] of cases)
    it(`makes ${address} of ${JSON.stringify(record.slice(0, 30))}`, () => {
      assert.equal(link(record), address);
    });

  for (const template of [
    'http://crm.example.com/{id}',
    'javascript:alert({id})//',
    'https://{id}.example.com/x',
    'https://crm.example.com{id}',
    'https://user:password@crm.example.com/{id}',
    'https://crm.example.com/',
    'https://crm.example.com/{id}/{id}',
    'https://crm.example.com/{id} "',
    'no address {id}',
  ])
    it(`refuses ${template}`, () => {
      assert.throws(() => createRecordLink({ crm: template }), { code: 'opportune/bad-link' });
    });
});
