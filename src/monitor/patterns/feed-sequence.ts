import { addSpan } from '../../core/span.js';
import type { Held, Watch } from '../../domain/pattern.js';
import type { SequencePlan } from './compile-patterns.js';
import { type Feeding, type Step, toMatched, toOpener } from './feeding.js';

/**
 * Of each length the beginning that may last longest is kept, and none besides: whatever gives up one of that length gives
 * up all of them, so that the others could complete nothing that this one cannot. Of those that wait for a silence to
 * be over the first is kept: what breaks it breaks all of them, and where nothing does it is over first.
 */
export function feedSequence(plan: SequencePlan, watch: Watch, feeding: Feeding): Step {
  const { steps, quiet, ending, without, strict } = plan;
  const { fact, named, matches, days } = feeding;
  const at = fact.occurredAt;
  const givenUp = without !== undefined && matches(without);
  const before = (watch.held ?? []).map((held, k) =>
    held && held.due > at && !givenUp && !matches(steps[k]?.no ?? []) ? held : null,
  );
  let waiting = givenUp || (ending && matches(ending.no)) ? undefined : watch.waiting;
  const held = strict && named ? [] : before.slice();
  let complete: Held | undefined;
  for (const [k, { one }] of steps.entries()) {
    if (!named || !matches(one)) continue;
    const extended = k === 0 ? begin(plan, watch, feeding) : extend(before[k - 1], feeding);
    if (!extended) continue;
    if (k === steps.length - 1) complete = extended;
    else if (extended.due > (held[k]?.due ?? Number.NEGATIVE_INFINITY)) held[k] = extended;
  }
  const quietSince = quiet && matches(quiet.no) ? at : watch.quietSince;
  if (complete && !ending)
    return {
      watch: forget(plan, at),
      done: { facts: complete.facts, ...toOpener(fact) },
    };
  if (complete && ending) {
    const due = addSpan(at, ending.within, days);
    if (due < (waiting?.due ?? Number.POSITIVE_INFINITY))
      waiting = { due, facts: complete.facts, ...toOpener(fact) };
  }
  const last = held.findLastIndex((one) => one);
  return {
    watch: {
      ...(last >= 0 && {
        held: Array.from({ length: last + 1 }, (_, k): Held | null => held[k] ?? null),
      }),
      ...(waiting && { waiting }),
      ...(quietSince !== undefined && { quietSince }),
    },
  };
}

/** The memory of a sequence that was complete at a moment: the silence before the next begins anew. */
export function forget({ quiet }: SequencePlan, at: number): Watch {
  return quiet ? { quietSince: at } : {};
}

function begin(
  { quiet, within }: SequencePlan,
  { quietSince }: Watch,
  { fact, since, days }: Feeding,
): Held | undefined {
  const at = fact.occurredAt;
  if (quiet && addSpan(quietSince ?? since, quiet.within, days) > at) return undefined;
  return { due: within ? addSpan(at, within, days) : at, facts: [toMatched(fact)] };
}

function extend(held: Held | null | undefined, { fact }: Feeding): Held | undefined {
  return held ? { due: held.due, facts: [...held.facts, toMatched(fact)] } : undefined;
}
