import type { Appointment, EventTest, EventTests, Pattern, Span, Step } from '../domain/pattern.js';
import type { Play } from '../domain/playbook.js';
import type { Context } from './context.js';
import { parseSpan } from './durations.js';
import { attempt } from './literal.js';
import { whereScope } from './play-scope.js';
import type { Place } from './problem.js';
import { type NamedStep, type NamedSteps, readComparisons } from './read-comparisons.js';
import { readCondition } from './read-condition.js';
import { reportNever } from './report-never.js';
import { fieldOf, itemsOf, numberOf, scalarOf, textOf, trueOf } from './tree-access.js';
import type { Tree } from './yaml-tree.js';

/** What the readers of one pattern share. */
interface Reading extends NamedSteps {
  readonly about: Play['about'];
  readonly context: Context;
}

/** A pattern whose shape was checked. Undefined where it has problems, which are then in the report. */
export function readPattern(
  tree: Tree,
  about: Play['about'],
  context: Context,
): Pattern | undefined {
  const reading = { about, context, steps: undefined };
  const { report } = context;
  const before = report.errors();
  const within = readSpan(tree, 'within', context);
  const withoutTree = fieldOf(tree, 'without');
  const without = withoutTree && readEvents(withoutTree, reading);
  const bounds = { ...(within && { within }), ...(without && { without }) };
  const kind = (['sequence', 'all', 'any', 'count', 'first'] as const).find((key) =>
    fieldOf(tree, key),
  );
  const body = kind && fieldOf(tree, kind);
  if (!body) return undefined;
  refuseStrangers(tree, kind, context);
  let pattern: Pattern | undefined;
  if (kind === 'sequence') {
    const sequence = readSteps(body, reading);
    const strict = trueOf(tree, 'strict');
    pattern = { sequence, ...bounds, ...(strict && { strict: true as const }) };
  } else if (kind === 'any') pattern = { sequence: [{ one: readAny(body, reading) }] };
  else if (kind === 'first') pattern = { first: readEvents(body, reading) };
  else if (!within)
    report.error(
      'no-bound',
      body.at,
      `${kind} has no end: what has begun would be remembered for ever`,
      'add "within:", such as within: 7 days',
    );
  else if (kind === 'all')
    pattern = { all: itemsOf(body).map((item) => readEvents(item, reading)), ...bounds, within };
  else {
    const of = fieldOf(tree, 'of');
    if (!of)
      report.error(
        'missing-field',
        body.at,
        'count does not say what is counted',
        'add "of:", such as of: page-visited',
      );
    else
      pattern = {
        count: numberOf(tree, 'count') ?? 2,
        of: readEvents(of, reading),
        ...bounds,
        within,
      };
  }
  return report.errors() > before ? undefined : pattern;
}

/** What belongs to another kind of pattern. */
function refuseStrangers(tree: Tree, kind: string, { report }: Context): void {
  const homes: { readonly [key: string]: readonly string[] } = {
    of: ['count'],
    strict: ['sequence'],
    within: ['sequence', 'all', 'count'],
    without: ['sequence', 'all', 'count'],
  };
  for (const [key, kinds] of Object.entries(homes)) {
    const field = fieldOf(tree, key);
    if (field && !kinds.includes(kind))
      report.error(
        'no-effect',
        field.at,
        `${key} has no effect beside ${kind}`,
        `delete it: it belongs to ${kinds.join(', ')}`,
      );
  }
}

function readSteps(tree: Tree, reading: Reading): readonly Step[] {
  const { report } = reading.context;
  const named = new Map<string, NamedStep>();
  let ones = 0;
  const steps = itemsOf(tree).map((item): Step => {
    const step = readStep(item, { ...reading, steps: ones > 0 ? named : undefined });
    const name = fieldOf(item, 'as');
    if (name?.kind === 'scalar') {
      if ('no' in step)
        report.error(
          'no-effect',
          name.at,
          'as names what does not happen',
          'write it beside an event',
        );
      else if (named.has(name.source))
        report.error(
          'duplicate-id',
          name.at,
          `two steps are called "${name.source}"`,
          'give one of them another name',
        );
      else named.set(name.source, { step: ones, at: name.at, isRead: false });
    }
    if ('one' in step) ones += 1;
    return step;
  });
  for (const [name, { at, isRead }] of named)
    if (!isRead)
      report.warn(
        'no-effect',
        at,
        `no later step compares with "${name}"`,
        `delete "as", or write compare: { field: { is: ${name}.field } } in a later step`,
      );
  return steps;
}

function readStep(tree: Tree, reading: Reading): Step {
  const { context } = reading;
  const no = fieldOf(tree, 'no');
  const within = readSpan(tree, 'within', context);
  if (no) return { no: readEvents(no, reading), ...(within && { within }) };
  const misplaced = fieldOf(tree, 'within');
  if (misplaced)
    context.report.error(
      'no-effect',
      misplaced.at,
      'within of one event has no effect',
      'write it beside no, or beside sequence for the whole',
    );
  return { one: readEvents(tree, reading) };
}

/** A word, one event with `where`, or `any` of several. */
function readEvents(tree: Tree, reading: Reading): EventTests {
  const any = fieldOf(tree, 'any');
  return any ? readAny(any, reading) : [readEvent(tree, reading)];
}

function readAny(tree: Tree, reading: Reading): EventTests {
  return itemsOf(tree).map((item) => readEvent(item, reading));
}

function readEvent(tree: Tree, reading: Reading): EventTest {
  const { about, context } = reading;
  if (tree.kind === 'scalar') return { event: tree.source };
  const compare = readComparisons(tree, reading, context);
  const written = fieldOf(tree, 'where');
  const where = readCondition(written, whereScope(about), context);
  if (where && written) reportNever(where, written.at, 'where', context);
  return {
    event: textOf(tree, 'event') ?? '',
    ...(where && { where }),
    ...(compare.length > 0 && { compare }),
  };
}

function readSpan(tree: Tree, key: string, context: Context): Span | undefined {
  const text = scalarOf(tree, key);
  return (
    text && attempt(text.at, context, 'write it like "2 working days"', () => parseSpan(text.value))
  );
}

/** A moment before or after one that an event names; its shape was checked. */
export function readAppointment(
  tree: Tree,
  about: Play['about'],
  context: Context,
): Appointment | undefined {
  const reading = { about, context, steps: undefined };
  const errors = context.report.errors();
  const of = fieldOf(tree, 'of');
  const cancels = fieldOf(tree, 'cancelledBy');
  const before = readSpan(tree, 'before', context);
  const after = readSpan(tree, 'after', context);
  const key = textOf(tree, 'key');
  const appointment = of && {
    of: readEvents(of, reading),
    time: textOf(tree, 'time') ?? '',
    ...(before && { before }),
    ...(after && { after }),
    ...(key !== undefined && { key }),
    ...(cancels && { cancelledBy: readEvents(cancels, reading) }),
  };
  return context.report.errors() > errors ? undefined : appointment;
}

const NAMING = [
  ...['event', 'any', 'no', 'sequence', 'all', 'first', 'of', 'without', 'cancelledBy'],
] as const;

/** Every event that a pattern or a moment names, and where. */
export function eventsIn(
  tree: Tree | undefined,
): readonly { readonly type: string; readonly at: Place }[] {
  const found: { type: string; at: Place }[] = [];
  const walk = (part: Tree | undefined, isEvent: boolean): void => {
    if (part?.kind === 'scalar' && isEvent) found.push({ type: part.source, at: part.at });
    for (const item of itemsOf(part)) walk(item, true);
    if (part?.kind !== 'map') return;
    for (const key of NAMING) walk(fieldOf(part, key), true);
  };
  walk(tree, false);
  return found;
}
