import { addSpan } from '../../core/span.js';
import { stableJson } from '../../core/stable-json.js';
import type { Held, KeptValues, Waiting, Watch } from '../../domain/pattern.js';
import { readField, slotOf } from './compare.js';
import { MOST_BEGINNINGS, type SequencePlan } from './compile-patterns.js';
import { type Feeding, type Step, toMatched, toOpener } from './feeding.js';

/**
 * Of each length the beginning that may last longest is kept, and none besides: whatever gives up one of that length gives
 * up all of them, so that the others could complete nothing that this one cannot. Of those that wait for a silence to
 * be over the first is kept: what breaks it breaks all of them, and where nothing does it is over first. Where later
 * steps compare with fields of earlier ones this is so among those that have the same values: one is kept for each, and
 * of these the {@link MOST_BEGINNINGS} that may last longest.
 */
export function feedSequence(plan: SequencePlan, watch: Watch, feeding: Feeding): Step {
  const { steps, quiet, ending, without, strict } = plan;
  const { fact, named, matches, days } = feeding;
  const at = fact.occurredAt;
  const givenUp = without !== undefined && matches(without);
  const before = (watch.held ?? []).filter((one): one is Held => {
    const no = steps[(one?.facts.length ?? 0) - 1]?.no ?? [];
    return one !== null && one.due > at && !givenUp && !matches(no, one.values);
  });
  let waiting = [...(watch.waiting ? [watch.waiting] : []), ...(watch.alsoWaiting ?? [])].filter(
    ({ values }) => !givenUp && !(ending && matches(ending.no, values)),
  );
  const held: Held[] = strict && named ? [] : before.slice();
  let complete: Held | undefined;
  for (const [k, { one }] of named ? steps.entries() : []) {
    const beginnings = k === 0 ? begin(plan, watch, feeding) : before;
    for (const beginning of beginnings) {
      if (beginning.facts.length !== k || !matches(one, beginning.values)) continue;
      const extended = extend(plan, beginning, feeding);
      if (k < steps.length - 1) held.push(extended);
      else if (ending) waiting.push(toWaiting(extended, addSpan(at, ending.within, days), feeding));
      else if (!complete || extended.due > complete.due) complete = extended;
    }
  }
  const quietSince = quiet && matches(quiet.no) ? at : watch.quietSince;
  if (complete)
    return {
      watch: forget(plan, at),
      done: { facts: complete.facts, ...toOpener(fact) },
    };
  const kept = keepBest(held, (one, other) => other.due - one.due);
  waiting = keepBest(waiting, (one, other) => one.due - other.due);
  const [first, ...others] = waiting;
  return {
    watch: {
      ...(kept.length > 0 && { held: kept.sort((a, b) => a.facts.length - b.facts.length) }),
      ...(first && { waiting: first }),
      ...(others.length > 0 && { alsoWaiting: others }),
      ...(quietSince !== undefined && { quietSince }),
    },
  };
}

/** The memory of a sequence that was complete at a moment: the silence before the next begins anew. */
export function forget({ quiet }: SequencePlan, at: number): Watch {
  return quiet ? { quietSince: at } : {};
}

/** Of each length, and the same values, the best; of each length not too many. The earlier one where they are alike. */
function keepBest<One extends Held>(
  all: readonly One[],
  order: (one: One, other: One) => number,
): One[] {
  const seen = new Set<string>();
  const counts = new Map<number, number>();
  return [...all].sort(order).filter(({ facts: { length }, values }) => {
    const key = values ? stableJson([length, values]) : String(length);
    const count = counts.get(length) ?? 0;
    if (seen.has(key) || count === MOST_BEGINNINGS) return false;
    seen.add(key);
    counts.set(length, count + 1);
    return true;
  });
}

/** What can begin with this fact: nothing has happened yet, and it is quiet for long enough. */
function begin(
  { quiet, within }: SequencePlan,
  { quietSince }: Watch,
  { fact, since, days }: Feeding,
): readonly Held[] {
  const at = fact.occurredAt;
  if (quiet && addSpan(quietSince ?? since, quiet.within, days) > at) return [];
  return [{ due: within ? addSpan(at, within, days) : at, facts: [] }];
}

function extend(
  { slots }: SequencePlan,
  { due, facts, values = {} }: Held,
  { fact }: Feeding,
): Held {
  const kept: { [slot: string]: KeptValues[string] } = {};
  for (const slot of slots) {
    if (slot.until <= facts.length) continue;
    const value = slot.step === facts.length ? readField(fact, slot.of) : values[slotOf(slot)];
    if (value !== undefined) kept[slotOf(slot)] = value;
  }
  return {
    due,
    facts: [...facts, toMatched(fact)],
    ...(Object.keys(kept).length > 0 && { values: kept }),
  };
}

function toWaiting({ facts, values }: Held, due: number, { fact }: Feeding): Waiting {
  return { due, facts, ...(values && { values }), ...toOpener(fact) };
}
