import { addSpan } from '../../core/span.js';
import type { AllPattern, CountPattern, FirstPattern, Held, Watch } from '../../domain/pattern.js';
import { type Feeding, type Step, toMatched, toOpener } from './feeding.js';

/** The latest of each part is kept: no earlier one lasts longer. */
export function feedAll(
  { all, within, without }: AllPattern,
  watch: Watch,
  feeding: Feeding,
): Step {
  const { fact, named, matches } = feeding;
  const before = keep(watch, without, feeding);
  const held = all.map((part, k) =>
    named && matches(part) ? hold(fact, within, feeding) : (before[k] ?? null),
  );
  return held.every((one) => one) && named
    ? complete(held, feeding)
    : { watch: held.some((one) => one) ? { held } : {} };
}

/** The latest ones are kept, one fewer than are asked for. */
export function feedCount(
  { count, of, within, without }: CountPattern,
  watch: Watch,
  feeding: Feeding,
): Step {
  const { fact, named, matches } = feeding;
  const held = keep(watch, without, feeding).filter((one) => one !== null);
  if (named && matches(of)) held.push(hold(fact, within, feeding));
  if (held.length >= count) return complete(held, feeding);
  return { watch: held.length > 0 ? { held } : {} };
}

export function feedFirst({ first }: FirstPattern, watch: Watch, feeding: Feeding): Step {
  const { fact, named, matches } = feeding;
  if (watch.seen || !named || !matches(first)) return { watch };
  return { watch: { seen: true }, done: { facts: [toMatched(fact)], ...toOpener(fact) } };
}

const hold = (fact: Feeding['fact'], within: CountPattern['within'], { days }: Feeding): Held => ({
  due: addSpan(fact.occurredAt, within, days),
  facts: [toMatched(fact)],
});

/** What is not too old and not given up. */
function keep(
  { held = [] }: Watch,
  without: CountPattern['without'],
  { fact, matches }: Feeding,
): readonly (Held | null)[] {
  if (without && matches(without)) return [];
  return held.map((one) => (one && one.due > fact.occurredAt ? one : null));
}

/** A fact that stands for several parts is told once. */
function complete(held: readonly (Held | null)[], { fact }: Feeding): Step {
  const facts = new Map(held.flatMap((one) => (one?.facts ?? []).map((each) => [each.fact, each])));
  const inOrder = [...facts.values()].sort(
    (a, b) => a.occurredAt - b.occurredAt || (a.fact < b.fact ? -1 : 1),
  );
  return { watch: {}, done: { facts: inOrder, ...toOpener(fact) } };
}
