import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { COMPANY, type Decision } from 'opportune';
import {
  CONNECTOR,
  NOW,
  openTestGateway,
  sent,
  silent,
  type TestGateway,
  until,
} from '../serve/test-gateway.js';
import type { GroupWeek, OwnWeek } from './numbers.js';

const DAY = 86_400_000;
/** NOW is a Friday; the Monday of that week, and of the one after. */
const [WEEK, NEXT] = ['2026-11-16', '2026-11-23'];
/** The Tuesday after it, 00:30 in Berlin, where the company is. */
const FINAL = Date.parse('2026-11-23T23:30:00Z');
const NORTH = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
const SOUTH = ['s1', 's2', 's3', 's4'];
const MANAGER = 'acme crm:rep:boss manager';

interface Told {
  readonly own?: readonly OwnWeek[];
  readonly groups?: readonly GroupWeek[];
}

const repFact = (name: string, team: string, at = NOW - 30 * DAY): object => ({
  ...sent(`${name}/${team}`, { type: 'record-changed', at, account: '' }),
  subjects: [`crm:rep:${name}`, COMPANY],
  about: [`crm:rep:${name}`],
  data: { values: { name, team } },
});

describe('numbers over HTTP', () => {
  let gateway: TestGateway;
  const read = async (who: string, weeks = 2): Promise<Told> => {
    const { json, status, text } = await gateway.call(who, 'GET', `/v1/numbers?weeks=${weeks}`);
    assert.equal(status, 200, text);
    return json() as Told;
  };
  const repOf = (name: string): string => `acme crm:rep:${name} rep`;
  /** The rep sees the card of an own account, and answers it. */
  async function answer(name: string, kind: string, at: number): Promise<void> {
    const account = `crm:account:${name}`;
    const decided = await gateway.call(repOf(name), 'POST', '/v1/decide', { record: account });
    const [card] = (decided.json() as Decision).shown;
    const opening = card?.opening;
    await gateway.call(repOf(name), 'POST', '/v1/seen', { id: `seen/${name}`, account, opening });
    const { status, text } = await gateway.call(repOf(name), 'POST', '/v1/responses', {
      ...{ id: `${name}/${kind}`, play: 'silent-buyer', record: account, account, opening },
      ...{ occurredAt: new Date(at).toISOString(), response: { kind } },
    });
    assert.deepEqual([status, text], [200, '{"status":"recorded"}']);
  }
  before(async () => {
    gateway = await openTestGateway();
    const own = (name: string): readonly object[] =>
      silent(name, 20).map((fact) =>
        JSON.parse(JSON.stringify(fact).replace('rep:ana', `rep:${name}`)),
      );
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', {
      facts: [
        ...NORTH.flatMap((name) => [repFact(name, 'north'), ...own(name)]),
        ...SOUTH.flatMap((name) => [repFact(name, 'south'), ...own(name)]),
        repFact('boss', 'north'),
        ...own('late'),
      ],
    });
    await gateway.settled();
    for (const name of [...NORTH, ...SOUTH])
      await answer(name, name === 'n1' ? 'helpful' : 'done', NOW);
    await answer('n1', 'done', NOW);
  });
  after(() => gateway.close());

  it('are a rep’s own at once, and nobody else’s', async () => {
    const { own, groups } = await read(repOf('n1'), 1);
    const numbers = { shown: 1, done: 1, alreadyDone: 0, notRelevant: 0, snoozed: 0 };
    assert.deepEqual(own, [
      { week: WEEK, final: false, numbers: { ...numbers, helpful: 1, notHelpful: 0 } },
    ]);
    assert.equal(groups, undefined);
    assert.equal((await read(repOf('nobody'), 1)).own?.[0]?.numbers.done, 0);
  });

  it('are told to no connector, marketer or admin', async () => {
    for (const role of ['connector', 'marketer', 'admin', 'auditor'])
      assert.equal((await gateway.call(`acme - ${role}`, 'GET', '/v1/numbers')).status, 403);
  });

  it('say nothing of a group while the week may still change', async () => {
    assert.deepEqual(await read(MANAGER, 1), { groups: [] });
  });

  it('are of groups of five and more when the week is final, and of no smaller team', async () => {
    gateway.clock.set(FINAL);
    await until(async () => (await read(MANAGER)).groups?.length === 1);
    const numbers = { shown: 6, done: 6, alreadyDone: 0, notRelevant: 0, snoozed: 0, helpful: 1 };
    const north = { team: 'north', reps: 6, numbers: { ...numbers, notHelpful: 0 } };
    assert.deepEqual((await read(MANAGER)).groups, [
      // Ten reps less the six are four.
      { week: WEEK, groups: [north, { withheld: 'too-few' }] },
    ]);
    const south = 'acme crm:rep:s1 manager';
    assert.deepEqual((await read(south)).groups, [
      { week: WEEK, groups: [{ team: 'south', withheld: 'too-few' }, { withheld: 'too-few' }] },
    ]);
  });

  it('stay as they were told, whoever answers later or changes teams', async () => {
    const before = await read(MANAGER);
    gateway.clock.set(FINAL + DAY);
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', {
      facts: [repFact('s1', 'north', FINAL), repFact('n6', 'south', FINAL)],
    });
    await gateway.settled();
    // A device that had no line: given in the week that is over.
    await answer('late', 'done', NOW);
    gateway.clock.set(FINAL + 2 * DAY);
    assert.deepEqual(await read(MANAGER), before);
    assert.equal((await read(repOf('late'))).own?.[1]?.numbers.done, 0);
    const [running, final] = (await read(repOf('n1'))).own ?? [];
    assert.deepEqual([running?.week, final?.week, final?.final], [NEXT, WEEK, true]);
  });

  it('are told with a trail of who looked', async () => {
    const { json } = await gateway.call('acme - auditor', 'GET', '/v1/audit?target=numbers');
    const [, entry] = json() as { actor: string; action: string }[];
    assert.deepEqual([entry?.actor, entry?.action], ['crm:rep:boss', 'looked']);
  });
});
