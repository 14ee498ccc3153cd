import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type CommandBench, openCommandBench } from '../command-bench.js';

const DATA = process.env.OPPORTUNE_TEST_DATA;
const skip = DATA === undefined ? 'OPPORTUNE_TEST_DATA is not set' : false;
const example = (path: string): string =>
  fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));

describe('opportune analyze on exports of others', { skip }, () => {
  let bench: CommandBench;
  before(async () => {
    bench = await openCommandBench();
  });
  after(() => bench.end());

  /** The export as facts, and what the command needs to read them. */
  async function bring(
    name: string,
    source: string,
    ...args: readonly string[]
  ): Promise<readonly string[]> {
    const map = example(`${name}/map.yaml`);
    const { code, err } = await bench.ask(
      'import',
      resolve(DATA ?? '', source),
      '--map',
      map,
      '--facts',
      name,
      ...args,
    );
    assert.equal(code, 0, err);
    return ['--playbook', example(`${name}/playbook`), '--facts', name];
  }

  it('finds nothing in the Maven pipeline, and says that 9 points would have shown', async () => {
    const given = await bring('maven', 'maven-crm');
    const { code, out } = await bench.ask(
      'analyze',
      'patterns',
      ...given,
      '--won',
      'opportunity.stage=Won',
      '--lost',
      'opportunity.stage=Lost',
      '--json',
    );
    assert.equal(code, 1);
    const { noDriver, rows, sellers } = JSON.parse(out);
    assert.deepEqual([rows, sellers], [6_711, 30]);
    assert.ok(noDriver.smallestEffect > 0.05 && noDriver.smallestEffect < 0.15);
    const retention = await bench.ask('analyze', 'retention', ...given);
    assert.match(retention.out, /takes at least 100 customers who bought; the data have 85/);
  });

  it('says of the Maven pipeline what else its files do not carry', async () => {
    const given = ['--playbook', example('maven/playbook'), '--facts', 'maven'];
    const stages = ['--won', 'opportunity.stage=Won', '--lost', 'opportunity.stage=Lost'];
    const told = async (topic: string, ...more: readonly string[]): Promise<string> => {
      const { out, err } = await bench.ask('analyze', topic, ...given, ...more);
      return (out + err).replaceAll(/\s+/g, ' ');
    };
    // Whoever compares all deals "finds" that first orders take 25 days longer: the pipeline begins with slow ones.
    const cycle = await told('patterns', ...stages, '--measure', 'cycle');
    assert.match(cycle, /No driver found .* nine times in ten is 1[12](\.\d)? days/);
    assert.match(await told('actions'), /No action towards a buyer is in the data/);
    assert.match(
      await told('forecast', ...stages),
      /Nothing can be said of the \d+ open deals: no act of the buyer is usual/,
    );
    assert.match(
      await told('reasons', ...stages),
      /no attribute of the opportunity in this playbook looks like why one was lost/,
    );
  });

  it('compares the leads of Olist by when they came, and not by who sold to those that were won', async () => {
    const given = await bring('olist-funnel', 'olist-funnel');
    const stages = ['--won', 'opportunity.stage=Won', '--lost', 'opportunity.stage=Qualified'];
    const { out } = await bench.ask('analyze', 'patterns', ...given, ...stages);
    const text = out.replaceAll(/\s+/g, ' ');
    assert.match(
      text,
      /8,000 deals, 841 of them \(10\.5 %\) with Stage is Won\. Who sold is told with one/,
    );
    assert.match(text, /Where Came by is email, Stage is Won 4\.9 percentage points less often/);
  });

  it('tells what goes with a coffee from the first receipts of a bakery, and no money, which they do not tell', async () => {
    const receipts = readFileSync(join(DATA ?? '', 'groceries/BreadBasket_DMS.csv'), 'utf8');
    bench.write('BreadBasket_DMS.csv', receipts.split('\n').slice(0, 3_000).join('\n'));
    const given = await bring('groceries', bench.path('BreadBasket_DMS.csv'));
    const { out } = await bench.ask('analyze', 'whitespace', ...given, '--peers', 'account.kind');
    const text = out.replaceAll(/\s+/g, ' ');
    assert.match(text, /each product was hidden in turn\. .* a gain of -?\d\.\d points/);
    assert.match(
      text,
      /What was paid is not in the data, so that it is not known what a gap is worth/,
    );
    assert.doesNotMatch(text, /£/);
    const wallet = await bench.ask('analyze', 'wallet', ...given, '--peers', 'account.kind');
    assert.match(
      wallet.out.replaceAll(/\s+/g, ' '),
      /that tells an amount \("amount"\); the data have 0/,
    );
  });

  it('tells what goes with what in 9,835 baskets that are written one a line, and nothing of money, time or return', async () => {
    // The mapping says how such a file becomes lines; this is what it says, run as it stands.
    const command = readFileSync(example('groceries/map.yaml'), 'utf8').match(/awk (.*) '(.*)' /);
    const [, options = '', program = ''] = command ?? [];
    const baskets = resolve(DATA ?? '', 'groceries/groceries.csv');
    const lines = execFileSync('awk', [...options.split(' '), program, baskets], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    bench.write('BreadBasket_DMS.csv', lines);
    const given = await bring('groceries', bench.path('BreadBasket_DMS.csv'));
    const ask = async (topic: string, ...more: readonly string[]): Promise<string> =>
      (await bench.ask('analyze', topic, ...given, ...more)).out.replaceAll(/\s+/g, ' ');
    const text = await ask(
      ...(['whitespace', '--peers', 'account.kind', '--html'] as const),
      bench.path('groceries.html'),
    );
    assert.match(text, /9,835 customers, 169 products/);
    // Counted in the file by another program.
    assert.match(text, /root vegetables other vegetables 466 of 1,072 \(43 %\) 16 % 27 points/);
    assert.match(text, /a gain of (3\.[5-9]|4\.\d) points \(95 % interval [34]\.\d to/);
    const page = readFileSync(bench.path('groceries.html'), 'utf8').replace(
      /<style>.*<\/style>/s,
      '',
    );
    for (const told of [text, page])
      assert.doesNotMatch(told, /£|margin|spend|not told|not known: ask/);
    assert.match(await ask('retention'), /50 customers who bought again; the data have 0/);
  });

  it('finds the monthly contract of customers who leave, and tells risks that hold', async () => {
    const given = await bring('telco-churn', 'telco-churn');
    const patterns = await bench.ask(
      'analyze',
      'patterns',
      ...given,
      '--won',
      'account.churned=true',
      '--lost',
      'account.churned=false',
      '--json',
    );
    const [first] = JSON.parse(patterns.out).findings;
    assert.deepEqual(first.pattern, [{ attribute: 'account.contract', in: ['Month-to-month'] }]);
    assert.deepEqual(first.couldMislead, ['sellers-not-told', 'time-not-told']);
    const { out } = await bench.ask(
      'analyze',
      'retention',
      ...given,
      '--left',
      'account.churned=true',
      '--stayed',
      'account.churned=false',
      '--json',
    );
    const { isCalibrated, calibration } = JSON.parse(out);
    assert.ok(isCalibrated && calibration.auc > 0.84, JSON.stringify(calibration));
  });

  it('says of the tag of a lead that nobody knows when it was written', async () => {
    const given = await bring(
      'lead-scoring',
      'lead-scoring/Lead_Scoring.csv',
      '--as-of',
      '2026-01-31',
    );
    const { out } = await bench.ask(
      'analyze',
      'patterns',
      ...given,
      '--won',
      'account.converted=true',
      '--lost',
      'account.converted=false',
      '--json',
    );
    const { findings } = JSON.parse(out);
    const tag = findings.find(
      ({ pattern }: { pattern: readonly { attribute: string }[] }) =>
        pattern[0]?.attribute === 'account.tag',
    );
    assert.deepEqual(tag.couldMislead.slice(0, 1), ['nearly-decides']);
    assert.ok(tag.couldMislead.includes('time-not-told'));
  });
});
