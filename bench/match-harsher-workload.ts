import type { MatcherAttribute } from '../src/core/matcher/create-matcher.js';
import type { Entry } from '../src/core/matcher.js';
import { createRandom } from '../src/core/random.js';
import { dateOfDay } from '../src/core/zone.js';
import type { Condition } from '../src/domain/condition.js';
import type { AttributeValue } from '../src/domain/value.js';
import { DAYS, inOrder, type MatchWorkload, TODAY } from './match-workload.js';

/** An attribute with how to draw a value, if it has one of its own, and a test of it. */
type Extra = readonly [
  string,
  MatcherAttribute['type'],
  (() => AttributeValue) | undefined,
  (id: string) => Condition,
];

const TOPICS = Array.from({ length: 30 }, (_, i) => `topic_${i}`);
const NAMES = ['Kestrel', 'Ostro', 'Müller', 'Ångström', 'Novak', 'Lindqvist', 'Okafor', 'Tanaka'];

/** Shares of values that are missing, of plays that ask for dates, lists or texts too, and of plays nested five deep. */
export interface Shape {
  readonly missing: number;
  readonly special: number;
  readonly nested: number;
}

/** The same plays and accounts made harder. */
export function harsherWorkload(plain: MatchWorkload, seed: number, shape: Shape): MatchWorkload {
  const random = createRandom(`harsher ${seed}`);
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const chance = (share: number): boolean => random() < share;

  const extra: Extra[] = [
    ...['renewal', 'lastVisit', 'signed'].map(
      (id) =>
        [
          id,
          'date',
          () => dateOfDay(TODAY + below(400) - 200),
          (attribute: string) => {
            const from = TODAY + below(380) - 200;
            return { attribute, range: chance(0.5) ? { gte: from, lt: from + 30 } : { gte: from } };
          },
        ] as const,
    ),
    ...(['daysSinceVisit', 'daysToRenewal'] as const).map(
      (id) =>
        [
          id,
          'number',
          undefined,
          (attribute: string) => {
            const from = below(180);
            return { attribute, range: chance(0.5) ? { gte: from } : { gte: from, lt: from + 30 } };
          },
        ] as const,
    ),
    ...['topics', 'owned'].map(
      (id) =>
        [
          id,
          'multi',
          () => TOPICS.filter(() => chance(0.1)),
          (attribute: string): Condition =>
            pick<Condition>([
              { attribute, in: [pick(TOPICS), pick(TOPICS)] },
              { attribute, hasAll: [pick(TOPICS)] },
              { attribute, hasNone: [pick(TOPICS), pick(TOPICS)] },
            ]),
        ] as const,
    ),
    [
      'name',
      'text',
      () => `${pick(NAMES)} ${pick(NAMES)} ${below(50)}`,
      (attribute) =>
        chance(0.7)
          ? { attribute, startsWith: pick(NAMES).toLowerCase() }
          : { attribute, textIn: [`${pick(NAMES)} ${pick(NAMES)} 7`.toLowerCase()] },
    ],
  ];
  const harder = ({ id, when }: Entry): Entry => {
    const added = pick(extra)[3];
    const test = (): Condition => {
      const one = pick(extra);
      return one[3](one[0]);
    };
    if (chance(shape.nested)) {
      const other = plain.entries[below(plain.entries.length)]?.when ?? when;
      const deep: Condition = {
        any: [
          { all: [when, { not: { any: [test(), { all: [other, test()] }] } }] },
          { all: [other, { not: when }, test()] },
        ],
      };
      return { id, when: deep };
    }
    if (!chance(shape.special) || !added) return { id, when };
    const parts = 'all' in when ? when.all : [when];
    return {
      id,
      when: {
        all: [
          ...parts,
          chance(0.2)
            ? { not: test() }
            : chance(0.15)
              ? { attribute: 'tier', missing: true }
              : test(),
        ],
      },
    };
  };
  const harsh = (value: AttributeValue | undefined): AttributeValue | undefined =>
    chance(shape.missing) ? undefined : value;
  const records = plain.records.map((record) => {
    const values: { [attribute: string]: AttributeValue | undefined } = {};
    for (const [id, value] of Object.entries(record)) values[id] = harsh(value);
    for (const [id, , draw] of extra) if (draw) values[id] = harsh(draw());
    // As a CRM answers: what is missing is null.
    return JSON.parse(
      JSON.stringify(values, (_, value: unknown) => (value === undefined ? null : value)),
    ) as MatchWorkload['records'][number];
  });
  const moves = plain.changes.map(({ record, attribute, to }) => {
    const [id, , draw] = pick(extra);
    return draw && chance(0.2)
      ? ([record, id, harsh(draw())] as const)
      : ([record, attribute, harsh(to)] as const);
  });
  return {
    entries: plain.entries.map(harder),
    attributes: [...plain.attributes, ...extra.map(([id, type]) => declare(id, type))],
    records,
    changes: inOrder(records, moves),
    source: plain.source,
  };
}

function declare(id: string, type: MatcherAttribute['type']): MatcherAttribute {
  const days = DAYS[id];
  if (!days) return { id, type };
  const op = days.sign > 0 ? 'days-since-date' : 'days-until-date';
  return { id, type, derive: { op, attribute: days.source } };
}
