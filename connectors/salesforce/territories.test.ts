import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Fact } from '../../src/domain/fact.js';
import { collect, factsOf, positionOf } from '../connector-case.js';
import { pullSince, toldAfter, valuesOf } from '../told-facts.js';
import { type Bench, makeRow, type Row, rowsOf, startBench } from './salesforce-bench.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('what territories of Salesforce say of accounts and reps', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ accounts: 15, settings: { bulkPageSize: 8, pageSize: 20 } });
  });
  afterEach(() => bench.close());
  const rows = (object: string): readonly Row[] => rowsOf(bench, object);
  const make = (object: string, values: object): string => makeRow(bench, object, values);
  const told = (happen: () => void): Promise<readonly Fact[]> => toldAfter(bench, happen);

  it("is an account's territories when they change, though the account's own stamp does not move", async () => {
    const { org } = bench.emulator;
    const account = rows('Account').find(({ Id }) =>
      rows('ObjectTerritory2Association').every(({ ObjectId }) => ObjectId !== Id),
    );
    const id = account?.Id ?? '';
    const record = `crm:account:${id}`;
    const stamp = account?.SystemModstamp;
    const [north, south] = rows('Territory2').map(({ Id }) => Id);
    let link = '';
    const moved = await told(() => {
      link = make('ObjectTerritory2Association', { ObjectId: id, Territory2Id: north });
      make('ObjectTerritory2Association', { ObjectId: id, Territory2Id: south });
    });
    assert.deepEqual(valuesOf(moved, record).territories, ['North', 'South']);
    const left = await told(() => org.delete('ObjectTerritory2Association', link));
    assert.deepEqual(valuesOf(left, record).territories, ['South']);
    const renamed = await told(() =>
      org.update('Territory2', String(south), { Name: 'Far south' }),
    );
    assert.deepEqual(valuesOf(renamed, record).territories, ['Far south']);
    const [model] = rows('Territory2Model');
    const ended = await told(() =>
      org.update('Territory2Model', String(model?.Id), { State: 'Archived' }),
    );
    assert.equal(valuesOf(ended, record).territories, null);
    assert.equal(account?.SystemModstamp, stamp);
  });

  it('finds the territories that an account lost while nobody asked for longer than Salesforce remembers', async () => {
    const { org } = bench.emulator;
    const account = String(rows('ObjectTerritory2Association')[0]?.ObjectId);
    const before = positionOf(await collect(bench.open().pull()));
    const { objects, ...rest } = JSON.parse(before);
    // Of many accounts it is not kept which were in territories.
    const { named, ...place } = objects.ObjectTerritory2Association;
    assert.ok(named.includes(account));
    const many = { ...rest, objects: { ...objects, ObjectTerritory2Association: place } };
    bench.pass(MINUTE_MS);
    for (const { Id, ObjectId } of rows('ObjectTerritory2Association'))
      if (ObjectId === account) org.delete('ObjectTerritory2Association', Id);
    bench.pass(30 * HOUR_MS);
    for (const position of [before, JSON.stringify(many)])
      assert.equal(
        valuesOf(factsOf(await pullSince(bench, position)), `crm:account:${account}`).territories,
        null,
      );
  });

  it('is the team of a rep, also when an assignment ends without a trace or is switched off', async () => {
    const { org } = bench.emulator;
    const [first, second] = rows('UserTerritory2Association');
    const ended = await told(() => org.delete('UserTerritory2Association', first?.Id ?? ''));
    const rep = `crm:rep:${first?.UserId}`;
    assert.equal(valuesOf(ended, rep).team, null);
    assert.deepEqual(ended.find(({ about }) => about[0] === rep)?.subjects, [
      'opportune:company:self',
      rep,
    ]);
    const off = await told(() =>
      org.update('UserTerritory2Association', second?.Id ?? '', { IsActive: false }),
    );
    assert.equal(valuesOf(off, `crm:rep:${second?.UserId}`).team, null);
    // It was told once, and not at each reading since.
    assert.deepEqual(await told(() => undefined), []);
  });
});

describe('a company without territories', () => {
  it('is described and read without them, by a map that calls them optional', async () => {
    const bench = await startBench({ accounts: 3, settings: { territories: false } });
    try {
      const names = ((await bench.open().describe?.()) ?? []).map(({ name }) => name);
      assert.ok(names.includes('OpportunityLineItem'));
      assert.ok(!names.some((name) => name.includes('Territory')));
      assert.ok(factsOf(await collect(bench.open().pull())).length > 10);
      const strict = `
connection: crm
objects:
  ObjectTerritory2Association:
    facts: [{ record: account, into: ObjectId, set: { territories: { list: Territory2.Name } } }]
`;
      await assert.rejects(collect(bench.open({ map: strict }).pull()), {
        message: /ObjectTerritory2Association is not there/,
      });
    } finally {
      await bench.close();
    }
  });
});
