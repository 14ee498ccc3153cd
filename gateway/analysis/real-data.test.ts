import assert from 'node:assert/strict';
import { join } from 'node:path';
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
      join(DATA ?? '', source),
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
    assert.ok(tag.couldMislead.includes('time-not-told'));
  });
});
