import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Fact } from 'opportune';
import { createRandom } from '../../src/core/random.js';
import type { JsonObject } from '../../src/domain/value.js';
import { DAY, START, TOLD_PLAYBOOK, tell } from '../../test/told-deals.js';
import { type AnalyzeBench, openAnalyzeBench } from './analyze-world.js';

const STAGES = ['--won', 'opportunity.stage=Won', '--lost', 'opportunity.stage=Lost'];
const ATTRIBUTES = `${TOLD_PLAYBOOK['attributes.yaml']}  - { id: lossReason, label: Lost because, type: text, of: opportunity }
  - { id: service, label: Service, type: text, of: opportunity }
  - { id: code, label: Code, type: choice, of: opportunity, values: [a, b] }
  - { id: discount, label: Discount, type: number, unit: rate, of: opportunity }
`;

const random = createRandom('hostile');
interface Ended {
  readonly values: JsonObject;
  readonly stage: string;
  readonly days?: number;
  readonly end?: JsonObject;
}

/** So many deals over a year of twelve sellers, each with a call and a reply. */
function tellAll(count: number, ended: (number: number) => Ended): readonly Fact[] {
  const told: Fact[] = [];
  for (let number = 0; number < count; number++) {
    const { values, stage, days = 30, end = {} } = ended(number);
    const [account, about] = [`t:account:${number}`, [`t:opportunity:${number}`]];
    const [at, by] = [START + Math.floor(random() * 365) * DAY, `t:rep:${number % 12}`];
    const contact = `t:contact:${number}`;
    const open = { values: { stage: 'Open', owner: by, ...values } };
    told.push(tell('record-changed', account, at, open, about));
    told.push(tell('call-made', account, at + DAY, {}, [account, contact], { by }));
    const verified = { by: contact, grade: 'buyer-verified' } as const;
    told.push(tell('email-received', account, at + 2 * DAY, {}, [account, contact], verified));
    const last = { values: { stage, ...end } };
    told.push(tell('record-changed', account, at + days * DAY, last, about));
  }
  return told;
}

const euro = (amountMinor: number): JsonObject => ({ amountMinor, currency: 'EUR' });
const half = (number: number): string => (number % 2 === 0 ? 'Won' : 'Lost');

const WORLDS: readonly (readonly [
  what: string,
  facts: () => readonly Fact[],
  ...sentences: readonly RegExp[],
])[] = [
  [
    'all are lost',
    () => tellAll(300, () => ({ values: {}, stage: 'Lost' })),
    /All of these deals ended the same way/,
    /All that are decided ended the same way/,
    /0 of 300 have a reason at all/,
  ],
  ['all are won', () => tellAll(300, () => ({ values: { discount: 0.1 }, stage: 'Won' }))],
  [
    'nothing is filled in',
    () => tellAll(300, (number) => ({ values: {}, stage: half(number) })),
    /Nothing was looked at: no attribute is filled in differently/,
    /takes at least one of the won deals of which Discount is known; of 150 it is not/,
  ],
  [
    'every reason, service and code is another one',
    () =>
      tellAll(2_000, (number) => ({
        values: { code: `c${number}`, service: `s${number}`, discount: random() },
        stage: half(number),
        end: { lossReason: `because ${number}` },
      })),
    /Of no product there are ten reasons from five people or more; 1,000 of 1,000 have a reason/,
  ],
  [
    'amounts are negative, nothing and beyond all measure',
    () =>
      tellAll(600, (number) => ({
        values: {
          amount: euro([-5e6, 0, 9e15, 1][number % 4] as number),
          discount: [-3, 0, 1e300, -1e300][number % 4] as number,
          service: 'care',
        },
        stage: half(Math.floor(number / 4)),
        end: { lossReason: 'price' },
      })),
    // A lost deal of less than nothing takes nothing off what the others were worth.
    /They were worth €\d[\d,]*, as far as 1\d\d of them say/,
  ],
  [
    'deals end in a hundred years',
    () =>
      tellAll(300, (number) => ({
        values: { service: 'care' },
        stage: half(number),
        days: 36_500,
      })),
    /300 facts of a time to come, taken as of now/,
    /\d+ began too late, \d+ too early/,
  ],
  [
    'deals end before they begin',
    () =>
      tellAll(300, (number) => ({ values: { service: 'care' }, stage: half(number), days: -200 })),
  ],
];

const TOPICS: readonly (readonly string[])[] = [
  ['patterns', ...STAGES],
  ['patterns', ...STAGES, '--stars'],
  ['patterns', ...STAGES, '--measure', 'cycle'],
  ['patterns', ...STAGES, '--measure', 'cycle', '--stars'],
  ['patterns', ...STAGES, '--measure', 'discount'],
  ['patterns', ...STAGES, '--measure', 'turnover'],
  ['patterns', ...STAGES, '--measure', 'discount', '--stars'],
  ['reasons', ...STAGES, '--reason', 'opportunity.lossReason', '--about', 'opportunity.service'],
  ['actions'],
];

describe('opportune analyze on data that are wrong', () => {
  let bench: AnalyzeBench;
  let playbook: string;
  before(() => {
    bench = openAnalyzeBench();
    playbook = bench.path('hostile');
    mkdirSync(playbook);
    writeFileSync(`${playbook}/playbook.yaml`, TOLD_PLAYBOOK['playbook.yaml']);
    writeFileSync(`${playbook}/attributes.yaml`, ATTRIBUTES);
  });
  after(() => bench.end());

  for (const [what, facts, ...sentences] of WORLDS)
    it(`says something that can be read where ${what}`, async () => {
      const file = bench.write('hostile.jsonl', facts());
      const said: string[] = [];
      for (const [topic = '', ...args] of TOPICS) {
        const given = ['--playbook', playbook, '--facts', file, ...args];
        const { code, out, err } = await bench.ask(topic, ...given);
        assert.ok(code === 0 || code === 1, `${topic} ${args.join(' ')}: ${err}`);
        const text = (out + err).replaceAll(/\s+/g, ' ');
        assert.doesNotMatch(text, /NaN|Infinity|undefined|\bnull\b/, `${topic} ${args.join(' ')}`);
        said.push(text);
      }
      for (const sentence of sentences) assert.match(said.join('\n'), sentence);
    });
});
