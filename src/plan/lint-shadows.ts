import { attributesOf } from '../core/condition.js';
import { implies } from '../core/condition-logic.js';
import { stableJson } from '../core/stable-json.js';
import type { Condition } from '../domain/condition.js';
import type { Play, Serves, Trigger } from '../domain/playbook.js';
import type { Context } from './context.js';
import type { Draft } from './draft.js';
import { type PlayDraft, wholeCondition } from './read-play.js';

interface Rival {
  readonly draft: PlayDraft;
  readonly whole: Condition;
  readonly names: ReadonlySet<string>;
}

/**
 * Plays that another always stands before: of one action on one contact only one card may show, and whenever this play
 * holds the other does too, for the same readers and the same days, and is worth at least as much to every goal.
 */
export function lintShadows({ plays, playbook }: Draft, context: Context): void {
  const isProduct = playbook.arbitration === 'product';
  const groups = new Map<string, Rival[]>();
  for (const draft of plays) {
    const { play } = draft;
    // Two questions may stand side by side, and so may two duties.
    if (play.action.kind === 'ask') continue;
    const whole = wholeCondition(play);
    const rival = { draft, whole, names: attributesOf(whole) };
    const { kind, contact } = play.action;
    const key = JSON.stringify([play.about, play.for, kind, contact ?? '']);
    const group = groups.get(key);
    if (group) group.push(rival);
    else groups.set(key, [rival]);
  }
  for (const group of groups.values())
    for (const weak of group) {
      const strong = group.find((one) => one !== weak && shadows(one, weak, isProduct, context));
      // Of two that shadow each other the one with the later id is told.
      if (!strong) continue;
      const { id } = strong.draft.play;
      if (id > weak.draft.play.id && shadows(weak, strong, isProduct, context)) continue;
      context.report.warn(
        'shadowed',
        weak.draft.at,
        `play "${weak.draft.play.id}" never shows: "${id}" holds whenever it does, with the same action and at least its value (${strong.draft.play.file})`,
        `narrow "${id}", give this one more value or another action, or delete it`,
      );
    }
}

function shadows(a: Rival, b: Rival, isProduct: boolean, { attributes }: Context): boolean {
  const [strong, weak] = [a.draft.play, b.draft.play];
  return (
    !weak.mandatory &&
    opensWith(strong, weak) &&
    isWithin(weak, strong) &&
    isWorthAtLeast(strong, weak) &&
    (!isProduct || isWeighedAtLeast(strong, weak)) &&
    [...a.names].every((name) => b.names.has(name)) &&
    implies(b.whole, a.whole, attributes.domain)
  );
}

/** Whether `strong` is open whenever `weak` is, given that the conditions of `weak` imply those of `strong`. */
function opensWith(strong: Play, weak: Play): boolean {
  if ('opened' in strong.trigger) return true;
  if ('becomes' in strong.trigger) return 'becomes' in weak.trigger;
  return (
    isSameOccasion(strong.trigger, weak.trigger) &&
    strong.trigger.until === undefined &&
    strong.expiresMs >= weak.expiresMs
  );
}

function isSameOccasion(a: Trigger, b: Trigger): boolean {
  if ('event' in a && 'event' in b) return a.event === b.event;
  if ('pattern' in a && 'pattern' in b) return stableJson(a.pattern) === stableJson(b.pattern);
  return 'at' in a && 'at' in b && stableJson(a.at) === stableJson(b.at);
}

function isWithin(inner: Play, outer: Play): boolean {
  const from = outer.valid?.from;
  const until = outer.valid?.until;
  return (
    (from === undefined || (inner.valid?.from ?? '') >= from) &&
    (until === undefined || (inner.valid?.until ?? '9999-12-31') <= until)
  );
}

function isWorthAtLeast(strong: Play, weak: Play): boolean {
  const goals = new Set([...Object.keys(strong.serves), ...Object.keys(weak.serves)]);
  return [...goals].every((goal) => isAtLeast(strong.serves[goal], weak.serves[goal]));
}

/** Other points for what fits cannot be compared without a record. */
const isWeighedAtLeast = (strong: Play, weak: Play): boolean =>
  (strong.lever ?? 1) >= (weak.lever ?? 1) &&
  stableJson(strong.context ?? []) === stableJson(weak.context ?? []);

/** Shares are of amounts that are never below zero; a share and a fixed value can be compared by their signs alone. */
function isAtLeast(a: Serves | undefined, b: Serves | undefined): boolean {
  const amountOf = (serves: Serves | undefined): number =>
    serves === undefined ? 0 : 'value' in serves ? serves.value : serves.share;
  const comparable =
    a === undefined ||
    b === undefined ||
    ('value' in a ? 'value' in b : 'share' in b && a.of === b.of);
  return comparable ? amountOf(a) >= amountOf(b) : amountOf(a) >= 0 && amountOf(b) <= 0;
}
