import { carryHeld } from '../core/machine/carry-held.js';
import type { MachineTable } from '../core/machine/machine-table.js';
import {
  elapseMachine,
  findMachineWake,
  type MachineStep,
  startMachine,
  stepMachine,
} from '../core/machine/step-machine.js';
import type { Situated } from '../domain/condition.js';
import { type Change, dropMachines, put, type RecordsDraft } from '../domain/draft.js';
import type { Fact } from '../domain/fact.js';
import type { SubjectOnDay } from '../domain/lasting.js';
import type { MachineHeld } from '../domain/machine.js';
import type { RecordState, Subject } from '../domain/subject.js';
import type { RecordId, RecordKind } from '../domain/value.js';
import type { AccountView } from './account-view.js';
import type { Outlook, Watched } from './outlook.js';

type Records = Subject['records'];

export interface MachineMoment {
  /** Delays up to and at that moment have run. */
  readonly from: number;
  readonly at: number;
  /** Records as they are whenever they are looked at. */
  readonly view: AccountView;
  readonly fact?: Fact | undefined;
}

/** By kind of record, in the order of their numbers. */
export type Tables = ReadonlyMap<RecordKind, readonly MachineTable[]>;

export interface MachinesPlan {
  readonly tables: Tables;
  /** The day number until which, by time alone, no guard of a machine comes out otherwise for a record. */
  untilOf(record: RecordState, number: number, on: SubjectOnDay): number;
}

/** A machine of a record. */
interface Pair {
  readonly watched: Watched;
  readonly number: number;
  readonly table: MachineTable;
  /** Its conditions are to be judged, whether or not they may come out otherwise. */
  awake: boolean;
  /** Its conditions were judged at this moment. */
  judged: boolean;
  /** It did not come to rest: it stays where it was stopped. */
  stopped: boolean;
}

/** Machines of one account that lead one another on and on are stopped after so many rounds. */
const MOST_ROUNDS = 100;

/**
 * Every machine of every record at one moment, side by side in the order of records and machines: first those begin that
 * have not begun, then delays run that ended, then the fact is taken as an event by the account's machines and by those of the
 * records it is about, then conditions, until nothing moves any more. Machines are left alone that nothing of it concerns.
 */
export function judgeMachines(
  draft: RecordsDraft,
  moment: MachineMoment,
  plan: MachinesPlan,
  outlook: Outlook,
): void {
  const { tables } = plan;
  const { from, at, view, fact } = moment;
  const { today } = view;
  if (!isAnyConcerned(outlook, moment, tables)) return;
  const recordOf = ({ id }: Watched): RecordState => draft.records[id] as RecordState;
  const touchFrom = (first: number): void => {
    for (let i = first; i < draft.changes.length; i++) outlook.touch(draft.changes[i] as Change);
  };
  const pairs: Pair[] = [];
  for (const watched of outlook.watched) {
    const { deleted, machines } = recordOf(watched);
    if (deleted) {
      const first = draft.changes.length;
      if (machines) dropMachines(draft, watched.id);
      touchFrom(first);
      for (const number of watched.untils.keys()) outlook.note(watched, number, NEVER);
    } else
      for (const [number, table] of (tables.get(watched.kind) ?? []).entries())
        pairs.push({ watched, number, table, awake: false, judged: false, stopped: false });
  }
  const isStale = ({ watched, number }: Pair): boolean =>
    (watched.untils[number] as number) <= today;
  const heldOf = ({ watched, table }: Pair) => recordOf(watched).machines?.[table.machine.id];
  /** Whether something moved. */
  const take = (pair: Pair, step: MachineStep): boolean => {
    const { id } = pair.watched;
    const { machine } = pair.table;
    if (step.held !== heldOf(pair)) {
      const first = draft.changes.length;
      put(draft, id, 'machines', machine.id, step.held);
      touchFrom(first);
    }
    if (step.stopped) pair.stopped = true;
    pair.awake = true;
    return step.moves.length > 0;
  };
  const look = ({ watched }: Pair, event?: Fact['data']): Situated =>
    view.situated(recordOf(watched), event);

  const due: Pair[] = [];
  for (const pair of pairs) {
    const held = heldOf(pair);
    if (!held) take(pair, startMachine(pair.table, look(pair), at));
    else if (
      isStale(pair)
        ? (findMachineWake(pair.table, held, from) ?? NEVER) <= at
        : (pair.watched.ends[pair.number] as number) <= at
    )
      due.push(pair);
  }
  for (const pair of due) {
    const held = heldOf(pair) as MachineHeld;
    take(
      pair,
      elapseMachine(pair.table, held, () => look(pair), from, at),
    );
  }
  if (fact)
    for (const pair of pairs) {
      const held = heldOf(pair);
      if (held && pair.table.events.has(fact.type) && concerns(fact, pair.watched))
        take(pair, stepMachine(pair.table, held, look(pair, fact.data), at, fact.type));
    }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let isMoving = false;
    for (const pair of pairs) {
      if (!pair.awake && !isStale(pair)) continue;
      pair.judged = true;
      // Whatever it reads that changes from here on makes it stale again.
      pair.watched.untils[pair.number] = NEVER;
      pair.awake = false;
      const held = heldOf(pair);
      // A machine that was stopped would be stopped again.
      if (!held || pair.stopped) continue;
      const isMoved = take(pair, stepMachine(pair.table, held, look(pair), at));
      pair.awake = false;
      if (!isMoved) continue;
      isMoving = true;
      if (round === MOST_ROUNDS - 1) pair.stopped = true;
    }
    if (!isMoving) break;
  }
  for (const pair of pairs)
    if (pair.judged || isStale(pair)) noteMachine(outlook, pair, view, at, plan);
}

const NEVER = Number.POSITIVE_INFINITY;

/** Notes until when a machine of a record stays as it is, where it is. */
export function noteMachine(
  outlook: Outlook,
  { watched, number, table }: Pick<Pair, 'watched' | 'number' | 'table'>,
  on: SubjectOnDay,
  from: number,
  { untilOf }: MachinesPlan,
): void {
  const record = on.records[watched.id] as RecordState;
  const held = record.deleted ? undefined : record.machines?.[table.machine.id];
  const end = held && findMachineWake(table, held, from);
  outlook.note(watched, number, record.deleted ? NEVER : untilOf(record, number, on), end);
}

function isAnyConcerned(
  { watched }: Outlook,
  { at, view: { today }, fact }: MachineMoment,
  tables: Tables,
): boolean {
  for (const one of watched)
    if (one.until <= today || one.end <= at || (fact && hears(one, fact, tables))) return true;
  return false;
}

/** Whether the fact is an event of some machine of the record. */
function hears(watched: Watched, fact: Fact, tables: Tables): boolean {
  if (!concerns(fact, watched)) return false;
  for (const { events } of tables.get(watched.kind) ?? []) if (events.has(fact.type)) return true;
  return false;
}

/** What happens to the account, or to a record that a fact names, is an event of its machines. */
const concerns = ({ about }: Fact, { id, kind }: Watched): boolean =>
  kind === 'account' || about.includes(id);

/**
 * Records under a playbook with other machines: states that are still there, or that another says it `was`, go on. The rest are
 * dropped, and begin when they are judged next or come from the timeline folded again: `gone` names those.
 */
export function carryMachines(
  records: Records,
  before: readonly MachineTable[],
  after: readonly MachineTable[],
): { readonly records: Records; readonly gone: readonly string[] } {
  const gone: string[] = [];
  const carried = Object.values(records).map((record): readonly [RecordId, RecordState] => {
    const { machines: held, ...rest } = record;
    if (!held) return [record.id, record];
    const kept = Object.entries(held).flatMap(([id, state]) => {
      const of = ({ machine }: MachineTable): boolean =>
        machine.id === id && machine.of === record.kind;
      const [old, now] = [before.find(of), after.find(of)];
      const next = old && now && carryHeld(state, old, now);
      if (now && !next) gone.push(`${id}|${record.id}`);
      return next ? [[id, next] as const] : [];
    });
    return [record.id, kept.length > 0 ? { ...rest, machines: Object.fromEntries(kept) } : rest];
  });
  return { records: Object.fromEntries(carried), gone };
}
