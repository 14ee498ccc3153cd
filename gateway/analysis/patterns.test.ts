import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { JsonObject } from '../../src/domain/value.js';
import { START, tell, tellDeals } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

const STAGES = ['--won', 'opportunity.stage=Won', '--lost', 'opportunity.stage=Lost'];

describe('opportune analyze patterns', () => {
  let bench: AnalyzeBench;
  let urgent: string;
  before(() => {
    bench = openAnalyzeBench();
    urgent = bench.write(
      'urgent.jsonl',
      tellDeals({ effect: 0.3, name: '<img src=x onerror=alert(1)>' }),
    );
  });
  after(() => bench.end());

  it('names the need that was told when a deal began, and not what was written when it ended', async () => {
    const { code, out } = await bench.ask('patterns', '--facts', urgent, ...STAGES, '--json');
    assert.equal(code, 0);
    const { findings, rows, sellers } = JSON.parse(out);
    assert.deepEqual([rows, sellers], [960, 24]);
    const [first] = findings;
    assert.equal(first.confirmed, true);
    assert.equal(first.pattern[0].attribute, 'opportunity.need');
    // Taken from the end it would be 1.
    assert.ok(Math.abs(first.effect) > 0.15 && Math.abs(first.effect) < 0.45, first.effect);
    assert.match(
      first.sentence,
      /^Where Need is (urgent|later), Stage is Won \d+\.\d percentage points (more|less) often than on comparable deals \(95 % interval .* of 12 sellers\)\.$/,
    );
    assert.ok(first.examples.length === 3 && first.counterExamples.length === 3);
  });

  it('drafts a play that compiles with the playbook', async () => {
    const { out } = await bench.ask('patterns', '--facts', urgent, ...STAGES, '--json');
    const [{ draft }] = JSON.parse(out).findings;
    assert.match(draft.path, /^plays\/found-need-in-(urgent|later)\.yaml$/);
    assert.match(draft.text, /need: (urgent|later)\n {4}stage:\n {6}- Open\n {6}- Offer\n/);
    assert.match(draft.text, /share: 0\.\d+\n {4}of: opportunity\.amount/);
  });

  it('writes a page in which the names of deals are text, every chart has its words and its figures', async () => {
    await bench.ask('patterns', '--facts', urgent, ...STAGES, '--html', bench.path('report.html'));
    const html = bench.read('report.html');
    assert.ok(html.includes('&lt;img src=x onerror=alert(1)&gt;'));
    assert.doesNotMatch(html, /<img|<script/);
    assert.match(html, /<svg [^>]*role="img" aria-labelledby="chart-1-title chart-1-about">/);
    assert.match(
      html,
      /<title id="chart-1-title">.+<\/title>\n<desc id="chart-1-about">.+<\/desc>/,
    );
    assert.match(html, /<figcaption|<caption>Difference on comparable work/);
    assert.match(html, /prefers-color-scheme: dark/);
    assert.match(html, /@media print/);
  });

  it('says that there is no driver, and how small one could have been, where nothing helps', async () => {
    const facts = bench.write('nothing.jsonl', tellDeals({ effect: 0 }));
    const { code, out } = await bench.ask('patterns', '--facts', facts, ...STAGES);
    assert.equal(code, 1);
    assert.match(out, /No driver found/);
    assert.match(
      out.replaceAll('\n', ' '),
      /smallest difference that this much data would have shown nine times in ten is \d+\.\d percentage points/,
    );
  });

  it('finds the call of the first week, and drafts the attribute that counts calls', async () => {
    const facts = bench.write('calls.jsonl', tellDeals({ effect: 0, callEffect: 0.35 }));
    const hint = await bench.ask('patterns', '--facts', facts, ...STAGES);
    assert.match(
      hint.out.replaceAll(/\s+/g, ' '),
      /What was done is not looked at\. .*--first-days \d+/,
    );
    const args = ['--facts', facts, ...STAGES, '--first-days', '7', '--json'];
    const { out } = await bench.ask('patterns', ...args);
    const { findings } = JSON.parse(out);
    const found = findings.find((one: { confirmed: boolean }) => one.confirmed);
    assert.match(found.pattern[0].attribute, /^activity\.call-made\./);
    const counted = findings.find(
      (one: { draft?: object; confirmed: boolean }) => one.confirmed && one.draft,
    );
    if (found.pattern[0].attribute.endsWith('.count')) {
      assert.match(counted.draft.attributes, /id: callMadeCount/);
      assert.match(counted.draft.text, /kind: (call|prepare)/);
    }
  });

  it('reads amounts in another currency by the rates of their day', async () => {
    const rate = tell('rate', 'opportune:company:self', START - 9 * 86_400_000, {
      from: 'USD',
      to: 'EUR',
      rate: 0.5,
    });
    const told = tellDeals({ effect: 0.3 }).map((fact) =>
      JSON.parse(JSON.stringify(fact).replaceAll('"EUR"', '"USD"')),
    );
    const amounts = async (name: string, facts: readonly object[]): Promise<boolean> => {
      const file = bench.write(name, facts as never);
      return (await bench.ask('patterns', '--facts', file, ...STAGES)).out.includes('Amount');
    };
    assert.equal(await amounts('dollars.jsonl', told), false);
    assert.equal(await amounts('rates.jsonl', [rate, ...told]), true);
  });

  it('leaves out what is open, what ended in the first days, and says how many', async () => {
    const account = 't:account:x';
    const open = ['a', 'b'].map((id) =>
      tell('record-changed', account, START, { values: { stage: 'Open', owner: 't:rep:0' } }, [
        `t:opportunity:${id}`,
      ]),
    );
    const soon = [0, 2].map((day) =>
      tell(
        'record-changed',
        account,
        START + day * 86_400_000,
        { values: { stage: day ? 'Lost' : 'Open', owner: 't:rep:0' } },
        ['t:opportunity:c'],
      ),
    );
    const facts = bench.write('left.jsonl', [
      ...tellDeals({ effect: 0.3, sellers: 8 }),
      ...open,
      ...soon,
    ]);
    const { out } = await bench.ask(
      'patterns',
      '--facts',
      facts,
      ...STAGES,
      '--first-days',
      '7',
      '--json',
    );
    assert.deepEqual(JSON.parse(out).left, { open: 2, decidedSooner: 1, withoutSeller: 0 });
  });

  it('tells what stars do more often, and names none of them', async () => {
    const told = tellDeals({ effect: 0, sellers: 60, dealsEach: 30, stars: 12 });
    const facts = bench.write('stars.jsonl', told);
    const args = ['--facts', facts, ...STAGES, '--first-days', '7', '--stars'];
    const { code, out } = await bench.ask('patterns', ...args);
    assert.equal(code, 0);
    const text = out.replaceAll(/\s+/g, ' ');
    assert.match(
      text,
      /Stars have this \d+\.\d percentage points (more|less) often than the others: [^.]*call/,
    );
    assert.match(text, /1[0-2] stars and (48|49|50) others\./);
    // What they do can be done by others, and is worth nobody knows how much.
    assert.match(text, /title: Call made for \{opportunity\.name\|this deal\}/);
    assert.match(text, /not: callMadeCount/);
    assert.match(text, /is not measured: the least stands here/);
    assert.doesNotMatch(out, /t:rep:/);
  });

  it('does not go by who sold where that is told of the won ones alone, and says so of stars', async () => {
    const facts = tellDeals({ effect: 0.3 });
    const won = new Set(
      facts.flatMap(({ about, data }) =>
        (data.values as JsonObject | undefined)?.stage === 'Won' ? about : [],
      ),
    );
    const told = facts.map((fact) => {
      const values = fact.data.values as JsonObject | undefined;
      const isLost = values?.owner !== undefined && !fact.about.some((one) => won.has(one));
      return isLost ? { ...fact, data: { values: { ...values, owner: null } } } : fact;
    });
    const file = bench.write('owners.jsonl', told);
    const ask = async (...more: readonly string[]): Promise<string> => {
      const { out } = await bench.ask('patterns', '--facts', file, ...STAGES, ...more);
      return out.replaceAll(/\s+/g, ' ');
    };
    const wins = await ask();
    assert.match(wins, /^What goes .* 960 deals, \d+ of them \([34]\d\.\d %\) with Stage is Won/);
    assert.match(
      wins,
      /Who sold is told with one outcome and hardly ever with the other\. So each deal stands for itself, compared with those begun in the same quarter\./,
    );
    assert.match(wins, /Where Need is urgent, Stage is Won/);
    assert.match(await ask('--stars'), /So nobody can be told to sell more than others/);
  });

  it('says that there is nothing to compare where all ended the same way', async () => {
    const facts = tellDeals({ effect: 0.3, sellers: 8 });
    const won = facts.map((fact) => {
      const values = fact.data.values as JsonObject | undefined;
      return values?.stage === 'Lost'
        ? { ...fact, data: { values: { ...values, stage: 'Won' } } }
        : fact;
    });
    const file = bench.write('all-won.jsonl', won);
    for (const more of [[], ['--stars']]) {
      const { code, out } = await bench.ask('patterns', '--facts', file, ...STAGES, ...more);
      assert.equal(code, 1);
      assert.match(out.replaceAll(/\s+/g, ' '), /All of these deals ended the same way/);
    }
  });

  it('tells nothing of stars where they are fewer than five', async () => {
    const { code, out } = await bench.ask(
      'patterns',
      '--facts',
      urgent,
      ...STAGES,
      '--stars',
      '--json',
    );
    assert.equal(code, 1);
    const { stars, findings } = JSON.parse(out);
    assert.ok(stars.stars < 5);
    assert.deepEqual(findings, []);
    assert.doesNotMatch(out, /t:rep:/);
  });

  for (const [what, args, message] of [
    [
      'an analysis that is not there',
      ['portents', '--facts', 'x'],
      /there is no analysis "portents"/,
    ],
    [
      'an attribute that is not declared',
      [
        'patterns',
        '--facts',
        'x',
        '--won',
        'account.stage=Won',
        '--lost',
        'opportunity.stage=Lost',
      ],
      /declares no attribute "account\.stage".*Did you mean opportunity\.stage\?/,
    ],
    [
      'a value that the attribute has not',
      [
        'patterns',
        '--facts',
        'x',
        '--won',
        'opportunity.stage=Gewonnen',
        '--lost',
        'opportunity.stage=Lost',
      ],
      /"Gewonnen" is no value of opportunity\.stage.*Open, Offer, Won, Lost/,
    ],
    [
      'a value that is both',
      [
        'patterns',
        '--facts',
        'x',
        '--won',
        'opportunity.stage=Won',
        '--lost',
        'opportunity.stage=Won',
      ],
      /"Won" is both won and lost/,
    ],
    [
      'an attribute that is derived',
      ['patterns', '--facts', 'x', '--won', 'account.bought=1', '--lost', 'account.bought=0'],
      /not told by facts/,
    ],
    ['no days', ['patterns', '--facts', 'x', '--first-days', '-1', ...STAGES], /first-days/],
    [
      'a file that is not there',
      ['patterns', '--facts', 'nowhere.jsonl', ...STAGES],
      /nowhere\.jsonl: there is no such file/,
    ],
  ] as const)
    it(`says in a line what is wrong with ${what}`, async () => {
      const [topic, ...rest] = args;
      const { code, err } = await bench.ask(topic, ...rest);
      assert.equal(code, 2);
      assert.match(err, message);
      assert.equal(err.trim().split('\n').length, 1);
    });

  it('is calm about facts of which none is a deal', async () => {
    const facts = bench.write('none.jsonl', [tell('call-made', 't:account:1', START, {})]);
    const { code, out } = await bench.ask('patterns', '--facts', facts, ...STAGES);
    assert.equal(code, 1);
    assert.match(out, /Nothing was found, and nothing could have been/);
    assert.doesNotMatch(out, /NaN|undefined|Infinity/);
  });
});
