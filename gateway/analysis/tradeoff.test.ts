import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { START, tell } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

const play = (id: string, goal: string, value: number): string => `id: ${id}
title: Do ${id} with {account.name}
about: account
owner: ana@example.com
why: It may help
trigger: { opened: true }
action: { kind: ${id === 'sell' ? 'call' : 'propose'}, touch: call, minutes: 60 }
for: owner
serves: { ${goal}: { value: ${value} } }
`;

/** One touch an account: to sell brings a thousand euros, to care five points, each for an hour. */
const PLAYBOOK = {
  'playbook.yaml': `name: Two goals
currency: EUR
zone: UTC
holdout: { rate: 0, salt: none }
propensity: 1
costs: { minute: 0, touch: 0 }
contactPolicy: { limits: [{ touches: 1, days: 7 }], touches: { call-made: call } }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
  - { id: care, label: Care, weight: 1, scale: 10, unit: points }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
`,
  'plays/sell.yaml': play('sell', 'revenue', 1000),
  'plays/care.yaml': play('care', 'care', 5),
};

describe('opportune analyze tradeoff', () => {
  let bench: AnalyzeBench;
  before(() => {
    bench = openAnalyzeBench();
    mkdirSync(bench.path('goals/plays'), { recursive: true });
    for (const [name, text] of Object.entries(PLAYBOOK))
      writeFileSync(bench.path(`goals/${name}`), text);
  });
  after(() => bench.end());

  it('tells what each step from one goal to the other costs, and where today’s weights stand', async () => {
    const facts = Array.from({ length: 12 }, (_, i) =>
      tell('record-changed', `t:account:${i}`, START, {
        values: { name: `Firm ${i}`, owner: 't:rep:1' },
      }),
    );
    const asked = ['--playbook', bench.path('goals'), '--facts', bench.write('facts', facts)];
    const { code, out } = await bench.ask('tradeoff', ...asked, '--json');
    assert.equal(code, 0);
    const { frontiers, today, reps } = JSON.parse(out);
    assert.equal(reps, 1);
    // Six hours are planned of a day, so six accounts: each that is cared for is one less that is sold to.
    assert.deepEqual(
      frontiers[0].points.map(({ revenue = 0, care = 0 }) => [revenue, care]),
      [0, 2, 3, 4, 5, 6].map((cared) => [100_000 * (6 - cared), 5 * cared]),
    );
    // A sale weighs twice what care weighs.
    assert.equal(today.revenue, 600_000);
    const told = (await bench.ask('tradeoff', ...asked)).out.replaceAll(/\s+/g, ' ');
    assert.match(
      told,
      /A floor of Care raised from 15 points to 20 points costs €1,000 of Revenue/,
    );
    assert.match(told, /today’s weights €6,000 0 points/);
    assert.match(told, /Care alone €0 30 points/);
  });

  it('says that nothing has to be chosen where there is nothing to do', async () => {
    const facts = bench.write('none', [tell('note', 't:account:1', START, {})]);
    const { code, out } = await bench.ask(
      ...(['tradeoff', '--playbook', bench.path('goals'), '--facts', facts] as const),
    );
    assert.equal(code, 1);
    assert.match(out.replaceAll(/\s+/g, ' '), /no two goals between which the cards of today/);
  });

  it('warns of a scale that lets one goal decide always and another never, and names one that would not', async () => {
    const facts = Array.from({ length: 40 }, (_, i) =>
      tell('record-changed', `t:account:${i}`, START, {
        values: { name: `Firm ${i}`, owner: 't:rep:1' },
      }),
    );
    const asked = ['--playbook', bench.path('goals'), '--facts', bench.write('forty', facts)];
    const { out } = await bench.ask('tradeoff', ...asked);
    // To sell gives 1,000 / 1,000 = 1, to care 5 / 10: half as much, on every account.
    assert.match(
      out.replace(/\s+/g, ' '),
      /Care decided 0 of 40 accounts on which it stands against another goal\. Its scale is 10 points, and a card of it gives 0\.50 in the middle; at a scale of about 5 points/,
    );
  });
});
