import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Connector } from '../../src/domain/connector.js';
import { connectorContract } from '../connector-contract.js';
import { connect as connectThrough, type Files, pull } from './files-in-memory.js';
import { createRowMemory, type RowMemory } from './row-memory.js';

const MAP = `
connection: shop
zone: Europe/Berlin
currency: EUR
asOf: 2026-03-31
files:
  customers.csv:
    key: id
    columns:
      parent: { find: { file: customers.csv, by: name, climb: parent } }
      size: { type: number }
    facts:
      - record: account
        at: 2026-01-01
        set: { name: name, size: size, ultimateParent: { account: parent } }
  people.csv:
    key: email
    needs: company
    columns:
      company: { find: { file: customers.csv, by: name } }
    facts:
      - record: contact
        of: company
        set: { name: name, email: email }
  calls.csv:
    key: [day, email]
    columns:
      company: { find: { file: customers.csv, by: name } }
      day: { type: date, format: DD.MM.YYYY }
      worth: { type: money, decimal: "," }
    facts:
      - activity: call-made
        of: company
        at: day
        about: { contact: email }
        by: { rep: rep }
        set: { text: note, worth: worth }
`;

const FILES: Files = {
  'customers.csv':
    'id,name,parent,size\n1,Acme Inc.,,10\n2,Sonron,acme,20\n3,Zoom & Co,SONRON,many\n4,Zoom and,,\n',
  'people.csv': 'email,name,company\na@acme.test,Ana,ACME\nb@x.test,Bo,Sonrom\nc@x.test,Cy,\n',
  'calls.csv':
    'day,email,company,rep,note,worth\n02.03.2026,a@acme.test,Acme,Kim,"=1+1, she said","1.200,50"\n31.04.2026,a@acme.test,Acme,Kim,,\n01.04.2026,a@acme.test,Acme,Kim,,\n',
};

const connect = (files: Files, options: { memory?: RowMemory; asOf?: string } = {}): Connector =>
  connectThrough(files, { map: MAP, ...options });

describe('the CSV connector keeps the contract of connectors', () => {
  for (const { name, needs, run } of connectorContract) {
    if (needs === undefined || connect(FILES)[needs] !== undefined)
      it(name, () => run({ open: async () => connect(FILES) }));
  }
});

describe('the CSV connector', () => {
  it('turns rows into facts of accounts, contacts and activities', async () => {
    const { facts } = await pull(connect(FILES));
    const call = facts.find(({ type }) => type === 'call-made');
    assert.deepEqual(call, {
      id: 'shop/calls.csv/2026-03-02+a@acme.test/call-made',
      type: 'call-made',
      subjects: ['shop:account:1', 'shop:contact:a@acme.test'],
      about: ['shop:account:1', 'shop:contact:a@acme.test'],
      grade: 'observed',
      by: 'shop:rep:Kim',
      source: { record: 'shop:account:1' },
      data: { text: '=1+1, she said', worth: { amountMinor: 120_050, currency: 'EUR' } },
      occurredAt: Date.parse('2026-03-01T23:00:00Z'),
      learnedAt: Date.parse('2026-03-30T22:00:00Z'),
    });
    const contact = facts.find(({ about }) => about[0] === 'shop:contact:a@acme.test');
    assert.deepEqual(contact?.subjects, ['shop:account:1', 'shop:contact:a@acme.test']);
  });

  it('finds the ultimate parent over two steps: Zoom & Co, under SONRON, under acme', async () => {
    const { facts } = await pull(connect(FILES));
    const parents = facts
      .filter(({ about }) => about[0]?.startsWith('shop:account:'))
      .flatMap(({ type, data }) =>
        type === 'record-changed'
          ? [(data.values as { ultimateParent: string }).ultimateParent]
          : [],
      );
    assert.deepEqual(parents, [null, 'shop:account:1', 'shop:account:1', null]);
  });

  it('reports what it skips and repairs, by file, line and reason, and counts every row', async () => {
    const { skips, repairs, tallies } = await pull(connect(FILES));
    assert.deepEqual(skips, [
      'customers.csv:4 value: "size" is not a number [many]',
      'people.csv:3 row: "company" names no row of customers.csv [Sonrom (is it Sonron?)]',
      'people.csv:4 row: "company" is empty',
      'calls.csv:3 row: "day" is not a date in the form DD.MM.YYYY [31.04.2026]',
      'calls.csv:4 row: "day" lies after the export was taken [01.04.2026]',
    ]);
    assert.deepEqual(repairs, [
      'people.csv:2 company: ACME -> Acme Inc.',
      'calls.csv:2 company: Acme -> Acme Inc.',
    ]);
    assert.deepEqual(tallies, ['customers.csv 4=4+0', 'people.csv 3=1+2', 'calls.csv 3=1+2']);
  });

  it('does not guess between two customers of nearly one name, and takes the one written to the letter', async () => {
    const customers =
      'id,name,parent,size\n1,Acme Inc,,\n2,Acme Ltd,,\n3,Acme,,\n4,Base AG,,\n5,BASE,,\n6,BASE.,,\n';
    const people = 'email,name,company\na@x.test,A,Acme\nb@x.test,B,ACME GmbH\nc@x.test,C,base\n';
    const { facts, skips } = await pull(
      connect({
        ...FILES,
        'customers.csv': customers,
        'people.csv': people,
        'calls.csv': 'day,email,company,rep,note,worth\n',
      }),
    );
    const contacts = facts.filter(({ about }) => about[0]?.startsWith('shop:contact:'));
    assert.deepEqual(
      contacts.map(({ subjects }) => subjects[0]),
      ['shop:account:3'],
    );
    assert.deepEqual(
      skips.filter((text) => text.startsWith('people')),
      [
        'people.csv:3 row: "company" names more than one row of customers.csv, and a guess is not made [ACME GmbH]',
        'people.csv:4 row: "company" names more than one row of customers.csv, and a guess is not made [base]',
      ],
    );
  });

  it('keeps the first of two rows with one key', async () => {
    const { skips, facts } = await pull(
      connect({ ...FILES, 'customers.csv': 'id,name,parent,size\n1,Acme,,1\n1,Other,,2\n' }),
    );
    assert.equal(
      skips[0],
      'customers.csv:3 row: another row has the same key, and the first stays [1, line 2]',
    );
    assert.equal(
      facts.filter(({ about }) => about[0] === 'shop:account:1' && about.length === 1).length,
      1,
    );
  });
});

describe('a second import', () => {
  const changed: Files = {
    ...FILES,
    'customers.csv': 'id,name,parent,size\n1,Acme Inc.,,11\n2,Sonron,acme,20\n4,Zoom and,,\n',
    'calls.csv': 'day,email,company,rep,note,worth\n02.03.2026,a@acme.test,Acme,Kim,other words,\n',
  };

  it('of the same files gives the same ids', async () => {
    const memory = createRowMemory();
    const first = await pull(connect(FILES, { memory }));
    const second = await pull(connect(FILES, { memory, asOf: '2026-05-31' }));
    const past = second.facts.filter(({ id }) => !id.startsWith('shop/calls.csv/2026-04-01'));
    assert.deepEqual(
      past.map(({ id }) => id),
      first.facts.map(({ id }) => id),
    );
  });

  it('of changed files gives a further fact for a changed record, later than the first', async () => {
    const memory = createRowMemory();
    const [before] = (await pull(connect(FILES, { memory }))).facts;
    const { facts } = await pull(connect(changed, { memory, asOf: '2026-04-30' }));
    assert.match(facts[0]?.id ?? '', /^shop\/customers\.csv\/1\/account\/0002-/);
    assert.ok(before && facts[0] && facts[0].occurredAt > before.occurredAt);
    assert.equal((facts[0]?.data.values as { size: number } | undefined)?.size, 11);
  });

  it('that finds a value as it was two imports ago gives a third fact', async () => {
    const memory = createRowMemory();
    const ids: (string | undefined)[] = [];
    for (const files of [FILES, changed, FILES])
      ids.push((await pull(connect(files, { memory }))).facts[0]?.id);
    assert.equal(new Set(ids).size, 3);
    assert.deepEqual([...ids].sort(), ids);
  });

  it('tells rows that are gone and activities that tell something else, and rewrites nothing', async () => {
    const memory = createRowMemory();
    await pull(connect(FILES, { memory }));
    const { skips, facts } = await pull(connect(changed, { memory }));
    assert.ok(
      skips.includes(
        'customers.csv gone: it was in the last import and is not in this one; what was learned from it stays [3]',
      ),
    );
    assert.ok(
      skips.some((text) =>
        /^calls\.csv:2 row: this call-made is on record with other details/.test(text),
      ),
      skips.join('\n'),
    );
    assert.equal(
      facts.some(({ type }) => type === 'call-made'),
      false,
    );
  });
});
