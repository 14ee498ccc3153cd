import { expect } from '@open-wc/testing';
import { createMachineTable, type MachineTable } from '../core/machine/machine-table.js';
import { push } from '../core/push.js';
import { draftRecords } from '../domain/draft.js';
import type { Fact } from '../domain/fact.js';
import type { Machine } from '../domain/machine.js';
import type { RecordState, Subject } from '../domain/subject.js';
import type { RecordKind } from '../domain/value.js';
import type { AccountView } from './account-view.js';
import { carryMachines, judgeMachines } from './judge-machines.js';
import { createOutlook, createWatchPlan } from './outlook.js';
import { findReads, type Reads } from './reads.js';

const DAY = 86_400_000;
type Records = Subject['records'];

const is = (attribute: string, value: string) => ({ attribute, in: [value] });
const LIFECYCLE: Machine = {
  id: 'lifecycle',
  label: '',
  of: 'account',
  initial: 'prospect',
  states: [
    { id: 'prospect', label: '', transitions: [{ on: 'purchase', target: 'customer' }] },
    {
      id: 'customer',
      label: '',
      transitions: [{ afterMs: 30 * DAY, target: 'quiet' }],
    },
    { id: 'quiet', label: '' },
  ],
  file: '',
};
const HEALTH: Machine = {
  id: 'health',
  label: '',
  of: 'opportunity',
  initial: 'new',
  states: [
    {
      id: 'new',
      label: '',
      transitions: [
        { on: 'call-made', target: 'moving' },
        { when: is('account.lifecycle', 'customer'), target: 'warm' },
      ],
    },
    { id: 'moving', label: '' },
    {
      id: 'warm',
      label: '',
      transitions: [{ when: is('account.lifecycle', 'quiet'), target: 'new' }],
    },
  ],
  file: '',
};
const TABLES = [LIFECYCLE, HEALTH].map(createMachineTable);

const record = (id: string, kind: RecordState['kind']): RecordState => ({
  id,
  kind,
  values: {},
  derived: {},
});
const RECORDS: Records = {
  a: record('a', 'account'),
  o: record('o', 'opportunity'),
  p: record('p', 'opportunity'),
  gone: { ...record('gone', 'opportunity'), deleted: { occurredAt: 0, id: 'd' } },
};
const fact = (type: string, ...about: string[]): Fact => ({
  id: type,
  type,
  subjects: ['a'],
  about,
  occurredAt: 0,
  learnedAt: 0,
  grade: 'observed',
  data: {},
});
const statesOf = (records: Records) =>
  Object.values(records).map(({ machines }) => Object.values(machines ?? {})[0]?.state);

/** Machines of which nothing is known yet but where they are; and when the next delay ends. */
function judgeAt(
  records: Records,
  from: number,
  at: number,
  happened?: Fact,
  tables: readonly MachineTable[] = TABLES,
): { readonly records: Records; readonly end: number } {
  const byKind = new Map<RecordKind, MachineTable[]>();
  const reads = new Map<RecordKind, Reads[]>();
  for (const table of tables) {
    const { of } = table.machine;
    push(byKind, of, table);
    push(reads, of, findReads(of, table.guards, { attributes: [] }));
  }
  const draft = draftRecords(records, false);
  const outlook = createOutlook(createWatchPlan(reads), records);
  const view: AccountView = {
    key: 'a',
    today: 0,
    get records() {
      return draft.records;
    },
    situated: (one) => ({
      get: (attribute) => {
        const [kind, name = ''] = attribute.split('.');
        return draft.records[kind === 'account' ? 'a' : one.id]?.machines?.[name]?.state;
      },
      children: () => [],
    }),
  };
  judgeMachines(
    draft,
    { from, at, view, fact: happened },
    { tables: byKind, untilOf: () => Number.POSITIVE_INFINITY },
    outlook,
  );
  return { records: draft.records, end: outlook.nextEnd() };
}

describe('the machines of an account', () => {
  it('begin with the record, and not with one that is gone', () => {
    const { records } = judgeAt(RECORDS, 0, 0);
    expect(statesOf(records)).to.deep.equal(['prospect', 'new', 'new', undefined]);
    expect(judgeAt(records, 0, 5).records).to.equal(records);
  });

  it('hear of what happens to the account, or to the record that a fact is about', () => {
    const { records } = judgeAt(RECORDS, 0, 0);
    expect(statesOf(judgeAt(records, 0, 1, fact('call-made', 'o')).records)).to.deep.equal([
      'prospect',
      'moving',
      'new',
      undefined,
    ]);
  });

  it('lead one another on by conditions, at the same moment, also after a delay', () => {
    const { records } = judgeAt(RECORDS, 0, 0);
    const bought = judgeAt(records, 0, DAY, fact('purchase', 'a'));
    expect(statesOf(bought.records)).to.deep.equal(['customer', 'warm', 'warm', undefined]);
    expect(bought.end).to.equal(31 * DAY);
    const later = judgeAt(bought.records, DAY, 31 * DAY);
    expect(statesOf(later.records)).to.deep.equal(['quiet', 'new', 'new', undefined]);
    expect(later.end).to.equal(Number.POSITIVE_INFINITY);
  });

  it('are stopped after 100 rounds where they lead one another round and round', () => {
    const flip = (id: string, other: string, same: boolean): Machine => ({
      ...LIFECYCLE,
      id,
      initial: 'x',
      states: [
        {
          id: 'x',
          label: '',
          transitions: [{ when: is(`account.${other}`, same ? 'y' : 'x'), target: 'y' }],
        },
        {
          id: 'y',
          label: '',
          transitions: [{ when: is(`account.${other}`, same ? 'x' : 'y'), target: 'x' }],
        },
      ],
    });
    const tables = [flip('m', 'n', true), flip('n', 'm', false)].map(createMachineTable);
    const { records } = judgeAt({ a: record('a', 'account') }, 0, 0, undefined, tables);
    // `n` goes on as soon as it begins, for `m` has begun before it.
    let [m, n] = ['x', 'y'];
    for (let round = 0; round < 100; round++) {
      m = n;
      n = m === 'x' ? 'y' : 'x';
    }
    const { machines } = records.a as RecordState;
    expect([machines?.m?.state, machines?.n?.state]).to.deep.equal([m, n]);
  });

  it('go on under another playbook where their state is still there', () => {
    const { records } = judgeAt(RECORDS, 0, 0);
    const renamed = createMachineTable({
      ...LIFECYCLE,
      initial: 'lead',
      states: [{ id: 'lead', label: '', was: 'prospect' }],
    });
    const other = createMachineTable({
      ...HEALTH,
      initial: 'fine',
      states: [{ id: 'fine', label: '' }],
    });
    const carried = carryMachines(records, TABLES, [renamed, other]);
    expect(statesOf(carried.records)).to.deep.equal(['lead', undefined, undefined, undefined]);
    expect(carried.gone).to.deep.equal(['health|o', 'health|p']);
    expect(carryMachines(records, TABLES, []).gone).to.deep.equal([]);
  });
});
