import { addSpan, type Days } from '../../core/span.js';
import type { Fact } from '../../domain/fact.js';
import type { EventTests, Pattern, SequencePattern, Span } from '../../domain/pattern.js';

/** Facts by their place in the stream: one match, and the moment at which it is complete. */
interface Match {
  readonly places: readonly number[];
  readonly at: number;
}

type NoneOf = (
  tests: EventTests | undefined,
  after: number,
  upTo: number,
  chosen?: readonly number[],
) => boolean;

/**
 * What is complete when, by definition: every way of choosing facts for the parts of the pattern is tried. After a
 * completion nothing that came up to then is chosen again. Gives moments alone, for which choice among many is told is
 * a matter of its own.
 */
export function completeByDefinition(
  pattern: Pattern,
  facts: readonly Fact[],
  until: number,
  days: Days,
): readonly number[] {
  const moments: number[] = [];
  /** Of the first fact that may still be used. */
  let from = 0;
  let quietSince = facts[0]?.occurredAt ?? 0;
  for (;;) {
    const match = soonest(matches(pattern, facts, from, quietSince, days), until);
    if (!match) return moments;
    moments.push(match.at);
    quietSince = match.at;
    const last = match.places.at(-1) ?? 0;
    // What comes at the moment at which a silence is over comes after it.
    const isSilence = (facts[last]?.occurredAt ?? 0) !== match.at || endsInSilence(pattern);
    from = isSilence ? facts.filter(({ occurredAt }) => occurredAt < match.at).length : last + 1;
    if ('first' in pattern) return moments;
  }
}

const endsInSilence = (pattern: Pattern): boolean => {
  const last = 'sequence' in pattern ? pattern.sequence.at(-1) : undefined;
  return last !== undefined && 'no' in last;
};

function soonest(found: readonly Match[], until: number): Match | undefined {
  return found
    .filter(({ at }) => at <= until)
    .sort((a, b) => a.at - b.at || (a.places.at(-1) ?? 0) - (b.places.at(-1) ?? 0))[0];
}

/** Whether it is one of these, beside the facts that were chosen for the steps before. */
const is = (
  fact: Fact | undefined,
  tests: EventTests = [],
  chosen: readonly (Fact | undefined)[] = [],
): boolean =>
  tests.some(
    ({ event, compare = [] }) =>
      event === fact?.type &&
      compare.every(({ field, is: how, step, of }) => {
        const [a, b] = [fact.data[field], chosen[step]?.data[of]];
        if (a === undefined || b === undefined || a === null || b === null) return false;
        const order = a === b ? 0 : a < b ? -1 : 1;
        return {
          eq: order === 0,
          ne: order !== 0,
          gt: order > 0,
          gte: order >= 0,
          lt: order < 0,
          lte: order <= 0,
        }[how];
      }),
  );

function matches(
  pattern: Pattern,
  facts: readonly Fact[],
  from: number,
  quietSince: number,
  days: Days,
): readonly Match[] {
  const timeOf = (place: number): number => facts[place]?.occurredAt ?? Number.NaN;
  const isNear = (first: number, last: number, within: Span | undefined): boolean =>
    !within || timeOf(last) < addSpan(timeOf(first), within, days);
  /** Facts after the one place, up to and including the other. */
  const noneOf: NoneOf = (tests, after, upTo, chosen = []) =>
    facts.every(
      (fact, place) =>
        place <= after ||
        place > upTo ||
        !is(
          fact,
          tests,
          chosen.map((one) => facts[one]),
        ),
    );
  const places = facts.map((_, place) => place).filter((place) => place >= from);

  if ('first' in pattern)
    return facts
      .flatMap((fact, place) => (is(fact, pattern.first) ? [place] : []))
      .slice(0, 1)
      .map((place) => ({ places: [place], at: timeOf(place) }));

  const parts: readonly EventTests[] =
    'count' in pattern
      ? Array.from({ length: pattern.count }, () => pattern.of)
      : 'all' in pattern
        ? pattern.all
        : pattern.sequence.flatMap((step) => ('one' in step ? [step.one] : []));
  const inOrder = !('all' in pattern);
  const choices = parts.reduce<readonly (readonly number[])[]>(
    (chosen, part) =>
      chosen.flatMap((earlier) =>
        places
          .filter((place) =>
            is(
              facts[place],
              part,
              earlier.map((one) => facts[one]),
            ),
          )
          .filter((place) => !inOrder || place > (earlier.at(-1) ?? -1))
          .map((place) => [...earlier, place]),
      ),
    [[]],
  );
  return choices.flatMap((chosen): readonly Match[] => {
    const [first, last] = [Math.min(...chosen), Math.max(...chosen)];
    if (!isNear(first, last, pattern.within)) return [];
    const match = { places: [...chosen].sort((a, b) => a - b), at: timeOf(last) };
    if ('sequence' in pattern)
      return ofSequence(pattern, chosen, match, { facts, from, quietSince, days, noneOf });
    return noneOf(pattern.without, first, last) ? [match] : [];
  });
}

function ofSequence(
  { sequence, strict, without }: SequencePattern,
  chosen: readonly number[],
  match: Match,
  {
    facts,
    from,
    quietSince,
    days,
    noneOf,
  }: {
    readonly facts: readonly Fact[];
    readonly from: number;
    readonly quietSince: number;
    readonly days: Days;
    readonly noneOf: NoneOf;
  },
): readonly Match[] {
  const [first = 0, last = 0] = [chosen[0], chosen.at(-1)];
  if (strict && last - first !== chosen.length - 1) return [];
  if (!noneOf(without, first, last)) return [];
  let k = -1;
  let at = match.at;
  for (const step of sequence) {
    if ('one' in step) k++;
    else if (k < 0) {
      const broken = facts.findLastIndex((fact, place) => place < first && is(fact, step.no));
      const since = broken >= from ? (facts[broken]?.occurredAt ?? 0) : quietSince;
      const quiet = step.within ?? { ms: 0 };
      if (addSpan(since, quiet, days) > (facts[first]?.occurredAt ?? 0)) return [];
    } else if (step.within) {
      const over = addSpan(match.at, step.within, days);
      const before = facts.findLastIndex(({ occurredAt }) => occurredAt < over);
      if (!noneOf([...step.no, ...(without ?? [])], last, before, chosen)) return [];
      at = over;
    } else if (!noneOf(step.no, chosen[k] ?? 0, chosen[k + 1] ?? 0, chosen.slice(0, k + 1)))
      return [];
  }
  return [{ ...match, at }];
}
