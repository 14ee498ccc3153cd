import type { Condition } from '../domain/condition.js';
import type { Goal, Phrase, Play, Product, Trigger } from '../domain/playbook.js';
import { type Context, resolveName } from './context.js';
import { suggest } from './did-you-mean.js';
import { parseDuration } from './durations.js';
import { attempt, readDate } from './literal.js';
import { parsePhrase } from './phrase.js';
import { filterScope, triggerScope, whereScope } from './play-scope.js';
import type { Place } from './problem.js';
import { readAction } from './read-action.js';
import { readCondition } from './read-condition.js';
import { readContentQuery } from './read-content.js';
import { readWeights } from './read-lever.js';
import { readAppointment, readPattern } from './read-pattern.js';
import { readServes } from './read-serves.js';
import { conjoin } from './read-tests.js';
import { entriesOf, fieldOf, numberOf, scalarOf, textOf, trueOf } from './tree-access.js';
import type { MapTree, Tree } from './yaml-tree.js';

/** A play with the places that later findings point to. */
export interface PlayDraft {
  readonly play: Play;
  readonly at: Place;
  readonly map: MapTree;
}

export interface Catalogue {
  readonly goals: readonly Goal[];
  readonly products: readonly Product[];
}

const DAY_MS = 86_400_000;

/** One play whose shape was checked. Undefined when something in it has an error. */
export function readPlay(
  map: MapTree,
  file: string,
  catalogue: Catalogue,
  context: Context,
): PlayDraft | undefined {
  const { report } = context;
  const before = report.errors();
  const about = textOf(map, 'about') as Play['about'];
  const actionTree = fieldOf(map, 'action');
  const offers = scalarOf(map, 'offers');
  const seen = {
    about,
    contact: textOf(actionTree, 'contact') !== undefined || about === 'contact',
    product: offers !== undefined,
    event: ['event', 'pattern', 'at'].some((key) => fieldOf(fieldOf(map, 'trigger'), key)),
  };
  const filters = filterScope(seen);
  const phrase = (tree: Tree | undefined, key: string): Phrase => {
    const text = scalarOf(tree, key);
    const resolve = (name: string, at: Place): string | undefined =>
      resolveName(name, at, filters, context);
    return (text && parsePhrase(text.source.trim(), text.at, resolve, context)) ?? [];
  };
  const filter = (key: string): Condition | undefined =>
    readCondition(fieldOf(map, key), filters, context);
  const action = readAction(actionTree, seen, phrase(actionTree, 'verb'), context);
  const trigger = readTrigger(fieldOf(map, 'trigger'), about, context);
  const was = textOf(map, 'was');
  const propensity = numberOf(map, 'propensity');
  const weights = readWeights(map, seen, context);
  const content = fieldOf(map, 'content');
  const valid = readValid(map, context);
  const eligibility = filter('eligibility');
  const applicability = filter('applicability');
  const suitability = filter('suitability');
  const rests = fieldOf(map, 'coolDown');
  if (offers && !catalogue.products.some(({ id }) => id === offers.source))
    report.error(
      'unknown-product',
      offers.at,
      `product "${offers.source}" is not in the catalogue`,
      suggest(offers.source, catalogue.products, 'add it to products.yaml'),
    );
  const play = {
    id: textOf(map, 'id') ?? '',
    title: phrase(map, 'title'),
    why: phrase(map, 'why'),
    about,
    trigger,
    ...(eligibility && { eligibility }),
    ...(applicability && { applicability }),
    ...(suitability && { suitability }),
    action,
    for: readAudience(map, context),
    serves: readServes(fieldOf(map, 'serves'), filters, catalogue.goals, context),
    ...(trueOf(map, 'mandatory') && { mandatory: true }),
    ...(trueOf(map, 'buyerRequested') && { buyerRequested: true }),
    ...(offers && { offers: offers.source }),
    ...(propensity !== undefined && { propensity }),
    ...weights,
    ...(content && { content: readContentQuery(content, about, offers !== undefined, context) }),
    expiresMs: readWait(map, 'expires', 30, context) || DAY_MS,
    coolDownMs: {
      done: readWait(rests, 'done', 30, context),
      notRelevant: readWait(rests, 'notRelevant', 90, context),
    },
    ...(valid && { valid }),
    owner: textOf(map, 'owner') ?? '',
    file,
    ...(was !== undefined && { was }),
  };
  if (report.errors() > before || !trigger) return undefined;
  return { play: { ...play, trigger }, at: scalarOf(map, 'id')?.at ?? map.at, map };
}

const HOMES: { readonly [key: string]: string } = {
  rearm: 'becomes',
  until: 'event, pattern and at',
};

function readTrigger(
  tree: Tree | undefined,
  about: Play['about'],
  context: Context,
): Trigger | undefined {
  const { report } = context;
  const scope = triggerScope(about);
  const only = (keys: readonly string[], kind: string): void => {
    for (const [key, { keyAt }] of entriesOf(tree))
      if (!keys.includes(key))
        report.error(
          'no-effect',
          keyAt,
          `${key} has no effect beside ${kind}`,
          `delete it: it belongs to ${HOMES[key] ?? 'event'}`,
        );
  };
  const becomes = fieldOf(tree, 'becomes');
  const event = scalarOf(tree, 'event');
  if (becomes) {
    only(['becomes', 'rearm'], 'becomes');
    if (becomes.kind === 'map' && becomes.entries.size === 0)
      report.error('always-true', becomes.at, 'becomes asks nothing', 'name what becomes true');
    const condition = readCondition(becomes, scope, context);
    const rearm = readCondition(fieldOf(tree, 'rearm'), scope, context);
    return condition && { becomes: condition, ...(rearm && { rearm }) };
  }
  if (event) {
    only(['event', 'where', 'until'], 'event');
    const where = readCondition(fieldOf(tree, 'where'), whereScope(about), context);
    const until = readCondition(fieldOf(tree, 'until'), scope, context);
    return { event: event.source, ...(where && { where }), ...(until && { until }) };
  }
  const pattern = fieldOf(tree, 'pattern');
  const at = fieldOf(tree, 'at');
  if (pattern || at) {
    only(['pattern', 'at', 'until'], pattern ? 'pattern' : 'at');
    const condition = readCondition(fieldOf(tree, 'until'), scope, context);
    const until = condition && { until: condition };
    const read = pattern && readPattern(pattern, about, context);
    if (read) return { pattern: read, ...until };
    const appointment = at && readAppointment(at, about, context);
    return appointment && { at: appointment, ...until };
  }
  only(['opened'], 'opened');
  const opened = scalarOf(tree, 'opened');
  if (opened?.value === false)
    report.error(
      'no-effect',
      opened.at,
      'opened: false says nothing',
      'write opened: true, becomes or event',
    );
  return { opened: true };
}

function readAudience(map: MapTree, { attributes, report, reads }: Context): string {
  const tree = scalarOf(map, 'for');
  if (!tree) return 'owner';
  if (['owner', 'team', 'partner'].includes(tree.source)) return tree.source;
  const roles = attributes.get('rep.role')?.values ?? [];
  reads.add('rep.role');
  if (!attributes.isBroken('rep.role') && !roles.some(({ id }) => id === tree.source))
    report.error(
      'unknown-role',
      tree.at,
      `"${tree.source}" is neither owner, team, partner nor a value of "rep.role"`,
      suggest(
        tree.source,
        [{ id: 'owner' }, { id: 'team' }, { id: 'partner' }, ...roles],
        'declare rep.role in attributes.yaml with its values',
      ),
    );
  return tree.source;
}

function readValid(map: MapTree, context: Context): Play['valid'] {
  const tree = fieldOf(map, 'valid');
  const [fromTree, untilTree] = [scalarOf(tree, 'from'), scalarOf(tree, 'until')];
  const from = fromTree && readDate(fromTree, context);
  const until = untilTree && readDate(untilTree, context);
  if (from !== undefined && until !== undefined && untilTree && until < from)
    context.report.error(
      'never-valid',
      untilTree.at,
      `valid until ${until}, before it begins`,
      'correct from or until',
    );
  else if (until !== undefined && untilTree && until < context.today)
    context.report.warn(
      'expired',
      untilTree.at,
      `the play was valid until ${until} and opens no more`,
      'set a later day, or delete the play',
    );
  if (from === undefined && until === undefined) return undefined;
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

function readWait(tree: Tree | undefined, key: string, days: number, context: Context): number {
  const text = scalarOf(tree, key);
  if (!text) return days * DAY_MS;
  const waitMs = attempt(text.at, context, 'write it like "14 days"', () =>
    parseDuration(text.value),
  );
  if (waitMs === 0 && key === 'expires')
    context.report.error('out-of-range', text.at, 'it expires at once', 'write a longer time');
  return waitMs ?? 0;
}

/** Trigger, where the record shows one, and all three filters: what must hold together for a card. */
export function wholeCondition({
  trigger,
  eligibility,
  applicability,
  suitability,
}: Play): Condition {
  return conjoin(
    [
      'becomes' in trigger ? trigger.becomes : 'event' in trigger ? trigger.where : undefined,
      eligibility,
      applicability,
      suitability,
    ].filter((part) => part !== undefined),
  );
}
