import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { createKestrel, DANA, DEAL, KESTREL, MAYA, PRIYA, TOM } from '../test/kestrel.js';
import type { Scenario } from '../test/scenario.js';
import { stableJson } from './core/stable-json.js';
import type { Fact } from './domain/fact.js';
import type { JsonObject, RecordId } from './domain/value.js';

const HOUR = 3_600_000;
const RUNS = { numRuns: 25, seed: 20261121 };
const playbook = acceptancePlaybook();

/** One thing that may happen, `hours` after the start. */
interface Happening {
  readonly hours: number;
  readonly what: 'reply' | 'call' | 'stage' | 'cases' | 'industry' | 'notice' | 'second-deal';
  readonly value: number;
}

const happening = fc.record({
  hours: fc.integer({ min: 1, max: 24 * 60 }),
  what: fc.constantFrom<Happening['what']>(
    'reply',
    'call',
    'stage',
    'cases',
    'industry',
    'notice',
    'second-deal',
  ),
  value: fc.integer({ min: 0, max: 2 }),
});

function toFact({ hours, what, value }: Happening, index: number, start: number): Fact {
  const at = start + hours * HOUR;
  const base = {
    id: `h${String(index).padStart(3, '0')}`,
    occurredAt: at,
    learnedAt: start + 61 * 24 * HOUR,
    grade: 'observed' as const,
  };
  const person = value === 0 ? PRIYA : DANA;
  const change = (record: RecordId, values: JsonObject): Fact => ({
    ...base,
    type: 'record-changed',
    subjects: [KESTREL],
    about: [record],
    data: { values },
  });
  switch (what) {
    case 'reply':
      return {
        ...base,
        type: 'email-received',
        subjects: [KESTREL, person],
        about: [KESTREL, person],
        by: person,
        grade: 'buyer-verified',
        data: {},
      };
    case 'call':
      return {
        ...base,
        type: 'call-made',
        subjects: [KESTREL, person],
        about: [KESTREL, person],
        by: value === 2 ? TOM : MAYA,
        data: {},
      };
    case 'stage':
      return change(DEAL, { stage: ['Discovery', 'Evaluation', 'Won'][value] ?? 'Won' });
    case 'cases':
      return change(KESTREL, { openCases: value });
    case 'industry':
      return change(KESTREL, { industry: value === 0 ? null : value === 1 ? 'Food' : 'Retail' });
    case 'notice':
      return { ...base, type: 'notice-due', subjects: [KESTREL], about: [KESTREL], data: {} };
    case 'second-deal':
      return change('crm:opportunity:second', {
        name: 'Second',
        stage: ['Discovery', 'Evaluation', 'Won'][value] ?? 'Won',
        amount: { amountMinor: 100_000 * value, currency: 'USD' },
      });
  }
}

/** What must not depend on the order in which facts arrived. */
async function stateOf({ store }: Scenario): Promise<string> {
  const subject = (await store.read(KESTREL))?.subject;
  const openings = Object.values(subject?.openings ?? {}).filter(
    ({ ended }) => ended !== 'corrected',
  );
  openings.sort((a, b) => (a.key < b.key ? -1 : 1));
  return stableJson([subject?.records, subject?.standing, openings]);
}

describe('any order of arrival', () => {
  it('gives the same attributes and openings, also doubled, in batches, and with the clock going on in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 1, maxLength: 25 }),
        fc.infiniteStream(fc.nat(1000)),
        async (happenings, numbers) => {
          const start = (await createKestrel(playbook)).clock.at;
          const facts = happenings.map((one, i) => toFact(one, i, start));
          const inOrder = await createKestrel(playbook);
          for (const fact of [...facts].sort(
            (a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1),
          )) {
            inOrder.clock.at = fact.occurredAt;
            await inOrder.agent.tick();
            await inOrder.agent.record([fact]);
          }
          inOrder.clock.at = start + 61 * 24 * HOUR;
          await inOrder.agent.tick();
          const next = (): number => numbers.next().value as number;
          const doubled = [...facts, ...facts.filter(() => next() % 2 === 0)];
          const shuffled = doubled
            .map((fact) => [next(), fact] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, fact]) => fact);
          const atOnce = await createKestrel(playbook);
          atOnce.clock.at = start + 61 * 24 * HOUR;
          for (let i = 0; i < shuffled.length; ) {
            const size = 1 + (next() % 4);
            await atOnce.agent.record(shuffled.slice(i, i + size));
            i += size;
          }
          await atOnce.agent.tick();
          expect(await stateOf(atOnce)).to.equal(await stateOf(inOrder));
        },
      ),
      RUNS,
    );
  }).timeout(20_000);

  it('a correction never revives a card that was dismissed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 12 }),
        fc.integer({ min: 1, max: 13 * 24 }),
        async (happenings, late) => {
          const scenario = await createKestrel(playbook);
          const start = scenario.clock.at;
          await scenario.agent.record(
            [toFact({ hours: 1, what: 'reply', value: 1 }, 900, start)].map((fact) => ({
              ...fact,
              occurredAt: start,
            })),
          );
          await scenario.pass({ days: 14 });
          const card = (await scenario.decide(KESTREL, MAYA)).shown.find(
            ({ play }) => play === 'silent-buyer',
          );
          if (!card) throw new Error('the card did not open');
          await scenario.answer(card, MAYA, { kind: 'not-relevant', reason: 'boughtElsewhere' });
          // A reply that was logged late: the card should not have opened then, and may open anew later.
          await scenario.agent.record([
            toFact({ hours: late, what: 'reply', value: 1 }, 901, start),
          ]);
          for (const [i, one] of happenings.entries())
            await scenario.agent.record(
              [toFact(one, i, start)].map((fact) => ({
                ...fact,
                occurredAt: Math.min(fact.occurredAt, scenario.clock.at),
              })),
            );
          for (let day = 0; day < 60; day += 5) {
            await scenario.pass({ days: 5 });
            const shown = (await scenario.decide(KESTREL, MAYA)).shown;
            expect(
              shown.filter(({ play, record }) => play === 'silent-buyer' && record === DEAL),
            ).to.deep.equal([]);
          }
        },
      ),
      RUNS,
    );
  }).timeout(20_000);
});

describe('decide', () => {
  it('gives the same bytes in two agents that were told the same in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 20 }), async (happenings) => {
        const bytes: string[] = [];
        for (const _ of [1, 2]) {
          const scenario = await createKestrel(playbook);
          const start = scenario.clock.at;
          scenario.clock.at += 61 * 24 * HOUR;
          for (const [i, one] of happenings.entries())
            await scenario.agent.record([toFact(one, i, start)]);
          bytes.push(
            JSON.stringify([
              await scenario.decide(KESTREL, MAYA),
              await scenario.agent.decide(KESTREL, TOM, { verdicts: 'all' }),
            ]),
          );
        }
        expect(bytes[1]).to.equal(bytes[0]);
      }),
      RUNS,
    );
  }).timeout(20_000);
});
