import { attributesOf } from '../core/condition.js';
import { doneEvent, walkStates } from '../core/machine/machine-table.js';
import type { Condition } from '../domain/condition.js';
import type { Machine, MachineState, MachineTransition } from '../domain/machine.js';
import { ID_PATTERN } from './attribute-table.js';
import type { Context } from './context.js';
import { suggest } from './did-you-mean.js';
import { parseDuration } from './durations.js';
import { attempt } from './literal.js';
import { triggerScope, whereScope } from './play-scope.js';
import type { Place } from './problem.js';
import { readCondition } from './read-condition.js';
import { conjoin } from './read-tests.js';
import { entriesOf, fieldOf, mapsOf, scalarOf, textOf, textsOf, trueOf } from './tree-access.js';
import { type Named, reportTwins } from './twins.js';
import type { MapTree, Tree } from './yaml-tree.js';

/** A machine with the places that later findings point to. */
export interface MachineDraft {
  readonly machine: Machine;
  readonly at: Place;
  readonly placeOf: (of: MachineTransition | MachineState) => Place;
}

/** One machine whose shape was checked. Undefined when something in it has an error. */
export function readMachine(
  map: MapTree,
  file: string,
  activities: ReadonlySet<string>,
  context: Context,
): MachineDraft | undefined {
  const { report } = context;
  const before = report.errors();
  const id = textOf(map, 'id') ?? '';
  const of = textOf(map, 'of') as Machine['of'];
  const at = scalarOf(map, 'id')?.at ?? map.at;
  const places = new Map<MachineTransition | MachineState, Place>();
  const names = stateNames(map);
  reportTwins('state', [{ id, at }, ...names], report);
  const reader: Reader = {
    id,
    of,
    names,
    raised: raisedIn(map),
    activities,
    places,
    context,
  };
  const states = readStates(map, reader);
  const transitions = readTransitions(map, reader);
  const machine: Machine = {
    id,
    label: textOf(map, 'label') ?? id,
    of,
    initial: readInitial(map, `machine "${id}"`, reader),
    states,
    ...(transitions.length > 0 && { transitions }),
    file,
  };
  checkDone(machine, map, reader);
  if (names.length > MOST_STATES || places.size - names.length > MOST_TRANSITIONS)
    report.error(
      'out-of-range',
      at,
      `machine "${id}" has more than ${MOST_STATES} states or ${MOST_TRANSITIONS} transitions`,
      'write several machines: they run side by side',
    );
  if (report.errors() > before) return undefined;
  return { machine, at, placeOf: (one) => places.get(one) ?? at };
}

/** Far more than a person draws; without a bound, tables would grow with the product of the two. */
const MOST_STATES = 250;
const MOST_TRANSITIONS = 1_000;

interface Reader {
  readonly id: string;
  readonly of: Machine['of'];
  readonly names: readonly Named[];
  /** Events that its states raise. */
  readonly raised: ReadonlySet<string>;
  readonly activities: ReadonlySet<string>;
  readonly places: Map<MachineTransition | MachineState, Place>;
  readonly context: Context;
}

function stateNames(tree: Tree): readonly Named[] {
  return entriesOf(fieldOf(tree, 'states')).flatMap(([id, { value, keyAt }]) => [
    { id, at: keyAt },
    ...stateNames(value),
  ]);
}

function raisedIn(tree: Tree): ReadonlySet<string> {
  const raised = new Set<string>();
  for (const [, { value }] of entriesOf(fieldOf(tree, 'states'))) {
    for (const { source } of [...textsOf(value, 'entry'), ...textsOf(value, 'exit')])
      raised.add(source);
    for (const one of raisedIn(value)) raised.add(one);
  }
  return raised;
}

function readStates(tree: Tree, reader: Reader): readonly MachineState[] {
  const { report } = reader.context;
  return entriesOf(fieldOf(tree, 'states')).map(([id, { value, keyAt }]): MachineState => {
    if (!new RegExp(ID_PATTERN).test(id))
      report.error(
        'wrong-form',
        keyAt,
        `a state cannot be "${id}"`,
        'write its id in letters, digits and hyphens, and what people read as its label',
      );
    const inside = fieldOf(value, 'states');
    const final = trueOf(value, 'final');
    const transitions = readTransitions(value, reader);
    for (const key of final ? ['transitions', 'states'] : []) {
      const tree = fieldOf(value, key);
      if (tree)
        report.error(
          'no-effect',
          tree.at,
          `state "${id}" is final, and has ${key}`,
          'delete them, or final',
        );
    }
    const initial = scalarOf(value, 'initial');
    if (initial && !inside)
      report.error(
        'no-effect',
        initial.at,
        `state "${id}" has no states inside to begin in`,
        'delete initial',
      );
    const was = textOf(value, 'was');
    const events = (key: string): readonly string[] =>
      textsOf(value, key).map(({ source }) => source);
    const [entry, exit] = [events('entry'), events('exit')];
    const state: MachineState = {
      id,
      label: textOf(value, 'label') ?? id,
      ...(was !== undefined && { was }),
      ...(inside && {
        states: readStates(value, reader),
        initial: readInitial(value, `state "${id}"`, reader),
      }),
      ...(final && { final }),
      ...(transitions.length > 0 && { transitions }),
      ...(entry.length > 0 && { entry }),
      ...(exit.length > 0 && { exit }),
    };
    reader.places.set(state, keyAt);
    return state;
  });
}

/** Of the states just inside, the one to begin in. */
function readInitial(tree: Tree, what: string, { names, context }: Reader): string {
  const inside = entriesOf(fieldOf(tree, 'states')).map(([id]) => ({ id }));
  const states = fieldOf(tree, 'states');
  const [first] = inside;
  if (states && !first)
    context.report.error('missing-field', states.at, `${what} has no states`, 'name one');
  const initial = scalarOf(tree, 'initial');
  if (!initial) return first?.id ?? '';
  if (!inside.some(({ id }) => id === initial.source))
    context.report.error(
      'unknown-state',
      initial.at,
      names.some(({ id }) => id === initial.source)
        ? `${what} cannot begin in "${initial.source}": it is not just inside`
        : `there is no state "${initial.source}"`,
      suggest(initial.source, inside, 'name a state just inside'),
    );
  return initial.source;
}

function readTransitions(tree: Tree, reader: Reader): readonly MachineTransition[] {
  return mapsOf(fieldOf(tree, 'transitions')).map((map) => {
    const transition = readTransition(map, reader);
    reader.places.set(transition, map.at);
    return transition;
  });
}

function readTransition(map: MapTree, reader: Reader): MachineTransition {
  const { context, names, of, raised } = reader;
  const { report } = context;
  const [on, after, target] = [
    scalarOf(map, 'on'),
    scalarOf(map, 'after'),
    scalarOf(map, 'target'),
  ];
  const whereTree = fieldOf(map, 'where');
  const whenTree = fieldOf(map, 'when');
  if (on && after)
    report.error(
      'too-many-fields',
      after.at,
      'a transition has on and after',
      'write two transitions: one on the event, one after the time',
    );
  if (!on && !after && !whenTree)
    report.error(
      'missing-field',
      map.at,
      'a transition does not say what leads on',
      'add on: event, after: time, or when: condition',
    );
  if (whereTree && (!on || raised.has(on.source) || on.source.startsWith('done.state.')))
    report.error(
      'no-effect',
      whereTree.at,
      on ? `"${on.source}" is raised by the machine, and has no fields` : 'where is about an event',
      'write when: and ask attributes',
    );
  if (target && !names.some(({ id }) => id === target.source))
    report.error(
      'unknown-state',
      target.at,
      `there is no state "${target.source}"`,
      suggest(target.source, names, 'add it to states, or name another one'),
    );
  if (on) checkEvent(on.source, on.at, reader);
  const reenter = trueOf(map, 'reenter');
  if (reenter && !on && !after)
    report.error(
      'no-effect',
      fieldOf(map, 'reenter')?.at ?? map.at,
      'a condition alone does not enter a state anew: it would do so without end',
      'delete reenter, or enter it on an event or after a time',
    );
  const where = readCondition(whereTree, whereScope(of), context);
  const when = readGuard(whenTree, reader);
  const guard = [where, when].filter((part) => part !== undefined);
  const afterMs = after && readDelay(after.value, after.at, context);
  return {
    ...(on && { on: on.source }),
    ...(afterMs !== undefined && { afterMs }),
    ...(guard.length > 0 && { when: conjoin(guard) }),
    target: target?.source ?? '',
    ...(reenter && { reenter }),
  };
}

function readGuard(tree: Tree | undefined, { id, of, context }: Reader): Condition | undefined {
  const { report } = context;
  if (tree?.kind === 'map' && tree.entries.size === 0)
    report.error('always-true', tree.at, 'when asks nothing', 'name what has to hold');
  const condition = readCondition(tree, triggerScope(of), context);
  if (tree && condition && attributesOf(condition).has(`${of}.${id}`))
    report.error(
      'out-of-scope',
      tree.at,
      `a machine cannot ask its own state "${id}"`,
      'put the transition into that state',
    );
  return condition;
}

function readDelay(value: unknown, at: Place, context: Context): number | undefined {
  const ms = attempt(at, context, 'write it like "3 days"', () => parseDuration(value));
  if (ms !== 0) return ms;
  context.report.error('out-of-range', at, 'a delay of no time', 'write a longer time');
  return undefined;
}

function checkEvent(
  event: string,
  at: Place,
  { raised, activities, context, names }: Reader,
): void {
  if (raised.has(event) || activities.has(event)) return;
  const done = names.map(({ id }) => ({ id: doneEvent(id) }));
  if (done.some(({ id }) => id === event)) return;
  const known = [...raised, ...activities].map((id) => ({ id }));
  context.report.error(
    'unknown-event',
    at,
    `nothing tells of "${event}"`,
    suggest(
      event,
      event.startsWith('done.') ? done : known,
      'raise it with entry: or exit:; where a connector tells of it, name it in contactPolicy or in an attribute',
    ),
  );
}

/** `done.state.ID` of a state that never comes to an end. */
function checkDone(machine: Machine, map: MapTree, { context, names }: Reader): void {
  const done = new Set(names.map(({ id }) => doneEvent(id)));
  const ends = new Set<string>();
  walkStates(machine, ({ id, states = [] }) => {
    if (states.some(({ final }) => final)) ends.add(doneEvent(id));
  });
  const check = (tree: Tree): void => {
    for (const one of mapsOf(fieldOf(tree, 'transitions'))) {
      const on = scalarOf(one, 'on');
      if (on && done.has(on.source) && !ends.has(on.source))
        context.report.error(
          'unknown-event',
          on.at,
          `"${on.source}" never comes: no state just inside is final`,
          'write "final: true" on the state that ends it',
        );
    }
    for (const [, { value }] of entriesOf(fieldOf(tree, 'states'))) check(value);
  };
  check(map);
}
