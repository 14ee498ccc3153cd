import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type CommandBench, openCommandBench } from '../command-bench.js';
import { createTestDatabase } from '../database/test-database.js';
import { openTestGateway, silent, type TestGateway } from '../serve/test-gateway.js';

describe('opportune token', () => {
  let gateway: TestGateway;
  let bench: CommandBench;
  let url: string;
  before(async () => {
    url = await createTestDatabase();
    gateway = await openTestGateway({ url });
    gateway.clock.follow();
    bench = await openCommandBench();
  });
  after(async () => {
    await bench.end();
    await gateway.close();
  });

  const token = (...args: readonly string[]): ReturnType<CommandBench['ask']> =>
    bench.ask('token', ...args, '--database', url);
  const use = async (secret: string): Promise<number> => {
    const body = { facts: silent('7', 20) };
    const headers = { authorization: `Bearer ${secret}` };
    return (await gateway.call('', 'POST', '/v1/facts', body, headers)).status;
  };
  const issue = async (name: string, ...args: readonly string[]): Promise<string> => {
    const made = await token('issue', '--tenant', 'acme', '--name', name, ...args);
    assert.equal(made.code, 0, made.err);
    return made.out.trim();
  };

  it('makes one beside the gateway at work, and writes it to standard output alone', async () => {
    const made = await token('issue', '--tenant', 'acme', '--name', 'nightly import');
    const secret = made.out.trim();
    assert.match(made.out, /^opp_\S+\n$/);
    assert.equal(made.err.includes(secret), false);
    assert.match(made.err, /for acme, until \d{4}-\d\d-\d\d\. It is shown this once/);
    assert.equal(await use(secret), 202);
    const { rows } = await gateway.database
      .ask('gateway', 'select body from opportune.named', [])
      .then((found) => ({ rows: JSON.stringify(found) }));
    assert.equal(rows.includes(secret.slice(-43)), false, 'the secret is kept nowhere');
  });

  it('makes one for a server of a CRM, which speaks for the reps of one connection', async () => {
    const secret = await issue('Salesforce', '--roles', 'host', '--connection', 'crm');
    const give = (user: string) =>
      gateway.call('', 'POST', '/v1/token/rep', { user }, { authorization: `Bearer ${secret}` });
    assert.equal(((await give('ana')).json() as { rep: string }).rep, 'crm:rep:ana');
    assert.match((await token('list')).out, / host of crm {2}/);
    for (const wrong of [
      ['--roles', 'host'],
      ['--roles', 'connector', '--connection', 'crm'],
    ]) {
      const made = await token('issue', '--tenant', 'acme', '--name', 'x', ...wrong);
      assert.equal(made.code, 2);
      assert.match(made.err, /--connection and the role host go together/);
    }
  });

  it('lists them without anything that opens', async () => {
    const secret = await issue('crm bridge', '--roles', 'connector,marketer', '--days', '7');
    const [, id = '', rest = ''] = /^opp_([A-Za-z0-9_-]{16})_(.*)$/.exec(secret) ?? [];
    const { out, code } = await token('list', '--tenant', 'acme');
    assert.equal(code, 0);
    const line = out.split('\n').find((one) => one.startsWith(id)) ?? '';
    assert.match(line, / acme {2}connector,marketer {2}\S+ until \S+ {2}crm bridge$/);
    assert.equal(out.includes(rest), false);
    const json = (await token('list', '--json')).out;
    assert.equal(/hash/.test(json), false);
    assert.equal((await token('list', '--tenant', 'other')).out, '');
  });

  it('takes one back, at once and for good', async () => {
    const secret = await issue('stolen');
    const id = secret.slice(4, 20);
    assert.equal(await use(secret), 202);
    assert.match((await token('revoke', '--id', id)).err, /is refused from now on/);
    assert.equal(await use(secret), 401);
    const again = await token('revoke', '--id', id);
    assert.deepEqual([again.code, again.err], [1, 'opportune: there is no such token\n']);
    const trail = await gateway.call('acme - auditor', 'GET', `/v1/audit?target=service:${id}`);
    const told = (trail.json() as { actor: string; action: string }[]).map(
      ({ actor, action }) => `${actor} ${action}`,
    );
    assert.deepEqual(told, [
      'development read-audit',
      'command-line token-revoked',
      'command-line token-issued',
    ]);
  });

  it('signs a person out: what a panel held until now is refused, and a new one is not', async () => {
    const exchange = async (): Promise<string> => {
      const { json } = await gateway.call('acme crm:rep:ana rep', 'POST', '/v1/token');
      return (json() as { token: string }).token;
    };
    const ask = async (held: string): Promise<number> =>
      (await gateway.call('', 'GET', '/v1/kinds', undefined, { authorization: `Bearer ${held}` }))
        .status;
    const held = await exchange();
    assert.equal(await ask(held), 200);
    const out = await token('sign-out', '--tenant', 'acme', '--identity', 'crm:rep:ana');
    assert.equal(out.code, 0, out.err);
    assert.equal(await ask(held), 401);
    // A token says the second in which it was made.
    gateway.clock.set(Date.now() + 1_000);
    assert.equal(await ask(await exchange()), 200);
  });

  const WRONG: readonly (readonly [readonly string[], RegExp])[] = [
    [['issue', '--tenant', 'acme'], /token issue needs --name/],
    [['issue', '--tenant', 'acne', '--name', 'x'], /no tenant "acne" here.*acme, other/],
    [
      ['issue', '--tenant', 'acme', '--name', 'x', '--roles', 'rep'],
      /"rep" is no role of a machine/,
    ],
    [['issue', '--tenant', 'acme', '--name', 'x', '--days', '0'], /"0" is no number of days/],
    [['revoke'], /token revoke needs --id/],
    [['sign-out', '--tenant', 'acme'], /token sign-out needs --identity/],
    [['burn'], /"burn" is nothing to do with a token/],
  ];
  for (const [args, told] of WRONG)
    it(`says what is wrong with: token ${args.join(' ')}`, async () => {
      const { code, err, out } = await token(...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, told);
    });
});
