import { createMachineTable } from '../core/machine/machine-table.js';
import { push } from '../core/push.js';
import type { CompileLasting, JudgeLasting, SubjectOnDay } from '../domain/lasting.js';
import type { Playbook } from '../domain/playbook.js';
import type { RecordState, Subject } from '../domain/subject.js';
import type { RecordKind } from '../domain/value.js';
import {
  carryMachines,
  findMachinesWake,
  type Judged,
  judgeMachines,
  type MachineMoment,
  type NumberedTable,
} from './judge-machines.js';
import { createWatchPlan, type Outlook, type Stale, type WatchPlan } from './outlook.js';
import { findReads, type Reads } from './reads.js';

type Records = Subject['records'];

/** The state machines of one playbook. */
export interface MachineEngine {
  readonly tables: readonly NumberedTable[];
  readonly watch: WatchPlan;
  judge(records: Records, moment: MachineMoment): Judged;
  /** Notes until when the guards of what was judged stay as they are. */
  note(outlook: Outlook, stale: Stale, on: SubjectOnDay): void;
  findWake(records: Records, from: number): number;
  /** The records with the states that are still there, by their id or as what another state `was`. */
  carry(records: Records, before: MachineEngine | undefined): Records;
}

/** Undefined for a playbook without machines. */
export function createMachineEngine(
  playbook: Playbook,
  compile: CompileLasting,
): MachineEngine | undefined {
  const { machines = [] } = playbook;
  if (machines.length === 0) return undefined;
  const reads = new Map<RecordKind, Reads[]>();
  const guards = new Map<RecordKind, (readonly JudgeLasting[])[]>();
  const tables = machines.map((machine): NumberedTable => {
    const table = createMachineTable(machine);
    const number = reads.get(machine.of)?.length ?? 0;
    push(reads, machine.of, findReads(machine.of, table.guards, playbook));
    push(
      guards,
      machine.of,
      table.guards.map((guard) => compile(guard)),
    );
    return { ...table, number };
  });
  return {
    tables,
    watch: createWatchPlan(reads),
    note(outlook, stale, on) {
      for (const [id, numbers] of stale) {
        const record = on.records[id] as RecordState;
        for (const number of numbers) {
          const own = (!record.deleted && guards.get(record.kind)?.[number]) || [];
          const untils = own.map((guard) => guard(record, on).until);
          outlook.note(record, number, Math.min(...untils));
        }
      }
      outlook.settle(on.records);
    },
    judge: (records, moment) => judgeMachines(records, moment, tables),
    findWake: (records, from) => findMachinesWake(records, tables, from),
    carry: (records, before) => carryMachines(records, before?.tables ?? [], tables).records,
  };
}
