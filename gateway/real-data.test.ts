import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import papaparse from 'papaparse';
import { type CommandBench, MAP, openCommandBench, PLAYBOOK } from './command-bench.js';

const DATA = process.env.OPPORTUNE_TEST_DATA;
const skip = DATA === undefined ? 'OPPORTUNE_TEST_DATA is not set' : false;
const TODAY = '2018-01-02';

interface Deal {
  readonly account: string;
  readonly product: string;
  readonly stage: string;
  /** Days before today; NaN without a date. */
  readonly engaged: number;
  readonly closed: number;
  readonly value: number;
}

/** The pipeline as another parser reads it. */
function readDeals(): readonly Deal[] {
  const text = readFileSync(join(DATA ?? '', 'maven-crm/sales_pipeline.csv'), 'utf8');
  const age = (day: string | undefined): number =>
    (Date.parse(TODAY) - Date.parse(day ?? '')) / 86_400_000;
  return papaparse
    .parse<{ readonly [column: string]: string }>(text, { header: true, skipEmptyLines: true })
    .data.map((row) => ({
      account: row.account ?? '',
      product: (row.product ?? '').replace('GTXPro', 'GTX Pro'),
      stage: row.deal_stage ?? '',
      engaged: age(row.engage_date),
      closed: age(row.close_date),
      value: Number(row.close_value),
    }))
    .filter(({ account }) => account !== '');
}

describe('the Maven data on the command line', () => {
  let bench: CommandBench;
  let opened: Map<string, number>;
  let deals: readonly Deal[];
  before(async () => {
    bench = await openCommandBench();
    if (DATA === undefined) return;
    deals = readDeals();
    const { code } = await bench.ask(
      'import',
      join(DATA, 'maven-crm'),
      '--into',
      'maven',
      '--map',
      MAP,
    );
    assert.equal(code, 0);
    // All is history but the one moment that is judged, noon in New York.
    const at = `${TODAY}T17:00:00Z`;
    const { out } = await bench.ask(
      'replay',
      '--playbook',
      PLAYBOOK,
      '--facts',
      'maven',
      '--from',
      at,
      '--until',
      at,
      '--json',
    );
    opened = new Map();
    for (const { play } of JSON.parse(out).openings as readonly { readonly play: string }[])
      opened.set(play, (opened.get(play) ?? 0) + 1);
  });
  after(() => bench.end());

  const count = (which: (deal: Deal) => boolean): number => deals.filter(which).length;
  const accounts = (which: (own: readonly Deal[]) => boolean): number => {
    const by = new Map<string, Deal[]>();
    for (const deal of deals) by.set(deal.account, [...(by.get(deal.account) ?? []), deal]);
    return [...by.values()].filter(which).length;
  };
  const isOpen = ({ stage }: Deal): boolean => stage === 'Engaging' || stage === 'Prospecting';
  /** Windows count today. */
  const bought = (
    own: readonly Deal[],
    product: string | undefined,
    days: number,
  ): readonly Deal[] =>
    own.filter(
      (deal) =>
        deal.stage === 'Won' && deal.closed < days && (product ?? deal.product) === deal.product,
    );

  const expected: { readonly [play: string]: () => number } = {
    'first-talk': () => count(({ stage }) => stage === 'Prospecting'),
    'past-usual-cycle': () =>
      count(({ stage, engaged }) => stage === 'Engaging' && engaged >= 89 && engaged < 139),
    'past-every-win': () => count(({ stage, engaged }) => stage === 'Engaging' && engaged >= 139),
    'gtk-deal': () => count(({ stage, product }) => stage === 'Engaging' && product === 'GTK 500'),
    'start-well': () =>
      count(
        ({ stage, product, closed }) =>
          stage === 'Won' &&
          closed <= 14 &&
          ['GTX Pro', 'GTX Plus Pro', 'MG Advanced', 'GTK 500'].includes(product),
      ),
    'one-voice': () => accounts((own) => own.filter(isOpen).length >= 8),
    'gone-quiet': () =>
      accounts(
        (own) => Math.min(...bought(own, undefined, 9999).map(({ closed }) => closed)) >= 30,
      ),
    'leave-alone': () =>
      accounts(
        (own) => own.filter(({ stage, closed }) => stage === 'Lost' && closed < 14).length >= 3,
      ),
    'offer-plus-basic': () =>
      accounts(
        (own) =>
          bought(own, 'GTX Basic', 180).length >= 3 &&
          bought(own, 'GTX Plus Basic', 90).length === 0,
      ),
    'offer-mg-advanced': () =>
      accounts(
        (own) =>
          bought(own, 'MG Special', 180).length >= 5 && bought(own, 'MG Advanced', 90).length === 0,
      ),
    'gtk-candidate': () =>
      accounts(
        (own) =>
          bought(own, undefined, 365).reduce((sum, { value }) => sum + value, 0) >= 150_000 &&
          bought(own, 'GTK 500', 9999).length === 0,
      ),
  };

  for (const [play, number] of Object.entries(expected))
    it(`opens ${play} as often as the rows of the pipeline say`, { skip }, () => {
      assert.ok(number() > 0, 'the data show nothing of it');
      assert.equal(opened.get(play), number());
    });
});
