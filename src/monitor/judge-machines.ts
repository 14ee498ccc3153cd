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
import type { Fact } from '../domain/fact.js';
import type { MachineMove } from '../domain/machine.js';
import type { RecordState, Subject } from '../domain/subject.js';
import type { RecordId } from '../domain/value.js';

type Records = Subject['records'];

export interface MachineMoment {
  /** Delays up to and at that moment have run. */
  readonly from: number;
  readonly at: number;
  readonly fact?: Fact;
  /** Whether guards of its machine of that number may come out otherwise for a record than when it came to rest. */
  hasMoved(record: RecordState, number: number): boolean;
  /** The record among records, whose machines' states are attributes too; with the fields of an event. */
  situated(records: Records, record: RecordState, event?: Fact['data']): Situated;
}

export interface Judged {
  /** The same object when no machine moved. */
  readonly records: Records;
  readonly moves: readonly (MachineMove & {
    readonly record: RecordId;
    readonly machine: string;
  })[];
  /** Machines that did not come to rest, as `machine|record`: they stay where they were stopped. */
  readonly stopped: readonly string[];
}

/** A machine, with its number among those of its kind of record. */
export type NumberedTable = MachineTable & { readonly number: number };

/** Machines of one account that lead one another on and on are stopped after so many rounds. */
const MOST_ROUNDS = 100;

/**
 * Every machine of every record at one moment, side by side in the order of records and machines: first those begin that
 * have not begun, then delays run that ended, then the fact is taken as an event by the account's machines and by those of the
 * records it is about, then conditions, until nothing moves any more.
 */
export function judgeMachines(
  before: Records,
  moment: MachineMoment,
  tables: readonly NumberedTable[],
): Judged {
  if (areAtRest(before, moment, tables)) return { records: before, moves: [], stopped: [] };
  const { from, at, fact, hasMoved, situated } = moment;
  let records = before;
  // What is deleted has no state; written again, it begins anew.
  for (const { id, machines, ...record } of Object.values(before))
    if (record.deleted && machines) records = { ...records, [id]: { id, ...record } };
  const moves: Judged['moves'][number][] = [];
  const stopped = new Set<string>();
  const pairs = Object.values(before).flatMap(({ id, kind, deleted }) =>
    deleted
      ? []
      : tables.filter(({ machine }) => machine.of === kind).map((table) => ({ id, table })),
  );
  /** Whether something moved. */
  const put = ({ id, table }: (typeof pairs)[number], step: MachineStep): boolean => {
    const { machine } = table;
    const record = records[id] as RecordState;
    if (step.held !== record.machines?.[machine.id])
      records = {
        ...records,
        [id]: { ...record, machines: { ...record.machines, [machine.id]: step.held } },
      };
    moves.push(...step.moves.map((move) => ({ ...move, record: id, machine: machine.id })));
    if (step.stopped) stopped.add(`${machine.id}|${id}`);
    return step.moves.length > 0;
  };
  const look = (id: RecordId, event?: Fact['data']): Situated =>
    situated(records, records[id] as RecordState, event);
  const heldOf = ({ id, table }: (typeof pairs)[number]) =>
    records[id]?.machines?.[table.machine.id];

  /** Those whose conditions are to be judged: they begin, or moved, or something that they read may have changed. */
  const awake = new Set(
    pairs.filter((pair) => {
      const record = before[pair.id] as RecordState;
      return !heldOf(pair) || hasMoved(record, pair.table.number);
    }),
  );
  const begun = pairs.filter((pair) => heldOf(pair));
  for (const pair of pairs)
    if (!heldOf(pair)) put(pair, startMachine(pair.table, look(pair.id), at));
  for (const pair of begun) {
    const held = heldOf(pair);
    const due = held && findMachineWake(pair.table, held, from);
    if (held && due !== undefined && due <= at) {
      put(
        pair,
        elapseMachine(pair.table, held, () => look(pair.id), from, at),
      );
      awake.add(pair);
    }
  }
  for (const pair of fact ? pairs : []) {
    const held = heldOf(pair);
    const hears = fact && pair.table.events.has(fact.type) && concerns(fact, pair.table, pair.id);
    if (held && hears) {
      put(pair, stepMachine(pair.table, held, look(pair.id, fact.data), at, fact.type));
      awake.add(pair);
    }
  }
  let moving: Iterable<(typeof pairs)[number]> = moves.length > 0 ? pairs : awake;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let isMoving = false;
    for (const pair of moving) {
      const held = heldOf(pair);
      // A machine that was stopped would be stopped again.
      if (!held || stopped.has(`${pair.table.machine.id}|${pair.id}`)) continue;
      if (put(pair, stepMachine(pair.table, held, look(pair.id), at))) {
        isMoving = true;
        if (round === MOST_ROUNDS - 1) stopped.add(`${pair.table.machine.id}|${pair.id}`);
      }
    }
    if (!isMoving) break;
    // What moved may be read by any other.
    moving = pairs;
  }
  return { records, moves, stopped: [...stopped] };
}

/** What happens to the account, or to a record that a fact names, is an event of its machines. */
const concerns = ({ about }: Fact, { machine }: MachineTable, record: RecordId): boolean =>
  machine.of === 'account' || about.includes(record);

/** Whether none of all that can move a machine has come. */
function areAtRest(
  records: Records,
  { from, at, fact, hasMoved }: MachineMoment,
  tables: readonly NumberedTable[],
): boolean {
  for (const id in records) {
    const record = records[id] as RecordState;
    if (record.deleted) {
      if (record.machines) return false;
      continue;
    }
    for (const table of tables) {
      if (table.machine.of !== record.kind) continue;
      const held = record.machines?.[table.machine.id];
      if (!held || hasMoved(record, table.number)) return false;
      if (fact && table.events.has(fact.type) && concerns(fact, table, id)) return false;
      const due = findMachineWake(table, held, from);
      if (due !== undefined && due <= at) return false;
    }
  }
  return true;
}

/** The next moment at which a delay of some machine ends; infinity where none runs. */
export function findMachinesWake(
  records: Records,
  tables: readonly MachineTable[],
  from: number,
): number {
  let soonest = Number.POSITIVE_INFINITY;
  for (const { kind, machines, deleted } of Object.values(records))
    for (const table of machines && !deleted ? tables : []) {
      const held = table.machine.of === kind && machines?.[table.machine.id];
      if (held) soonest = Math.min(soonest, findMachineWake(table, held, from) ?? soonest);
    }
  return soonest;
}

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
