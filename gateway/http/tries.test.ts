import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TryStand } from '../../src/domain/try.js';
import { accountOf, buyerOf, REP, TRY_FILES, tellAccount } from '../../test/try-world.js';
import { CONNECTOR, NOW, openTestGateway, type TestGateway, until } from '../serve/test-gateway.js';

const DAY = 86_400_000;
const WHO = `acme ${REP} rep`;
const OTHER = 'acme t:rep:2 rep';
const SETTINGS = `
publicUrl: http://localhost:8474
tenants:
  acme: { connections: { t: { rules: { records: { account: everyone, contact: everyone } } } } }
`;

describe('tries over HTTP', () => {
  let gateway: TestGateway;
  const begin = (id: string, response: object = {}): ReturnType<TestGateway['call']> =>
    gateway.call(WHO, 'POST', '/v1/responses', {
      ...{ id, play: 'audit', record: accountOf(0), account: accountOf(0), opening: '' },
      occurredAt: new Date(gateway.clock.now()).toISOString(),
      response: {
        ...{ kind: 'try', how: 'open with the audit date', weeks: 4, accounts: 20 },
        ...response,
      },
    });
  const tries = async (who: string): Promise<readonly TryStand[]> => {
    const { json, status, text } = await gateway.call(who, 'GET', '/v1/tries');
    assert.equal(status, 200, text);
    return json() as readonly TryStand[];
  };
  before(async () => {
    gateway = await openTestGateway({
      settings: SETTINGS,
      playbook: Object.entries(TRY_FILES).map(([path, text]) => ({ path, text })),
    });
    const rep = (id: string, name: string): object => ({
      id: `names ${id}`,
      type: 'record-changed',
      ...{ subjects: [id, 'opportune:company:self'], about: [id], grade: 'observed' },
      ...{ occurredAt: NOW - 60 * DAY, learnedAt: NOW, data: { values: { name, team: 'west' } } },
    });
    const accounts = Array.from({ length: 24 }, (_, i) =>
      tellAccount(accountOf(i), NOW - 40 * DAY),
    ).flat();
    const calls = accounts.slice(0, 24).map((_, i) => ({
      id: `call ${i}`,
      type: 'call-made',
      ...{ subjects: [accountOf(i)], about: [accountOf(i), buyerOf(accountOf(i))], by: REP },
      ...{ grade: 'observed', occurredAt: NOW - 30 * DAY, learnedAt: NOW, data: {} },
    }));
    const facts = [rep(REP, 'Ana'), rep('t:rep:2', 'Ben'), ...accounts, ...calls].map((fact) => {
      const { occurredAt, learnedAt: _, ...rest } = fact as { [name: string]: unknown };
      return { ...rest, occurredAt: new Date(Number(occurredAt)).toISOString() };
    });
    const { status, text } = await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts });
    assert.equal(status, 202, text);
    await gateway.settled();
  });
  after(() => gateway.close());

  it('begin once however often the answer is sent, and are told to their rep alone', async () => {
    for (let i = 0; i < 2; i++) {
      const { status, text } = await begin('a');
      assert.deepEqual([status, text], [200, '{"status":"recorded"}']);
    }
    const [own, ...others] = await tries(WHO);
    assert.equal(others.length, 0);
    assert.equal(own?.how, 'open with the audit date');
    assert.deepEqual([own?.usual.assigned, own?.new.assigned], [10, 10]);
    assert.deepEqual(await tries(OTHER), []);
    const none = await begin('b');
    assert.deepEqual(none.json(), { status: 'no-try', because: 'too-many' });
  });

  it('are refused when they go beyond what a try may be, with the place', async () => {
    for (const [response, place] of [
      [{ weeks: 7 }, 'weeks'],
      [{ accounts: 61 }, 'accounts'],
      [{ how: '' }, 'how'],
      [{ how: 'x'.repeat(141) }, 'how'],
      [{ more: 1 }, 'more'],
    ] as const) {
      const { status, text } = await begin(`bad ${place}`, response);
      assert.equal(status, 400, text);
    }
    assert.equal((await tries(WHO)).length, 1);
  });

  it('are in the own actions and seen by the one critic, and no manager, marketer or auditor can read them', async () => {
    gateway.clock.set(NOW + DAY);
    const own = async (): Promise<string> => (await gateway.call(WHO, 'GET', '/v1/actions')).text;
    await until(async () => (await own()).includes('What you try'));
    assert.match(await own(), /open with the audit date/);
    const boss = await gateway.call(`acme t:rep:9 manager`, 'GET', '/v1/actions');
    assert.doesNotMatch(boss.text, /audit date/);
    for (const role of ['manager', 'marketer', 'admin', 'auditor', 'connector'])
      assert.equal((await gateway.call(`acme - ${role}`, 'GET', '/v1/tries')).status, 403);
    const trail = (await gateway.call('acme - auditor', 'GET', `/v1/audit?actor=${REP}`)).text;
    assert.match(trail, /answered/);
    assert.doesNotMatch(trail, /"try"|audit date|"play":"audit"/);
    const shared = `/v1/actions/shared?rep=${REP}`;
    assert.equal((await gateway.call(OTHER, 'GET', shared)).status, 404);
    const chosen = await gateway.call(WHO, 'PUT', '/v1/actions/critic', { critic: 't:rep:2' });
    assert.equal(chosen.status, 204, chosen.text);
    const seen = await gateway.call(OTHER, 'GET', shared);
    assert.match(seen.text, /What Ana tries.*open with the audit date/);
  });

  it('end by an answer', async () => {
    const { text } = await begin('end', {
      ...{ kind: 'end-try', of: 'a' },
      ...{ how: undefined, weeks: undefined, accounts: undefined },
    });
    assert.equal(text, '{"status":"recorded"}');
    assert.deepEqual(
      (await tries(WHO)).map(({ isRunning, because }) => [isRunning, because]),
      [[false, 'rep']],
    );
  });
});
