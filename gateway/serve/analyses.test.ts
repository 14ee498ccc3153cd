import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from 'opportune/plan';
import type { Answered } from '../../src/insights/ground.js';
import { TOLD_PLAYBOOK, tellDeals } from '../../test/told-deals.js';
import { forgetAnswers } from '../database/analysis-log.js';
import { createTestDatabase } from '../database/test-database.js';
import { openTestGateway, type TestGateway, until } from './test-gateway.js';

const MANAGER = 'acme crm:rep:boss manager';
const PLAYBOOK: readonly SourceFile[] = Object.entries(TOLD_PLAYBOOK).map(([path, text]) => ({
  path,
  text,
}));
const WINS = {
  topic: 'patterns',
  outcome: { attribute: 'opportunity.stage', won: ['Won'], lost: ['Lost'] },
  firstDays: 0,
} as const;
const north = { where: [{ attribute: 'account.region', value: 'north' }] };

interface Told {
  readonly id: string;
  readonly state: string;
  readonly share: number;
  readonly answer?: Answered & {
    readonly level?: { readonly look: number; readonly alpha: number };
  };
  readonly problem?: string;
}

describe('questions over HTTP', () => {
  let url: string;
  let gateway: TestGateway;
  const open = async (): Promise<void> => {
    gateway = await openTestGateway({ url, playbook: PLAYBOOK });
    await gateway.settled();
  };
  const ask = async (question: object): Promise<string> => {
    const { status, text, json } = await gateway.call(MANAGER, 'POST', '/v1/analyses', question);
    assert.equal(status, 202, text);
    return (json() as { readonly id: string }).id;
  };
  const read = async (id: string): Promise<Told> => {
    const { status, text, json } = await gateway.call(MANAGER, 'GET', `/v1/analyses/${id}`);
    assert.equal(status, 200, text);
    return json() as Told;
  };
  const settled = async (id: string): Promise<Told> => {
    await until(async () => !['waiting', 'running'].includes((await read(id)).state));
    return read(id);
  };
  before(async () => {
    url = await createTestDatabase();
    await open();
    await gateway.tenants.get('acme')?.take(tellDeals({ effect: 0.4, dealsEach: 20 }));
    await gateway.settled();
  });
  after(() => gateway.close());

  it('are answered in the background, with a report to read', async () => {
    const { state, answer } = await settled(await ask(WINS));
    assert.equal(state, 'done');
    assert.equal(answer?.found, true);
    assert.equal(answer?.level?.look, 1);
    assert.match(JSON.stringify(answer?.report), /Where Need is urgent, Stage is Won/);
    assert.match(JSON.stringify(answer?.report), /plays\/found-need-in-urgent\.yaml/);
  });

  it('ask more of a finding with every further cut, and no more of what was seen', async () => {
    const second = await settled(await ask({ ...WINS, cut: north }));
    assert.equal(second.answer?.level?.look, 2);
    assert.ok((second.answer?.level?.alpha ?? 1) < 0.01);
    assert.equal((await settled(await ask(WINS))).answer?.level?.look, 1);
    const { json } = await gateway.call(MANAGER, 'GET', '/v1/analyses');
    const { looks, presets } = json() as {
      readonly looks: readonly unknown[];
      readonly presets: readonly { readonly id: string }[];
    };
    assert.ok(presets.some(({ id }) => id === 'wins'));
    assert.ok(looks.length >= 2);
  });

  it('are not for reps, and one that somebody else may not ask is refused in words', async () => {
    const rep = await gateway.call('acme crm:rep:ana rep', 'POST', '/v1/analyses', WINS);
    assert.equal(rep.status, 403);
    const forecast = { topic: 'forecast', outcome: WINS.outcome, rep: 't:rep:3' };
    assert.equal((await gateway.call(MANAGER, 'POST', '/v1/analyses', forecast)).status, 400);
    const unknown = await gateway.call(MANAGER, 'POST', '/v1/analyses', {
      ...WINS,
      adjustFor: ['account.colour'],
    });
    assert.equal(unknown.status, 400);
    assert.match(unknown.text, /account\.colour is not declared/);
    assert.equal(
      (await gateway.call(MANAGER, 'GET', '/v1/analyses/00000000-0000-4000-8000-000000000000'))
        .status,
      404,
    );
  });

  it('of another company are nobody’s', async () => {
    const id = await ask(WINS);
    const other = await gateway.call('other crm:rep:x manager', 'GET', `/v1/analyses/${id}`);
    assert.equal(other.status, 404);
    await settled(id);
  });

  it('stop when somebody says so', async () => {
    const id = await ask({ ...WINS, seed: 'to stop' });
    const { status } = await gateway.call(MANAGER, 'POST', `/v1/analyses/${id}/stop`);
    assert.equal(status, 204);
    const { state, answer } = await settled(id);
    assert.deepEqual([state, answer], ['stopped', undefined]);
  });

  it('leave panels their turn: a decision is answered while one runs', async () => {
    const id = await ask({ ...WINS, seed: 'meanwhile' });
    await until(async () => (await read(id)).state === 'running');
    const { status } = await gateway.call('acme crm:rep:ana rep', 'GET', '/v1/playbook');
    assert.equal(status, 200);
    assert.equal((await settled(id)).state, 'done');
  });

  it('lose their answers when somebody is erased, and stay looks', async () => {
    const id = await ask(WINS);
    await settled(id);
    await forgetAnswers(gateway.database, 'acme');
    const { state, answer } = await read(id);
    assert.deepEqual([state, answer], ['done', undefined]);
  });

  it('are begun anew by the next process when this one is killed in their midst', async () => {
    await gateway.close();
    const child = spawn(
      process.execPath,
      [
        ...['--import', 'tsx', fileURLToPath(new URL('analysis-child.ts', import.meta.url))],
        ...[url, JSON.stringify({ ...WINS, seed: 'killed' })],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [id] = await once(child.stdout.setEncoding('utf8'), 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await open();
    const found = await settled(String(id).trim());
    assert.equal(found.state, 'done');
    assert.match(found.answer?.report.title ?? '', /What goes along with Stage is Won/);
    const { rows } = await gateway.database.inTenant('acme', async (sql) => ({
      rows: await sql.rows('select tries from opportune.analyses where id = $1', [found.id]),
    }));
    assert.deepEqual(rows, [{ tries: 2 }]);
  });
});
