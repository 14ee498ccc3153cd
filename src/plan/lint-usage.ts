import type { Play } from '../domain/playbook.js';
import { ACTIVITIES } from './activities.js';
import { kindOfName } from './attribute-table.js';
import type { Context } from './context.js';
import { findNearest } from './did-you-mean.js';
import type { Draft } from './draft.js';
import type { Place, Report } from './problem.js';
import {
  entriesOf,
  fieldOf,
  itemsOf,
  mapsOf,
  namesOf,
  scalarOf,
  textOf,
  textsOf,
} from './tree-access.js';
import type { Tree } from './yaml-tree.js';

/** Settings that change nothing, and names that nobody uses. */
export function lintUsage(draft: Draft, context: Context): void {
  lintAttributes(context);
  lintAggregates(draft, context);
  lintActivities(draft, context);
  lintGoals(draft, context);
  lintPolicy(draft, context);
  lintReasons(draft, context);
  for (const { play, map, at } of draft.plays) lintPlay(play, map, at, draft, context);
}

function lintAttributes({ attributes, reads, report }: Context): void {
  for (const { id, machine } of attributes.all()) {
    const at = attributes.placeOf(id);
    // Reserved ones are read by the agent itself; a machine is also there to be looked at.
    if (!at || reads.has(id) || attributes.isReserved(id) || machine) continue;
    report.warn(
      'unused',
      at,
      `nobody reads attribute "${id}"`,
      'use it in a condition, a text or a tag, or delete it',
    );
  }
}

function lintAggregates({ folder }: Draft, { report }: Context): void {
  for (const map of mapsOf(fieldOf(folder.attributes, 'attributes'))) {
    const tree = fieldOf(map, 'aggregate');
    if (tree && !fieldOf(map, 'derive'))
      report.warn(
        'no-effect',
        tree.at,
        'aggregate has no effect: the attribute is not computed from others',
        'delete it',
      );
  }
}

function lintActivities({ folder, plays }: Draft, { report }: Context): void {
  const check = (type: string, at: Place): void => {
    if (ACTIVITIES.some(({ id }) => id === type)) return;
    const near = findNearest(type, ACTIVITIES, 2);
    if (near)
      report.warn(
        'unknown-activity',
        at,
        `no connector tells of "${type}"`,
        `did you mean "${near.id}"?`,
      );
  };
  for (const { map } of plays) {
    const event = scalarOf(fieldOf(map, 'trigger'), 'event');
    if (event) check(event.source, event.at);
  }
  for (const map of mapsOf(fieldOf(folder.attributes, 'attributes')))
    for (const [, { value }] of entriesOf(fieldOf(map, 'derive')))
      for (const type of textsOf(value, 'types')) check(type.source, type.at);
  for (const [type, { keyAt }] of entriesOf(
    fieldOf(fieldOf(folder.playbook, 'contactPolicy'), 'touches'),
  ))
    check(type, keyAt);
  const settings = [
    fieldOf(folder.playbook, 'learning'),
    ...mapsOf(fieldOf(folder.playbook, 'trials')),
  ];
  for (const key of ['success', 'guardrails'])
    for (const setting of settings)
      for (const type of textsOf(setting, key)) check(type.source, type.at);
}

function lintGoals({ folder, goals, plays }: Draft, { report }: Context): void {
  const places = namesOf(fieldOf(folder.playbook, 'goals'));
  for (const { id } of goals) {
    if (plays.some(({ play }) => Object.hasOwn(play.serves, id))) continue;
    const at = places.find((name) => name.id === id)?.at;
    if (at)
      report.warn(
        'unused',
        at,
        `no play serves goal "${id}"`,
        `add "${id}:" to serves of a play, or delete the goal`,
      );
  }
}

function lintPolicy({ folder, plays, playbook }: Draft, { report }: Context): void {
  const { limits, touches } = playbook.contactPolicy;
  const trees = itemsOf(fieldOf(fieldOf(folder.playbook, 'contactPolicy'), 'limits'));
  const used = new Set([
    ...Object.values(touches),
    ...plays.flatMap(({ play }) => play.action.touch ?? []),
  ]);
  for (const [index, limit] of limits.entries()) {
    const at = trees[index]?.at;
    if (!at) continue;
    if (limit.channel && !used.has(limit.channel))
      report.warn(
        'no-effect',
        at,
        `nothing touches on the channel "${limit.channel}", so its limit has no effect`,
        'name the activities in contactPolicy.touches, or delete it',
      );
    const tighter = limits.findIndex(
      (other, i) =>
        i !== index &&
        (other.channel === undefined || other.channel === limit.channel) &&
        other.touches <= limit.touches &&
        other.days >= limit.days &&
        (i < index ||
          other.touches < limit.touches ||
          other.days > limit.days ||
          other.channel !== limit.channel),
    );
    if (tighter >= 0)
      report.warn(
        'no-effect',
        at,
        `${limit.touches} touches in ${limit.days} days has no effect beside ${limits[tighter]?.touches} in ${limits[tighter]?.days}`,
        'delete it, or make it tighter',
      );
  }
  const gate = fieldOf(folder.playbook, 'profitGate');
  if (gate && !plays.some(({ play }) => play.offers !== undefined))
    report.warn(
      'no-effect',
      gate.at,
      'no play offers a product, so profitGate has no effect',
      'add "offers:" to plays',
    );
}

function lintReasons({ folder, playbook }: Draft, { report }: Context): void {
  const maps = mapsOf(fieldOf(folder.playbook, 'reasons'));
  for (const { id, sets } of playbook.reasons) {
    const kinds = [...new Set(Object.keys(sets ?? {}).map(kindOfName))];
    const map = maps.find((one) => textOf(one, 'id') === id);
    const at = fieldOf(map, 'sets')?.at;
    if (at && kinds.length > 1)
      report.warn(
        'no-effect',
        at,
        `reason "${id}" sets attributes of ${kinds.join(' and ')}, and an answer is about one record`,
        `keep those of ${kinds[0]}`,
      );
  }
}

function lintPlay(
  play: Play,
  map: Tree,
  at: Place,
  { playbook, plays }: Draft,
  { report }: Context,
): void {
  const { action, trigger, offers } = play;
  const placeOf = (tree: Tree | undefined, key: string): Place => fieldOf(tree, key)?.at ?? at;
  const actionTree = fieldOf(map, 'action');
  if ('opened' in trigger && fieldOf(map, 'expires'))
    report.warn(
      'no-effect',
      placeOf(map, 'expires'),
      'expires has no effect with trigger opened: it is judged anew whenever the record is opened',
      'delete it, or use becomes',
    );
  if (action.kind === 'leave-alone' && action.touch)
    report.warn(
      'no-effect',
      placeOf(actionTree, 'touch'),
      'leaving somebody alone touches nobody',
      'delete touch',
    );
  const { limits } = playbook.contactPolicy;
  if (
    action.touch &&
    !limits.some(({ channel }) => channel === undefined || channel === action.touch)
  )
    report.warn(
      'no-effect',
      placeOf(actionTree, 'touch'),
      `no limit covers the channel "${action.touch}", so this touch counts for nothing`,
      'add a limit for it to contactPolicy, or one without a channel',
    );
  if (action.link && !['send-self-serve', 'propose', 'learn'].includes(action.kind))
    report.warn(
      'no-effect',
      placeOf(actionTree, 'link'),
      `link has no effect with kind ${action.kind}`,
      'use kind send-self-serve or propose, or put the link into content',
    );
  if ((play.propensity ?? playbook.propensity) === 0)
    report.warn(
      'no-effect',
      placeOf(map, 'propensity'),
      'with propensity 0 it is worth nothing and never shows',
      'give it a first guess such as 0.1',
    );
  lintWeights(play, map, at, playbook.arbitration, report);
  const cost = playbook.products.find(({ id }) => id === offers)?.costMinor;
  if (offers !== undefined && playbook.profitGate && cost === undefined)
    report.warn(
      'no-effect',
      placeOf(map, 'offers'),
      `product "${offers}" has no cost, so the profit gate lets it through`,
      'add "cost:" in products.yaml',
    );
  if (play.was !== undefined && plays.some((other) => other.play.id === play.was))
    report.warn(
      'no-effect',
      placeOf(map, 'was'),
      `"${play.was}" is still the id of a play`,
      'delete was, or the other play',
    );
}

/** A product takes lever and context, and nothing below zero; the sum over goals takes neither. */
function lintWeights(
  play: Play,
  map: Tree,
  at: Place,
  arbitration: 'product' | undefined,
  report: Report,
): void {
  const serves = Object.values(play.serves);
  const isAbove = serves.some((one) => ('value' in one ? one.value : one.share) > 0);
  if (arbitration && !isAbove && !play.mandatory && !play.buyerRequested)
    report.error(
      'negative-value',
      fieldOf(map, 'serves')?.at ?? at,
      `"${play.id}" is worth nothing above zero, and a product ranks no such play`,
      'say which goal it serves, or write "arbitration: goals" in playbook.yaml',
    );
  if (arbitration) return;
  for (const key of ['lever', 'context'] as const)
    if (play[key] !== undefined)
      report.warn(
        'no-effect',
        fieldOf(map, key)?.at ?? at,
        `${key} has no effect: priorities are the sum over goals`,
        'write "arbitration: product" in playbook.yaml, or delete it',
      );
}
