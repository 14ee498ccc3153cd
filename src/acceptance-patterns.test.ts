import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { createKestrel, DANA, DEAL, KESTREL, MAYA, seller } from '../test/kestrel.js';
import type { Scenario } from '../test/scenario.js';
import { advance } from './advance.js';
import { stableJson } from './core/stable-json.js';
import { createSubject } from './create-subject.js';
import { type Fact, noteFact } from './domain/fact.js';
import type { Opening } from './domain/subject.js';
import type { JsonObject } from './domain/value.js';
import { createModel, EMPTY_PLAYBOOK } from './model.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const play = (trigger: string, about = 'account'): string => `
title: Do it
why: It is time.
about: ${about}
trigger: ${trigger}
action: { kind: prepare, minutes: 5 }
for: owner
serves: { revenue: { value: 5000 } }
expires: 20 days
coolDown: { done: 1 day, notRelevant: 1 day }
owner: ana@example.com
`;
const PLAYS = {
  'no-call': play(
    '{ pattern: { sequence: [proposal-sent, { no: call-made, within: 2 working days }] }, until: { stage: Won } }',
    'opportunity',
  ),
  'price-page': play(
    '{ pattern: { count: 3, of: { event: page-visited, where: { page: pricing } }, within: 7 days } }',
  ),
  trio: play(
    '{ pattern: { all: [page-visited, email-received, survey-answered], within: 30 days, without: case-opened } }',
  ),
  'first-order': play('{ pattern: { first: { event: purchase, where: { product: big } } } }'),
  'before-meeting': play(
    '{ at: { before: 30 minutes, time: startsAt, of: meeting-booked, key: meeting, cancelledBy: meeting-cancelled } }',
  ),
  'after-meeting': play(
    '{ at: { after: 30 minutes, time: startsAt, of: meeting-booked, key: meeting, cancelledBy: meeting-cancelled } }',
  ),
};
const playbook = acceptancePlaybook({ plays: PLAYS });

async function openingsOf({ store }: Scenario, id: string): Promise<readonly Opening[]> {
  const subject = (await store.read(KESTREL))?.subject;
  return Object.values(subject?.openings ?? {}).filter((opening) => opening.play === id);
}
/** Hours after the start, and how it ended. */
async function tellOf(scenario: Scenario, id: string, start: number): Promise<readonly string[]> {
  const told = await openingsOf(scenario, id);
  return told.map(({ begin, ended = 'open' }) => `${(begin - start) / HOUR}h ${ended}`).sort();
}

describe('quote sent, then no call within 2 working days', () => {
  async function quote(): Promise<{ readonly scenario: Scenario; readonly start: number }> {
    const scenario = await createKestrel(playbook);
    const { agent, fact, clock } = scenario;
    const start = clock.at; // Monday 09:00
    await agent.record([fact('proposal-sent', [KESTREL, DEAL], {}, seller(MAYA))]);
    return { scenario, start };
  }
  it('opens on Wednesday at the same time, and shows what was sent', async () => {
    const { scenario, start } = await quote();
    await scenario.pass({ hours: 47 });
    expect(await tellOf(scenario, 'no-call', start)).to.deep.equal([]);
    await scenario.pass({ days: 9 });
    expect(await tellOf(scenario, 'no-call', start)).to.deep.equal(['48h open']);
    const [opening] = await openingsOf(scenario, 'no-call');
    expect(opening?.event?.type).to.equal('proposal-sent');
    expect(opening?.matched).to.have.length(1);
    const shown = (await scenario.decide(KESTREL, MAYA)).shown.map(({ play: id }) => id);
    expect(shown).to.include('no-call');
  });
  it('stays closed after a call, and closes when until holds', async () => {
    const { scenario, start } = await quote();
    await scenario.pass({ hours: 5 });
    await scenario.agent.record([scenario.fact('call-made', [KESTREL, DANA], {}, seller(MAYA))]);
    await scenario.pass({ days: 9 });
    expect(await tellOf(scenario, 'no-call', start)).to.deep.equal([]);
    const second = await quote();
    await second.scenario.pass({ days: 3 });
    await second.scenario.agent.record([second.scenario.values(DEAL, KESTREL, { stage: 'Won' })]);
    expect(await tellOf(second.scenario, 'no-call', second.start)).to.deep.equal(['48h until']);
  });
  it('is withdrawn as corrected by a call that is logged late', async () => {
    const { scenario, start } = await quote();
    await scenario.pass({ days: 3 });
    const call = scenario.fact('call-made', [KESTREL], {}, { occurredAt: start + 20 * HOUR });
    const { withdrawn } = await scenario.agent.record([call]);
    expect(withdrawn).to.have.length(1);
    expect(await tellOf(scenario, 'no-call', start)).to.deep.equal(['48h corrected']);
  });
  it('is published after the quote: what is not over yet opens, what was over does not', async () => {
    const scenario = await createKestrel(acceptancePlaybook());
    const { agent, fact, clock, pass } = scenario;
    const start = clock.at;
    await agent.record([fact('proposal-sent', [KESTREL, DEAL])]);
    await pass({ days: 1 });
    await agent.publish(playbook);
    await pass({ days: 3 });
    expect(await tellOf(scenario, 'no-call', start)).to.deep.equal(['48h open']);
    const late = await createKestrel(acceptancePlaybook());
    await late.agent.record([late.fact('proposal-sent', [KESTREL, DEAL])]);
    await late.pass({ days: 5 });
    await late.agent.publish(playbook);
    await late.pass({ days: 5 });
    expect(await openingsOf(late, 'no-call')).to.deep.equal([]);
  });
});

describe('three visits, the first purchase, meetings', () => {
  it('a third visit that is told late opens what should have opened', async () => {
    const scenario = await createKestrel(playbook);
    const { agent, fact, clock, pass } = scenario;
    const start = clock.at;
    const visit = (hours: number): Fact =>
      fact('page-visited', [KESTREL], { page: 'pricing' }, { occurredAt: start + hours * HOUR });
    await pass({ days: 5 });
    await agent.record([visit(1), visit(50)]);
    expect(await tellOf(scenario, 'price-page', start)).to.deep.equal([]);
    await agent.record([visit(20)]);
    expect(await tellOf(scenario, 'price-page', start)).to.deep.equal(['50h open']);
  });
  it('a card shows every visit with its day, and what a meeting says of its start', async () => {
    const scenario = await createKestrel(playbook);
    const { agent, fact, clock, pass } = scenario;
    const start = clock.at;
    await pass({ hours: 3 });
    for (const hours of [0, 1, 2]) {
      const when = { occurredAt: start + hours * HOUR };
      await agent.record([fact('page-visited', [KESTREL], { page: 'pricing' }, when)]);
    }
    const [visits] = (await scenario.decide(KESTREL, MAYA)).shown;
    const hours = (at: string): number => (Date.parse(at) - start) / HOUR;
    expect(visits?.play).to.equal('price-page');
    expect(visits?.changed?.matched?.map(({ at }) => hours(at))).to.deep.equal([0, 1, 2]);
    expect(visits?.evidence.map(({ at }) => hours(at))).to.deep.equal([2, 1, 0]);
    const startsAt = new Date(clock.at + 0.4 * HOUR).toISOString();
    await agent.record([fact('meeting-booked', [KESTREL], { startsAt })]);
    const [meeting] = (await scenario.decide(KESTREL, MAYA)).shown;
    expect(meeting?.play).to.equal('before-meeting');
    expect(meeting?.changed?.moment).to.equal(startsAt);
  });
  it('the first purchase is not first when one came before the play was published', async () => {
    const scenario = await createKestrel(acceptancePlaybook());
    const { agent, fact, pass } = scenario;
    await agent.record([fact('purchase', [KESTREL], { product: 'big' })]);
    await pass({ days: 1 });
    await agent.publish(playbook);
    await agent.record([fact('purchase', [KESTREL], { product: 'big' })]);
    expect(await openingsOf(scenario, 'first-order')).to.deep.equal([]);
  });
  it('a meeting brings a card before and after it; moved, it takes back the one that came', async () => {
    const scenario = await createKestrel(playbook);
    const { agent, fact, clock, pass } = scenario;
    const start = clock.at;
    const book = (hours: number): Fact =>
      fact('meeting-booked', [KESTREL], {
        meeting: 'm1',
        startsAt: new Date(start + hours * HOUR).toISOString(),
      });
    await agent.record([book(4)]);
    await pass({ hours: 3.6 });
    expect(await tellOf(scenario, 'before-meeting', start)).to.deep.equal(['3.5h open']);
    await agent.record([book(30)]);
    expect(await tellOf(scenario, 'before-meeting', start)).to.deep.equal(['3.5h until']);
    await pass({ days: 3 });
    expect(await tellOf(scenario, 'before-meeting', start)).to.deep.equal([
      '29.5h open',
      '3.5h until',
    ]);
    expect(await tellOf(scenario, 'after-meeting', start)).to.deep.equal(['30.5h open']);
  });
});

describe('patterns in any order of arrival', () => {
  const happening = fc.record({
    hours: fc.integer({ min: 1, max: 24 * 20 }),
    what: fc.constantFrom<readonly [string, JsonObject, boolean]>(
      ['proposal-sent', {}, true],
      ['proposal-sent', {}, true],
      ['call-made', {}, false],
      ['call-made', {}, true],
      ['page-visited', { page: 'pricing' }, false],
      ['page-visited', { page: 'pricing' }, false],
      ['email-received', {}, false],
      ['survey-answered', {}, false],
      ['case-opened', {}, false],
      ['purchase', { product: 'big' }, false],
      ['meeting-booked', { meeting: 'm1', startsAt: '2026-11-09T10:00:00Z' }, false],
      ['meeting-booked', { meeting: 'm1', startsAt: '2026-11-12T10:00:00Z' }, false],
      ['meeting-cancelled', { meeting: 'm1' }, false],
    ),
  });
  const toFact = (
    {
      hours,
      what: [type, data, ofDeal],
    }: { hours: number; what: readonly [string, JsonObject, boolean] },
    i: number,
    start: number,
  ): Fact =>
    noteFact(
      {
        id: `h${String(i).padStart(3, '0')}`,
        type,
        subjects: [KESTREL],
        about: ofDeal ? [KESTREL, DEAL] : [KESTREL],
        data,
        learnedAt: start + 40 * DAY,
        occurredAt: start + hours * HOUR,
      },
      start,
    );
  async function stateOf({ store }: Scenario): Promise<string> {
    const subject = (await store.read(KESTREL))?.subject;
    const openings = Object.values(subject?.openings ?? {}).filter(
      ({ ended }) => ended !== 'corrected',
    );
    openings.sort((a, b) => (a.key < b.key ? -1 : 1));
    return stableJson([subject?.patterns, openings]);
  }

  it('remember the same and open the same, also doubled, in batches, and after downtime', async () => {
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 3, maxLength: 25 }),
        fc.infiniteStream(fc.nat(1000)),
        async (happenings, numbers) => {
          const next = (): number => numbers.next().value as number;
          const inOrder = await createKestrel(playbook);
          const start = inOrder.clock.at;
          const facts = happenings.map((one, i) => toFact(one, i, start));
          for (const fact of facts.toSorted(
            (a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1),
          )) {
            inOrder.clock.at = fact.occurredAt;
            if (next() % 2 === 0) await inOrder.agent.tick();
            await inOrder.agent.record([fact]);
          }
          inOrder.clock.at = start + 40 * DAY;
          await inOrder.agent.tick();
          const shuffled = [...facts, ...facts.filter(() => next() % 2 === 0)]
            .map((fact) => [next(), fact] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, fact]) => fact);
          const atOnce = await createKestrel(playbook);
          atOnce.clock.at = start + 40 * DAY;
          for (let i = 0; i < shuffled.length; ) {
            const size = 1 + (next() % 4);
            await atOnce.agent.record(shuffled.slice(i, i + size));
            i += size;
          }
          await atOnce.agent.tick();
          expect(await stateOf(atOnce)).to.equal(await stateOf(inOrder));
          opened += (
            await Promise.all(Object.keys(PLAYS).map((id) => openingsOf(inOrder, id)))
          ).flat().length;
        },
      ),
      { numRuns: 25, seed: 20261122 },
    );
    expect(opened).to.be.greaterThan(50);
  }).timeout(20_000);
});

describe('late facts beside the rule of Flink, with a bound of 5 days', () => {
  it('of 10, 17, 12, 30, 11 the last is too late; the others are taken in the order of their times', () => {
    // Flink drops what is behind the watermark to a side output; here it still makes attributes, and is counted.
    const model = createModel({ ...EMPTY_PLAYBOOK, version: 'v1', correctionDays: 5 });
    const arrivals = [10, 17, 12, 30, 11];
    const facts = arrivals.map((day, i) =>
      noteFact(
        {
          id: 'abcde'[i] ?? '',
          type: 'note-added',
          subjects: [KESTREL],
          data: {},
          occurredAt: day * DAY,
          learnedAt: Math.max(...arrivals.slice(0, i + 1)) * DAY,
        },
        0,
      ),
    );
    const published = noteFact(
      { id: 'p', type: 'published', subjects: [KESTREL], data: { version: 'v1' } },
      0,
    );
    const late = facts.filter(({ learnedAt, occurredAt }) => learnedAt - occurredAt > 5 * DAY);
    expect(late.map(({ id }) => id)).to.deep.equal(['e']);
    const inOrder = facts.toSorted((a, b) => a.occurredAt - b.occurredAt);
    const subject = advance(createSubject(KESTREL), {
      facts: [published, ...inOrder],
      now: 30 * DAY,
      model: () => model,
    });
    expect(subject.tooLate).to.equal(1);
    expect(inOrder.filter((fact) => !late.includes(fact)).map(({ id }) => id)).to.deep.equal([
      ...['a', 'c', 'b'],
      'd', // Flink holds it back until its watermark passes 30; here nothing waits
    ]);
  });
});
