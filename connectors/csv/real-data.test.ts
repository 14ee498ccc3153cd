import assert from 'node:assert/strict';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import papaparse from 'papaparse';
import type { Pulled } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import { createCsvConnector } from './csv-connector.js';
import { parseCsvMap } from './parse-map.js';

const DATA = process.env.OPPORTUNE_TEST_DATA;
const skip = DATA === undefined ? 'OPPORTUNE_TEST_DATA is not set' : false;

/** Skipped one by one, so that each is counted. */
const onData = (title: string, run: () => Promise<void>): void => {
  void it(title, { skip }, run);
};

type Row = { readonly [column: string]: string };

/** The rows as another parser reads them. */
function rowsOf(path: string): Row[] {
  const text = readFileSync(join(DATA ?? '', path), 'utf8');
  return papaparse.parse<Row>(text, { header: true, skipEmptyLines: true }).data;
}

interface Pull {
  readonly facts: readonly Fact[];
  readonly skips: readonly string[];
  readonly tallies: { readonly [file: string]: string };
  readonly repairs: readonly string[];
}

async function pull(example: string, folder: string): Promise<Pull> {
  const path = new URL(`../../examples/${example}/map.yaml`, import.meta.url);
  const { map, problems } = parseCsvMap(readFileSync(path, 'utf8'), 'map.yaml');
  assert.deepEqual(problems, []);
  assert.ok(map);
  const connector = createCsvConnector({
    name: example,
    map,
    openFile: async (name) => {
      const file = join(DATA ?? '', folder, name);
      return { bytes: createReadStream(file), size: statSync(file).size };
    },
  });
  const all: Pulled[] = [];
  for await (const pulled of connector.pull()) all.push(pulled);
  return {
    facts: all.flatMap((each) => (each.type === 'fact' ? [each.fact] : [])),
    skips: all.flatMap((each) =>
      each.type === 'skipped' ? [`${each.skipped.place} ${each.skipped.reason}`] : [],
    ),
    tallies: Object.fromEntries(
      all.flatMap((each) =>
        each.type === 'tally'
          ? [[each.tally.place, `${each.tally.read} = ${each.tally.used} + ${each.tally.skipped}`]]
          : [],
      ),
    ),
    repairs: all.flatMap((each) =>
      each.type === 'repaired' ? [`${each.from} -> ${each.to}`] : [],
    ),
  };
}

const count = <T>(items: readonly T[], which: (item: T) => boolean): number =>
  items.filter(which).length;

describe('Maven CRM: 8,800 opportunities, 85 accounts, 7 products, 35 reps', () => {
  let pulled: Promise<Pull> | undefined;
  const maven = (): Promise<Pull> => {
    pulled ??= pull('maven', 'maven-crm');
    return pulled;
  };

  onData(
    'uses or reports every row: 7,375 opportunities are used, and 1,425 name no account',
    async () => {
      const pipeline = rowsOf('maven-crm/sales_pipeline.csv');
      const without = pipeline.flatMap((row, index) =>
        row.account === '' ? [`sales_pipeline.csv:${index + 2} "account" is empty`] : [],
      );
      assert.equal(pipeline.length, 8_800);
      assert.equal(without.length, 1_425);
      const { tallies, skips } = await maven();
      assert.deepEqual(tallies, {
        'accounts.csv': '85 = 85 + 0',
        'products.csv': '7 = 7 + 0',
        'sales_teams.csv': '35 = 35 + 0',
        'sales_pipeline.csv': '8800 = 7375 + 1425',
      });
      assert.deepEqual(skips, without);
    },
  );

  onData('tells every deal that was won as a purchase of that amount', async () => {
    const won = rowsOf('maven-crm/sales_pipeline.csv').filter((row) => row.deal_stage === 'Won');
    const purchases = (await maven()).facts.filter(({ type }) => type === 'purchase');
    assert.equal(purchases.length, 4_238);
    const total = (amounts: readonly number[]): number =>
      amounts.reduce((sum, amount) => sum + amount, 0);
    assert.equal(
      total(purchases.map(({ data }) => (data.amount as { amountMinor: number }).amountMinor)),
      total(won.map((row) => Number(row.close_value) * 100)),
    );
    const first = purchases.find(({ about }) => about.includes('maven:opportunity:1C1I7A6R'));
    assert.equal(new Date(first?.occurredAt ?? 0).toISOString(), '2017-03-01T05:00:00.004Z');
  });

  onData(
    'repairs "GTXPro" in 1,258 rows that it uses, "technolgy" in 12 and "Philipines" in one',
    async () => {
      const rows = rowsOf('maven-crm/sales_pipeline.csv');
      const { repairs, facts } = await maven();
      const repaired = (text: string): number => count(repairs, (repair) => repair === text);
      assert.equal(
        repaired('GTXPro -> GTX Pro'),
        count(rows, (row) => row.product === 'GTXPro' && row.account !== ''),
      );
      assert.equal(
        repaired('technolgy -> technology'),
        count(rowsOf('maven-crm/accounts.csv'), (row) => row.sector === 'technolgy'),
      );
      assert.equal(repaired('Philipines -> Philippines'), 1);
      assert.equal(
        count(facts, ({ data }) => JSON.stringify(data).includes('GTXPro')),
        0,
      );
    },
  );

  onData(
    'gives open deals the list price of their product: 664 of them, 163 still prospecting',
    async () => {
      const price = new Map(
        rowsOf('maven-crm/products.csv').map((row) => [row.product, Number(row.sales_price) * 100]),
      );
      const open = rowsOf('maven-crm/sales_pipeline.csv').filter(
        (row) => row.account !== '' && row.close_date === '',
      );
      const { facts } = await maven();
      for (const row of open) {
        const told = facts.filter(
          ({ about }) => about[0] === `maven:opportunity:${row.opportunity_id}`,
        );
        const values = told[0]?.data.values as { amount: unknown; stage: string; open: boolean };
        assert.equal(told.length, 1);
        assert.equal(values.open, true);
        assert.equal(values.stage, row.deal_stage);
        assert.deepEqual(values.amount, {
          amountMinor: price.get(row.product?.replace('GTXPro', 'GTX Pro')),
          currency: 'USD',
        });
      }
      assert.equal(
        count(open, (row) => row.deal_stage === 'Prospecting'),
        163,
      );
      assert.equal(open.length, 664);
    },
  );

  onData('finds the parents of 15 subsidiaries', async () => {
    const parents = (await maven()).facts.flatMap(({ data }) => {
      const parent = (data.values as { ultimateParent?: string | null } | undefined)
        ?.ultimateParent;
      return parent ? [parent] : [];
    });
    assert.equal(
      parents.length,
      count(rowsOf('maven-crm/accounts.csv'), (row) => row.subsidiary_of !== ''),
    );
    assert.equal(
      count(parents, (parent) => parent === 'maven:account:Acme Corporation'),
      4,
    );
  });
});

describe('Lead Scoring: 9,240 leads', () => {
  onData('uses every row, and takes "Select" for no answer', async () => {
    const rows = rowsOf('lead-scoring/Lead_Scoring.csv');
    const { tallies, facts } = await pull('lead-scoring', 'lead-scoring');
    assert.deepEqual(tallies, { 'Lead_Scoring.csv': `${rows.length} = ${rows.length} + 0` });
    assert.equal(rows.length, 9_240);
    const told = (name: string): number =>
      count(
        facts,
        ({ data }) => ((data.values as { [name: string]: unknown })[name] ?? null) !== null,
      );
    assert.equal(
      told('specialization'),
      count(rows, (row) => !['', 'Select'].includes(row.Specialization ?? '')),
    );
    assert.equal(
      told('activityScore'),
      count(rows, (row) => row['Asymmetrique Activity Score'] !== ''),
    );
    assert.equal(
      count(facts, ({ data }) => (data.values as { converted?: boolean }).converted === true),
      3_561,
    );
  });
});

describe('Olist funnel: 8,000 leads and 842 deals', () => {
  onData(
    'joins 380 of 3,095 sellers over their deals, and reports the others and one deal won before it began',
    async () => {
      const deals = rowsOf('olist-funnel/olist_closed_deals_dataset.csv');
      const sellers = rowsOf('olist-funnel/olist_sellers_dataset.csv');
      const leads = new Map(
        rowsOf('olist-funnel/olist_marketing_qualified_leads_dataset.csv').map((row) => [
          row.mql_id,
          row,
        ]),
      );
      const ours = new Set(deals.map((row) => row.seller_id));
      const known = count(sellers, (row) => ours.has(row.seller_id));
      const early = count(
        deals,
        (row) => (row.won_date ?? '') < (leads.get(row.mql_id)?.first_contact_date ?? ''),
      );
      const { tallies, skips, facts } = await pull('olist-funnel', 'olist-funnel');
      assert.deepEqual(tallies, {
        'olist_marketing_qualified_leads_dataset.csv': '8000 = 8000 + 0',
        'olist_closed_deals_dataset.csv': '842 = 842 + 0',
        'olist_sellers_dataset.csv': `3095 = ${known} + ${3_095 - known}`,
      });
      assert.equal(known, 380);
      assert.equal(
        count(skips, (text) => text.includes('lies before what it should follow')),
        early,
      );
      assert.equal(
        count(facts, ({ type }) => type === 'contract-signed'),
        deals.length - early,
      );
    },
  );
});
