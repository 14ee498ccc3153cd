import { isSatisfiable } from '../core/condition-logic.js';
import {
  createMachineTable,
  type MachineTable,
  walkStates,
} from '../core/machine/machine-table.js';
import type { MachineTransition } from '../domain/machine.js';
import type { Context } from './context.js';
import { describeClash } from './describe-test.js';
import { findPossible, findReached, type Possible } from './possible-moves.js';
import type { MachineDraft } from './read-machines.js';

/** States that nothing reaches or leaves, guards that can never hold, transitions and delays that never come to their turn. */
export function lintMachine(draft: MachineDraft, context: Context): void {
  const { machine } = draft;
  const table = createMachineTable(machine);
  const possible = findPossible(table, context.attributes.domain);
  const reached = findReached(possible);
  const lintAll = (source: string, transitions: readonly MachineTransition[] = []): void => {
    const comesThere = isReached(source, table, reached);
    for (const transition of transitions)
      lintTransition(transition, source, comesThere, draft, possible, context);
  };
  lintAll(machine.id, machine.transitions);
  walkStates(machine, ({ id, transitions }) => lintAll(id, transitions));
  lintStates(draft, possible, reached, context);
  lintCircles(draft, possible, reached, context);
}

function isReached(state: string, { leaves }: MachineTable, reached: ReadonlySet<number>): boolean {
  return leaves.some(({ path }, leaf) => reached.has(leaf) && path.includes(state));
}

function lintTransition(
  transition: MachineTransition,
  source: string,
  comesThere: boolean,
  { placeOf, machine }: MachineDraft,
  { table, taken, late }: Possible,
  context: Context,
): void {
  const { report, attributes } = context;
  const place = placeOf(transition);
  const { when } = transition;
  const holds = when ? isSatisfiable(when, attributes.domain) : true;
  if (holds !== true)
    report.error(
      'never-true',
      place,
      `what "when" and "where" ask can never be true: ${describeClash(holds, context)}`,
      'change it',
    );
  else if (comesThere && late.has(transition))
    report.warn(
      'never-fires',
      place,
      `the delay never ends: ${source === machine.id ? 'the state' : `"${source}"`} is always left before`,
      'make it shorter, or delete it',
    );
  // One that only keeps the record where it is does its work without a move.
  else if (
    comesThere &&
    !taken.has(transition) &&
    table.moves.some((move) => move.transition === transition)
  )
    report.warn(
      'shadowed',
      place,
      `the transition to "${transition.target}" is never taken: another before it always is`,
      'put it first, narrow the other, or delete it',
    );
}

function lintStates(
  { machine, placeOf }: MachineDraft,
  { table, moves }: Possible,
  reached: ReadonlySet<number>,
  { report }: Context,
): void {
  const listened = new Set(table.moves.map(({ transition }) => transition?.on));
  const unreached = new Set<string>();
  walkStates(machine, (state, around) => {
    const { id, states, final, entry = [], exit = [] } = state;
    if (!isReached(id, table, reached)) {
      // Of states inside one another only the outermost is told.
      if (!around.some((outer) => unreached.has(outer)))
        report.warn(
          'unreachable',
          placeOf(state),
          `no record ever comes to state "${id}"`,
          'lead a transition there, or delete it',
        );
      unreached.add(id);
      return;
    }
    const leaf = table.leafNumbers.get(id);
    if (!states && !final && !moves[leaf ?? -1]?.some(({ move }) => move.to !== leaf))
      report.warn(
        'dead-end',
        placeOf(state),
        `nothing leads out of state "${id}"`,
        'add a transition, or write "final: true"',
      );
    for (const event of new Set([...entry, ...exit]))
      if (!listened.has(event))
        report.warn(
          'no-effect',
          placeOf(state),
          `state "${id}" raises "${event}", and no transition listens`,
          'add a transition "on:" it, or delete it',
        );
  });
}

/** More states in a circle are not looked at, nor more paths. */
const LONGEST_CIRCLE = 6;
const MOST_PATHS = 2_000;

/** Conditions that can hold together and lead round and round. */
function lintCircles(
  { placeOf }: MachineDraft,
  { table, moves }: Possible,
  reached: ReadonlySet<number>,
  { report, attributes }: Context,
): void {
  type Step = Possible['moves'][number][number];
  let paths = 0;
  const follow = (path: readonly Step[]): void => {
    const [first, last] = [path[0] as Step, path[path.length - 1] as Step];
    for (const step of moves[last.move.to] ?? []) {
      const { to } = step.move;
      // Each circle is looked at from its first state alone.
      if (!step.together || to < first.move.from || paths++ > MOST_PATHS) continue;
      const round = [...path, step];
      if (to !== first.move.from) {
        if (round.length < LONGEST_CIRCLE && round.every(({ move }) => move.from !== to))
          follow(round);
        continue;
      }
      const all = round.flatMap(({ together }) => together ?? []);
      if (isSatisfiable({ all }, attributes.domain) !== true || !first.move.transition) continue;
      const names = [...round.map(({ move }) => move.from), to];
      report.warn(
        'endless',
        placeOf(first.move.transition),
        `conditions that can hold together lead round and round: ${names.map((leaf) => table.leaves[leaf]?.id).join(' to ')}`,
        'let one of them exclude another: the agent goes 100 steps and stops',
      );
    }
  };
  for (const leaf of reached)
    for (const step of moves[leaf] ?? []) if (step.together && step.move.to > leaf) follow([step]);
}
