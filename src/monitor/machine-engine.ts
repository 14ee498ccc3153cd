import { createMachineTable, type MachineTable } from '../core/machine/machine-table.js';
import { push } from '../core/push.js';
import type { RecordsDraft } from '../domain/draft.js';
import type { CompileLasting, JudgeLasting, SubjectOnDay } from '../domain/lasting.js';
import type { Playbook } from '../domain/playbook.js';
import type { RecordState, Subject } from '../domain/subject.js';
import type { RecordKind } from '../domain/value.js';
import {
  carryMachines,
  judgeMachines,
  type MachineMoment,
  type MachinesPlan,
  noteMachine,
} from './judge-machines.js';
import { createOutlook, createWatchPlan, type Outlook } from './outlook.js';
import { findReads, type Reads } from './reads.js';

type Records = Subject['records'];

/** The state machines of one playbook. */
export interface MachineEngine {
  /** What is judged of an account whose machines have all to be looked at. */
  watch(records: Records): Outlook;
  /** The records when their machines have taken a moment in: delays, what happened, and what holds. */
  judge(draft: RecordsDraft, moment: MachineMoment, outlook: Outlook): void;
  /** Notes until when every machine stays as it is, where it is. */
  note(outlook: Outlook, on: SubjectOnDay, from: number): void;
  /** The records with the states that are still there, by their id or as what another state `was`. */
  carry(records: Records, before: MachineEngine | undefined): Records;
  readonly tables: readonly MachineTable[];
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
  const byKind = new Map<RecordKind, MachineTable[]>();
  const tables = machines.map((machine) => {
    const { of } = machine;
    const table = createMachineTable(machine);
    push(byKind, of, table);
    push(reads, of, findReads(of, table.guards, playbook));
    push(
      guards,
      of,
      table.guards.map((guard) => compile(guard)),
    );
    return table;
  });
  const plan = createWatchPlan(reads);
  const untilOf = (record: RecordState, number: number, on: SubjectOnDay): number => {
    let soonest = Number.POSITIVE_INFINITY;
    for (const guard of guards.get(record.kind)?.[number] ?? []) {
      const { until } = guard(record, on);
      if (until < soonest) soonest = until;
    }
    return soonest;
  };
  const own: MachinesPlan = { tables: byKind, untilOf };
  return {
    tables,
    watch: (records) => createOutlook(plan, records),
    judge: (draft, moment, outlook) => judgeMachines(draft, moment, own, outlook),
    note(outlook, on, from) {
      for (const watched of outlook.watched)
        for (const [number, table] of (byKind.get(watched.kind) ?? []).entries())
          noteMachine(outlook, { watched, number, table }, on, from, own);
    },
    carry: (records, before) => carryMachines(records, before?.tables ?? [], tables).records,
  };
}
