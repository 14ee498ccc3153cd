import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createMachineTable } from '../src/core/machine/machine-table.js';
import {
  elapseMachine,
  type MachineStep,
  startMachine,
  stepMachine,
} from '../src/core/machine/step-machine.js';
import { playLife } from '../src/deliver/play-life.js';
import type { Situated } from '../src/domain/condition.js';
import type { Response } from '../src/domain/response.js';
import { compilePlaybook } from '../src/plan/compile-playbook.js';
import { acceptancePlaybook } from './acceptance-playbook.js';
import { createKestrel, KESTREL, MAYA, TOM } from './kestrel.js';
import { readPlaybook } from './playbook-folders.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const KEPT_MS = 90 * DAY;
const REPS = [MAYA, TOM];
const DONE_DAYS = 10;
const DISMISSED_DAYS = 25;

const { playbook: documented } = compilePlaybook(readPlaybook('docs/play-life/'), {
  today: '2026-11-02',
});
const table = createMachineTable(documented?.machines?.[0] ?? assert.fail('no machine'));

const play = (trigger: string): string => `
title: Look after {account.name}
why: Something calls for it.
about: account
trigger: ${trigger}
action: { kind: fix, minutes: 10 }
for: team
serves: { satisfaction: { value: 1 } }
expires: 30 days
coolDown: { done: ${DONE_DAYS} days, notRelevant: ${DISMISSED_DAYS} days }
owner: ana@example.com
`;
const playbook = acceptancePlaybook({
  plays: {
    'while-true': play('{ becomes: { openCases: { gte: 1 } } }'),
    'with-rearm': play(
      '{ becomes: { satisfaction: { lt: 5 } }, rearm: { satisfaction: { gte: 7 } } }',
    ),
    'on-event': play('{ event: order-returned, until: { openCases: { gte: 1 } } }'),
  },
});
const PLAYS = ['while-true', 'with-rearm', 'on-event'];

type Step =
  | { readonly values: { readonly openCases: number } | { readonly satisfaction: number } }
  | { readonly event: 'order-returned' }
  | {
      /** Among those that are open; where none is, among those that were. */
      readonly card: number;
      readonly rep: number;
      readonly answer: Response['kind'];
      readonly days: number;
      readonly reason: string;
    }
  | { readonly undo: number }
  | { readonly hours: number }
  | { readonly toNextEnd: true };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        values: fc.oneof(
          fc.record({ openCases: fc.constantFrom(0, 1) }),
          fc.record({ satisfaction: fc.constantFrom(3, 6, 8) }),
        ),
      }),
    },
    fc.constant({ event: 'order-returned' } as const),
    {
      weight: 3,
      arbitrary: fc.record({
        card: fc.nat({ max: 20 }),
        rep: fc.nat({ max: 1 }),
        answer: fc.constantFrom<Response['kind'][]>(
          'done',
          'already-done',
          'not-relevant',
          'not-relevant',
          'snooze',
          'snooze',
          'snooze',
          'snooze',
          'helpful',
        ),
        days: fc.integer({ min: 1, max: 70 }),
        reason: fc.constantFrom('wrongMoment', 'boughtElsewhere'),
      }),
    },
    fc.record({ undo: fc.nat({ max: 20 }) }),
    fc.record({
      hours: fc.oneof(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 900 })),
    }),
    fc.constant({ toNextEnd: true } as const),
  ),
  { minLength: 5, maxLength: 40 },
);

interface Given {
  readonly id: string;
  readonly play: string;
  readonly rep: string;
  readonly opening: string;
  readonly at: number;
  readonly kind: 'snooze' | 'done' | 'notRelevant';
  readonly forAll: boolean;
  readonly until: number;
  undone: boolean;
}

/** The documented machine of one play as one rep sees it, told what happens. */
function createLife(play: string, rep: string, given: readonly Given[], start: number) {
  let triggerHolds = false;
  let now = start;
  const restAt = (at: number): Given | undefined =>
    given
      .filter((one) => one.play === play && !one.undone && (one.forAll || one.rep === rep))
      .filter(({ until }) => until > at)
      .reduce<Given | undefined>(
        (longest, one) => (longest && longest.until >= one.until ? longest : one),
        undefined,
      );
  const situated = (at: number): Situated => ({
    get: (attribute) => {
      const rest = restAt(at);
      return {
        'account.triggerHolds': triggerHolds,
        'account.answer': rest?.kind,
        'account.daysOfRest': rest ? (rest.until - at) / DAY : 0,
      }[attribute];
    },
    children: () => [],
  });
  let step: MachineStep = startMachine(table, situated(start), start);
  return {
    play,
    rep,
    held: () => step.held,
    restAt,
    hasCard: () => !step.held.state.endsWith('no-card') && !isClosed(step.held.state),
    pass(until: number): void {
      const ends = given.map((one) => one.until).filter((end) => end > now && end < until);
      for (const at of [...new Set([...ends, until])].sort((a, b) => a - b)) {
        step = elapseMachine(table, step.held, situated, now, at);
        step = stepMachine(table, step.held, situated(at), at);
        now = at;
      }
    },
    happens(event: string | undefined, holds: boolean): void {
      triggerHolds = holds;
      step = stepMachine(table, step.held, situated(now), now, event);
    },
  };
}

type Life = ReturnType<typeof createLife>;

const isClosed = (state: string): boolean => state === 'armed' || state === 'spent';

/** What triggers of the three plays do when a value changes: told from the definition of each. */
function createTriggers() {
  const values = { openCases: 0, satisfaction: 8 };
  const stands: { [play: string]: boolean } = {};
  return {
    change(
      change: Partial<typeof values>,
    ): readonly (readonly [string, string | undefined, boolean])[] {
      const before = { ...values };
      Object.assign(values, change);
      const told: [string, string | undefined, boolean][] = [];
      if (before.openCases !== values.openCases) {
        const open = values.openCases >= 1;
        told.push(['while-true', open ? 'becomes-true' : 'no-longer-true', open]);
        if (open) told.push(['on-event', 'no-longer-true', false]);
      }
      const [was, is] = [before.satisfaction < 5, values.satisfaction < 5];
      const stood = stands['with-rearm'] ?? false;
      const stand = is || (stood && values.satisfaction < 7);
      stands['with-rearm'] = stand;
      if (is && !stood) told.push(['with-rearm', 'becomes-true', true]);
      else if (was && !is) told.push(['with-rearm', 'no-longer-true', stand]);
      else if (stood !== stand) told.push(['with-rearm', undefined, stand]);
      return told;
    },
    /** Where what ends it holds already, an event opens nothing. */
    opensOnEvent: () => values.openCases < 1,
  };
}

describe('the life of a play', () => {
  it('is in the state in which the documented machine is, whatever happens in whatever order', async () => {
    const seen: { [state: string]: number } = {};
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        const scenario = await createKestrel(playbook);
        const { agent, clock, store } = scenario;
        await agent.record([scenario.values(KESTREL, KESTREL, { openCases: 0, satisfaction: 8 })]);
        const start = clock.at;
        const given: Given[] = [];
        const triggers = createTriggers();
        const lives = PLAYS.flatMap((play) =>
          REPS.map((rep) => createLife(play, rep, given, start)),
        );
        const readAccount = async () =>
          (await store.read(KESTREL))?.subject ?? assert.fail('no account');
        const pass = async (ms: number): Promise<void> => {
          clock.at += ms;
          await agent.tick();
          for (const life of lives) life.pass(clock.at);
        };
        const tell = (play: string, event: string | undefined, holds: boolean): void => {
          for (const life of lives) if (life.play === play) life.happens(event, holds);
        };
        /** Without an event: an answer says something else now. */
        const retell = (): void => {
          for (const life of lives) life.pass(clock.at);
        };
        for (const [number, step] of story.entries()) {
          await pass(60_000);
          if ('hours' in step) await pass(step.hours * HOUR);
          else if ('toNextEnd' in step) {
            const { openings } = await readAccount();
            const ends = [
              ...given.map(({ until }) => until),
              ...Object.values(openings).map(({ begin }) => begin + 30 * DAY),
            ].filter((at) => at > clock.at);
            if (ends.length > 0) await pass(Math.min(...ends) - clock.at);
          } else if ('values' in step) {
            await agent.record([scenario.values(KESTREL, KESTREL, step.values)]);
            for (const one of triggers.change(step.values)) tell(...one);
          } else if ('event' in step) {
            await agent.record([scenario.fact(step.event, [KESTREL])]);
            if (triggers.opensOnEvent()) tell('on-event', 'becomes-true', false);
          } else if ('undo' in step) {
            const one = given[step.undo % (given.length || 1)];
            if (!one) continue;
            const { status } = await agent.respond({
              ...{ id: `undo-${number}`, play: one.play, record: KESTREL, account: KESTREL },
              ...{ opening: one.opening, asker: one.rep, occurredAt: clock.at },
              response: { kind: 'undo', of: one.id },
            });
            if (status === 'recorded') one.undone = true;
            retell();
          } else {
            const { answer, days, reason, card } = step;
            const rep = REPS[step.rep] ?? '';
            const all = Object.values((await readAccount()).openings);
            const open = all.filter(({ end }) => end === undefined);
            const among = open.length > 0 ? open : all;
            const { key: opening, play } = among[card % among.length] ?? {};
            if (!opening || !play) continue;
            const day = Math.floor(clock.at / DAY) + days;
            const response = (
              answer === 'snooze'
                ? { kind: answer, until: new Date(day * DAY).toISOString().slice(0, 10) }
                : answer === 'not-relevant'
                  ? { kind: answer, reason }
                  : { kind: answer }
            ) as Response;
            const id = `answer-${String(number).padStart(3, '0')}`;
            await agent.respond({
              ...{ id, play, record: KESTREL, account: KESTREL, opening, asker: rep },
              ...{ occurredAt: clock.at, response },
            });
            const life = lives.find((one) => one.play === play && one.rep === rep);
            if (answer === 'helpful' || !life?.hasCard()) continue;
            const done = answer === 'done' || answer === 'already-done';
            given.push({
              ...{ id, play, rep, opening, at: clock.at, undone: false },
              kind: done ? 'done' : answer === 'snooze' ? 'snooze' : 'notRelevant',
              forAll: done || (answer === 'not-relevant' && reason === 'boughtElsewhere'),
              until:
                answer === 'snooze'
                  ? day * DAY
                  : clock.at + (done ? DONE_DAYS : DISMISSED_DAYS) * DAY,
            });
            retell();
          }
          const account = await readAccount();
          for (const { play, rep, held, hasCard, restAt } of lives) {
            const own = playbook.plays.find(({ id }) => id === play) ?? assert.fail(play);
            const life = playLife(account, own, KESTREL, rep, clock.at);
            const { state, since } = held();
            const where = `${play}, ${rep}, step ${number}`;
            assert.equal(life.state, state.replace('-no-card', ''), where);
            assert.equal(life.opening !== undefined, hasCard(), where);
            const rest = restAt(clock.at);
            const entered = since[1] ?? Number.NaN;
            if (rest) {
              assert.deepEqual([life.since, life.until], [rest.at, rest.until], where);
              assert.equal(life.answer?.id, rest.id, where);
            } else if (hasCard())
              assert.deepEqual([life.since, life.until], [entered, entered + 30 * DAY], where);
            else {
              const known = entered !== start && clock.at - entered < KEPT_MS;
              assert.equal(life.since, known ? entered : undefined, where);
            }
            seen[state] = (seen[state] ?? 0) + 1;
          }
          const { play, rep, held, hasCard, restAt } = lives[number % lives.length] as Life;
          const { stage, life } = await agent.why(play, KESTREL, rep);
          assert.equal(life?.state, held().state.replace('-no-card', ''));
          assert.equal(stage === 'answered', restAt(clock.at) !== undefined && hasCard());
        }
      }),
      { seed: 20_261_102, numRuns: 80 },
    );
    for (const { id } of table.leaves) assert.ok((seen[id] ?? 0) > 5, `${id}: ${seen[id] ?? 0}`);
  });
});
