import { expect } from '@open-wc/testing';
import { createMachineTable } from '../core/machine/machine-table.js';
import type { Fact } from '../domain/fact.js';
import type { Machine } from '../domain/machine.js';
import type { RecordState, Subject } from '../domain/subject.js';
import {
  carryMachines,
  findMachinesWake,
  judgeMachines,
  type MachineMoment,
  type NumberedTable,
} from './judge-machines.js';

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
const tableOf = (machine: Machine): NumberedTable => ({
  ...createMachineTable(machine),
  number: 0,
});
const TABLES = [LIFECYCLE, HEALTH].map(tableOf);

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
const situated: MachineMoment['situated'] = (records, one) => ({
  get: (attribute) => {
    const [kind, name = ''] = attribute.split('.');
    return records[kind === 'account' ? 'a' : one.id]?.machines?.[name]?.state;
  },
  children: () => [],
});
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
const judgeAt = (records: Records, from: number, at: number, happened?: Fact) =>
  judgeMachines(
    records,
    { from, at, situated, hasMoved: () => true, ...(happened && { fact: happened }) },
    TABLES,
  );

describe('the machines of an account', () => {
  it('begin with the record, and not with one that is gone', () => {
    const { records, moves } = judgeAt(RECORDS, 0, 0);
    expect(statesOf(records)).to.deep.equal(['prospect', 'new', 'new', undefined]);
    expect(moves).to.deep.equal([]);
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
    let { records } = judgeAt(RECORDS, 0, 0);
    const bought = judgeAt(records, 0, DAY, fact('purchase', 'a'));
    expect(bought.moves.map(({ record: id, to, because }) => [id, to, because])).to.deep.equal([
      ['a', 'customer', { event: 'purchase' }],
      ['o', 'warm', { condition: is('account.lifecycle', 'customer') }],
      ['p', 'warm', { condition: is('account.lifecycle', 'customer') }],
    ]);
    ({ records } = bought);
    expect(findMachinesWake(records, TABLES, DAY)).to.equal(31 * DAY);
    const later = judgeAt(records, DAY, 31 * DAY);
    expect(statesOf(later.records)).to.deep.equal(['quiet', 'new', 'new', undefined]);
    expect(findMachinesWake(later.records, TABLES, 31 * DAY)).to.equal(Number.POSITIVE_INFINITY);
  });

  it('are stopped, and named, where they lead one another round and round', () => {
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
    const tables = [flip('m', 'n', true), flip('n', 'm', false)].map(tableOf);
    const { stopped } = judgeMachines(
      { a: record('a', 'account') },
      { from: 0, at: 0, situated, hasMoved: () => true },
      tables,
    );
    expect(stopped).to.deep.equal(['m|a', 'n|a']);
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
