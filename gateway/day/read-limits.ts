import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { OpportuneError, type Playbook } from 'opportune';
import { formatProblem, readSettings } from 'opportune/plan';
import { dayOfDate, startOfDay } from '../../src/core/zone.js';
import type { DayProblem, Hand } from '../../src/day/day-problem.js';
import { timeOfDay } from '../digest/time-of-day.js';
import { LIMITS_SHAPE } from './limits-shape.js';

interface Span {
  readonly from: number;
  readonly until: number;
}

/** A rep's own time; what is absent is as for all. */
export interface RepTime {
  readonly zone?: string;
  readonly hours?: readonly Span[];
  /** Days since 1970-01-01. */
  readonly away: readonly number[];
  readonly busy: readonly Span[];
}

export interface PlanLimits {
  /** Milliseconds after midnight on the rep's clock. */
  readonly hours: readonly Span[];
  readonly reps: ReadonlyMap<string, RepTime>;
  /** The folder with the calendars of reps. */
  readonly calendars?: string;
  readonly load: NonNullable<DayProblem['load']>;
  readonly tried: NonNullable<DayProblem['tried']> & { readonly plays: ReadonlySet<string> };
  /** Money in minor units. */
  readonly floors: readonly {
    readonly goal: string;
    readonly least: number;
    readonly team?: string;
  }[];
  readonly hands: readonly Hand[];
}

interface Written {
  readonly hours?: readonly string[];
  readonly calendars?: string;
  readonly reps?: {
    readonly [id: string]: {
      readonly zone?: string;
      readonly hours?: readonly string[];
      readonly away?: readonly string[];
      readonly busy?: readonly { readonly from: string; readonly until: string }[];
    };
  };
  readonly load?: PlanLimits['load'];
  readonly tried?: {
    readonly plays: readonly string[];
    readonly perDay?: number;
    readonly perPlay?: number;
  };
  readonly floors?: PlanLimits['floors'];
  readonly pin?: readonly { readonly card: string; readonly day?: string; readonly at?: string }[];
  readonly exclude?: readonly string[];
  readonly order?: readonly {
    readonly rep: string;
    readonly day: string;
    readonly cards: readonly string[];
  }[];
}

const DEFAULT_HOURS = ['09:00-17:00'];
/** A quarter of the day is left for what nobody foresees, and no day is a list without end. */
const DEFAULT_LOAD = { minutes: 360, items: 20 };

/**
 * The limits in a YAML file, or the usual ones without a file.
 * @throws OpportuneError `opportune/limits` with the first thing that is wrong.
 */
export function readLimits(file: string | undefined, playbook: Playbook): PlanLimits {
  const written = file === undefined ? {} : readWritten(file);
  const fail = (what: string, remedy: string): never => {
    throw new OpportuneError('opportune/limits', what, { where: file ?? '', remedy });
  };
  const dayOf = (text: string): number => {
    const day = dayOfDate(text);
    return Number.isNaN(day) ? fail(`"${text}" is no day`, 'Write it as 2026-12-01') : day;
  };
  const spanOf = ({ from, until }: { readonly from: string; readonly until: string }): Span => {
    const span = { from: Date.parse(from), until: Date.parse(until) };
    return span.from < span.until
      ? span
      : fail(`${from} does not come before ${until}`, 'Correct the entry of busy');
  };
  const hoursOf = (texts: readonly string[]): readonly Span[] =>
    texts.map((text) => {
      const [from = '', until = ''] = text.split('-');
      const span = { from: timeOfDay(from), until: timeOfDay(until) };
      return span.from < span.until
        ? span
        : fail(`the hours ${text} end before they begin`, 'Write them as "09:00-17:00"');
    });
  const zoneOf = (zone: string): string => {
    startOfDay(0, zone);
    return zone;
  };
  const { tried, pin = [], exclude = [], order = [] } = written;
  for (const play of tried?.plays ?? [])
    if (!playbook.plays.some(({ id }) => id === play))
      fail(`tried: there is no play "${play}"`, 'Name plays by their ids');
  return {
    hours: hoursOf(written.hours ?? DEFAULT_HOURS),
    reps: new Map(
      Object.entries(written.reps ?? {}).map(([id, { zone, hours, away = [], busy = [] }]) => [
        id,
        {
          ...(zone !== undefined && { zone: zoneOf(zone) }),
          ...(hours && { hours: hoursOf(hours) }),
          away: away.map(dayOf),
          busy: busy.map(spanOf),
        },
      ]),
    ),
    ...(written.calendars !== undefined && {
      calendars: resolve(dirname(file ?? ''), written.calendars),
    }),
    load: written.load ?? DEFAULT_LOAD,
    tried: { ...tried, plays: new Set(tried?.plays) },
    floors: (written.floors ?? []).map(({ goal, least, ...rest }) => {
      const known =
        playbook.goals.find(({ id }) => id === goal) ??
        fail(
          `floors: there is no goal "${goal}"`,
          `Use one of ${playbook.goals.map(({ id }) => id).join(', ')}`,
        );
      const unit = known.unit === 'money' ? minorUnits(playbook.currency) : 1;
      return { goal, least: least * unit, ...rest };
    }),
    hands: [
      ...pin.map(
        ({ card, day, at }): Hand => ({
          kind: 'pin',
          candidate: card,
          ...(day !== undefined && { day: dayOf(day) }),
          ...(at !== undefined && { at: Date.parse(at) }),
        }),
      ),
      ...exclude.map((card): Hand => ({ kind: 'exclude', candidate: card })),
      ...order.map(
        ({ rep, day, cards }): Hand => ({
          kind: 'order',
          rep,
          day: dayOf(day),
          candidates: cards,
        }),
      ),
    ],
  };
}

function readWritten(file: string): Written {
  const { value, problems } = readSettings(file, readFileSync(file, 'utf8'), LIMITS_SHAPE);
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  if (value === undefined || problem)
    throw new OpportuneError('opportune/limits', problem ? formatProblem(problem) : 'it is empty', {
      where: file,
      remedy: 'Correct the file, or leave --limits out',
    });
  return value as Written;
}

function minorUnits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}
