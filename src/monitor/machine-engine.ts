import { createMachineTable } from '../core/machine/machine-table.js';
import type { Playbook } from '../domain/playbook.js';
import type { Subject } from '../domain/subject.js';
import {
  carryMachines,
  findMachinesWake,
  type Judged,
  judgeMachines,
  type MachineMoment,
  type ReadTable,
} from './judge-machines.js';
import { findReads } from './reads.js';

type Records = Subject['records'];

/** The state machines of one playbook. */
export interface MachineEngine {
  readonly tables: readonly ReadTable[];
  judge(records: Records, moment: MachineMoment): Judged;
  findWake(records: Records, from: number): number;
  /** The records with the states that are still there, by their id or as what another state `was`. */
  carry(records: Records, before: MachineEngine | undefined): Records;
}

/** Undefined for a playbook without machines. */
export function createMachineEngine(playbook: Playbook): MachineEngine | undefined {
  const { machines = [] } = playbook;
  if (machines.length === 0) return undefined;
  const tables = machines.map((machine) => {
    const table = createMachineTable(machine);
    return { ...table, reads: findReads(machine.of, table.guards, playbook) };
  });
  return {
    tables,
    judge: (records, moment) => judgeMachines(records, moment, tables),
    findWake: (records, from) => findMachinesWake(records, tables, from),
    carry: (records, before) => carryMachines(records, before?.tables ?? [], tables).records,
  };
}
