import { stableJson } from '../core/stable-json.js';
import type { EventTests, Pattern, SequencePattern } from '../domain/pattern.js';
import { knownActivities } from './activities.js';
import type { Context } from './context.js';
import { findNearest } from './did-you-mean.js';
import type { Draft } from './draft.js';
import type { Place } from './problem.js';
import { eventsIn } from './read-pattern.js';
import { fieldOf, itemsOf } from './tree-access.js';
import type { Tree } from './yaml-tree.js';

/** Patterns over events that nobody tells of, without an end, and those that can never be complete. */
export function lintPatterns({ folder, plays }: Draft, context: Context): void {
  const known = knownActivities(folder);
  const candidates = [...known].map((id) => ({ id }));
  for (const { play, map } of plays) {
    const trigger = fieldOf(map, 'trigger');
    const tree = fieldOf(trigger, 'pattern') ?? fieldOf(trigger, 'at');
    if (!tree) continue;
    for (const { type, at } of eventsIn(tree)) {
      if (known.has(type)) continue;
      const near = findNearest(type, candidates);
      context.report.error(
        'unknown-event',
        at,
        `nothing tells of an event "${type}"`,
        near
          ? `did you mean "${near.id}"?`
          : 'if a connector does, name it in the types of an attribute or in contactPolicy.touches',
      );
    }
    if ('pattern' in play.trigger) lintPattern(play.trigger.pattern, tree, context);
    if ('at' in play.trigger) {
      const { of, cancelledBy } = play.trigger.at;
      if (cancelledBy && covers(cancelledBy, of))
        reportClash(fieldOf(tree, 'cancelledBy') ?? tree, 'cancelledBy', 'of', context);
    }
  }
}

function lintPattern(pattern: Pattern, tree: Tree, context: Context): void {
  const without = 'without' in pattern ? pattern.without : undefined;
  const withoutTree = fieldOf(tree, 'without') ?? tree;
  const { report } = context;
  if ('sequence' in pattern) {
    if (fieldOf(tree, 'sequence')) lintSequence(pattern, tree, context);
  } else if ('all' in pattern) {
    const written = pattern.all.map((part) => stableJson(part));
    const twice = written.findIndex((one, i) => written.indexOf(one) < i);
    if (twice >= 0)
      report.error(
        'duplicate-id',
        itemsOf(fieldOf(tree, 'all'))[twice]?.at ?? tree.at,
        'all lists the same event twice, and one of it is enough',
        'delete it, or ask for several with count',
      );
    if (without && pattern.all.some((part) => covers(without, part)))
      reportClash(withoutTree, 'without', 'all', context);
  } else if ('count' in pattern && without && covers(without, pattern.of))
    reportClash(withoutTree, 'without', 'of', context);
}

function lintSequence(pattern: SequencePattern, tree: Tree, context: Context): void {
  const { report } = context;
  const list = fieldOf(tree, 'sequence') ?? tree;
  const { sequence: steps, within, without, strict } = pattern;
  const placeOf = (index: number): Place => itemsOf(list)[index]?.at ?? list.at;
  const ones = steps.flatMap((step, index) => ('one' in step ? [index] : []));
  const [first, last] = [ones[0], ones.at(-1)];
  if (first === undefined || last === undefined) {
    report.error(
      'no-event',
      list.at,
      'the sequence waits for nothing to happen',
      'add the event that it begins or ends with',
    );
    return;
  }
  for (const [index, step] of steps.entries()) {
    if (!('no' in step)) continue;
    const outside = index < first || index > last;
    if (outside && !step.within)
      report.error(
        'no-bound',
        placeOf(index),
        `a "no" ${index < first ? 'before the first' : 'after the last'} event does not say for how long`,
        'add within, such as { no: call-made, within: 2 working days }',
      );
    if (!outside && step.within)
      report.error(
        'contradictory',
        placeOf(index),
        'a "no" between two events lasts from the one to the other, and cannot have a within of its own',
        'delete within, or make it the last step',
      );
    if (index + 1 < first || index > last + 1)
      report.error(
        'contradictory',
        placeOf(index),
        'there is more than one "no" on this side of the events',
        'write one: { no: { any: [...] }, within: ... }',
      );
    const next = steps.slice(index).find((one) => 'one' in one);
    if (index > first && next && covers(step.no, next.one))
      reportClash({ at: placeOf(index) }, 'no', 'the next step', context);
  }
  const several = ones.length > 1;
  const silence = last < steps.length - 1;
  if (several && !within)
    report.error(
      'no-bound',
      list.at,
      'the sequence has no end: what has begun would be remembered for ever',
      'add "within:" beside sequence, such as within: 30 days',
    );
  const idle = (key: string, has: boolean): void => {
    const field = fieldOf(tree, key);
    if (field && !has)
      report.error('no-effect', field.at, `${key} has no effect on one event`, 'delete it');
  };
  idle('within', several);
  idle('strict', several);
  idle('without', several || silence);
  if (strict && steps.some((step, index) => 'no' in step && index > first && index < last))
    report.error(
      'no-effect',
      fieldOf(tree, 'strict')?.at ?? tree.at,
      'a "no" between two events has no effect in a strict sequence: nothing comes between',
      'delete it, or strict',
    );
  if (without && steps.some((step, k) => 'one' in step && k > first && covers(without, step.one)))
    reportClash(fieldOf(tree, 'without') ?? tree, 'without', 'a later step', context);
}

function reportClash(
  { at }: { readonly at: Place },
  key: string,
  other: string,
  { report }: Context,
): void {
  report.error(
    'contradictory',
    at,
    `"${key}" gives up what ${other} waits for, so it can never be complete`,
    'change one of them',
  );
}

/** Whether whatever is one of `inner` is one of `outer`, as far as the words show. */
function covers(outer: EventTests, inner: EventTests): boolean {
  return inner.every((one) =>
    outer.some(
      (other) =>
        other.event === one.event &&
        (!other.where || stableJson(other.where) === stableJson(one.where)) &&
        (!other.compare || stableJson(other.compare) === stableJson(one.compare)),
    ),
  );
}
