import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { COMPANY } from 'opportune';
import type { ActionsOfRep, Answered } from '../../src/analyze-actions.js';
import {
  CONNECTOR,
  NOW,
  openTestGateway,
  sent,
  type TestGateway,
  until,
} from '../serve/test-gateway.js';

const DAY = 86_400_000;
const NORTH = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
const SOUTH = ['s1', 's2', 's3', 's4'];
const repOf = (name: string): string => `acme crm:rep:${name} rep`;
const MANAGER = 'acme crm:rep:boss manager';

interface Told {
  readonly own?: { readonly actions: ActionsOfRep; readonly report: { readonly title: string } };
  readonly critic?: { readonly rep: string; readonly name: string };
  readonly colleagues?: readonly { readonly rep: string; readonly name: string }[];
  readonly sharing?: readonly { readonly rep: string; readonly name: string }[];
  readonly groups?: readonly {
    readonly month: string;
    readonly groups: readonly {
      readonly team?: string;
      readonly reps?: number;
      readonly answered?: Answered;
      readonly withheld?: string;
    }[];
  }[];
}

const repFact = (name: string, team: string): object => ({
  ...sent(`${name}/${team}`, { type: 'record-changed', at: NOW - 200 * DAY, account: '' }),
  subjects: [`crm:rep:${name}`, COMPANY],
  about: [`crm:rep:${name}`],
  data: { values: { name: `Rep ${name}`, team } },
});

/** Fourteen calls to seven customers in September, of which every second is answered the day after. */
const callsOf = (name: string): readonly object[] =>
  Array.from({ length: 14 }, (_, i) => {
    const account = `${name}-${i % 7}`;
    const at = Date.parse('2026-09-02T10:00:00Z') + i * DAY;
    const contact = `crm:contact:${account}`;
    const about = [`crm:account:${account}`, contact];
    const call = { ...sent(`${name}/call/${i}`, { type: 'call-made', at, account }), about };
    const reply = sent(`${name}/reply/${i}`, { type: 'email-received', at: at + DAY, account });
    return [
      { ...call, by: `crm:rep:${name}` },
      ...(i % 2 === 0 ? [{ ...reply, about, by: contact, grade: 'buyer-verified' }] : []),
    ];
  }).flat();

describe('what reps achieve, over HTTP', () => {
  let gateway: TestGateway;
  const read = async (who: string): Promise<Told> => {
    const { json, status, text } = await gateway.call(who, 'GET', '/v1/actions');
    assert.equal(status, 200, text);
    return json() as Told;
  };
  const choose = async (who: string, critic: string | null): Promise<number> =>
    (await gateway.call(who, 'PUT', '/v1/actions/critic', { critic })).status;
  const look = (who: string, rep: string): ReturnType<TestGateway['call']> =>
    gateway.call(who, 'GET', `/v1/actions/shared?rep=crm:rep:${rep}`);
  before(async () => {
    gateway = await openTestGateway();
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', {
      facts: [
        ...NORTH.flatMap((name) => [repFact(name, 'north'), ...callsOf(name)]),
        ...SOUTH.flatMap((name) => [repFact(name, 'south'), ...callsOf(name)]),
        repFact('boss', 'north'),
      ],
    });
    await gateway.settled();
    gateway.clock.set(NOW + DAY);
    await until(async () => (await read(repOf('s4'))).own !== undefined);
  });
  after(() => gateway.close());

  it('is a rep’s own, with what buyers did, and of nobody who did nothing', async () => {
    const { own, groups, sharing } = await read(repOf('n1'));
    assert.ok(own);
    const { all, kinds } = own.actions;
    assert.deepEqual([all.actions, all.settled, all.answered], [14, 14, 7]);
    assert.deepEqual(kinds[0]?.acts, [{ type: 'email-received', count: 7 }]);
    assert.equal(own.report.title, 'What your actions achieve');
    assert.deepEqual([groups, sharing], [undefined, []]);
    assert.equal((await read(repOf('nobody'))).own, undefined);
  });

  it('is told to no connector, marketer or admin', async () => {
    for (const role of ['connector', 'marketer', 'admin', 'auditor']) {
      assert.equal((await gateway.call(`acme - ${role}`, 'GET', '/v1/actions')).status, 403);
      assert.equal((await look(`acme - ${role}`, 'n1')).status, 403);
    }
  });

  it('is seen by one colleague whom the rep chose, until the rep takes it back', async () => {
    assert.deepEqual(
      (await read(repOf('n1'))).colleagues?.map(({ name }) => name),
      ['Rep n2', 'Rep n3', 'Rep n4', 'Rep n5', 'Rep n6'],
    );
    assert.equal(await choose(repOf('n1'), 'crm:rep:n2'), 204);
    assert.deepEqual((await read(repOf('n1'))).critic, { rep: 'crm:rep:n2', name: 'Rep n2' });
    assert.deepEqual((await read(repOf('n2'))).sharing, [{ rep: 'crm:rep:n1', name: 'Rep n1' }]);
    const seen = await look(repOf('n2'), 'n1');
    assert.equal(seen.status, 200, seen.text);
    assert.match(seen.text, /What the actions of Rep n1 achieve/);
    // The critic's own stay the critic's own.
    assert.equal((await look(repOf('n1'), 'n2')).status, 404);

    assert.equal(await choose(repOf('n1'), 'crm:rep:n3'), 204);
    assert.equal((await look(repOf('n2'), 'n1')).status, 404);
    assert.equal((await look(repOf('n3'), 'n1')).status, 200);
    assert.equal(await choose(repOf('n1'), null), 204);
    const none = await look(repOf('n3'), 'n1');
    assert.equal(none.status, 404);
    assert.equal((await look(repOf('n3'), 'who')).text, none.text);
    assert.equal((await read(repOf('n1'))).critic, undefined);
  });

  it('cannot be shared outside the team, with oneself, or by anybody else, and no manager can look', async () => {
    for (const other of ['crm:rep:s1', 'crm:rep:n1', 'crm:rep:who'])
      assert.equal(await choose(repOf('n1'), other), 400);
    assert.equal(await choose(MANAGER, 'crm:rep:boss'), 403);
    // Also where the rep chose who turns out to manage.
    assert.equal(await choose(repOf('n1'), 'crm:rep:boss'), 204);
    for (const roles of ['manager', 'rep,manager', 'rep,admin']) {
      const boss = `acme crm:rep:boss ${roles}`;
      assert.notEqual((await look(boss, 'n1')).status, 200);
    }
    assert.deepEqual((await read('acme crm:rep:boss rep,manager')).sharing, []);
    assert.equal(await choose(repOf('n1'), null), 204);
  });

  it('is told to managers of groups of five and more, a month at a time, and of no smaller team', async () => {
    const { groups, own } = await read(MANAGER);
    assert.equal(own, undefined);
    const [month, ...others] = groups ?? [];
    assert.deepEqual([month?.month, others], ['2026-09', []]);
    const [north, everyone] = month?.groups ?? [];
    assert.deepEqual([north?.team, north?.reps, north?.answered?.answered], ['north', 6, 42]);
    // Ten reps less the six are four.
    assert.deepEqual(everyone, { withheld: 'too-few' });
    const south = await read('acme crm:rep:s1 manager');
    assert.deepEqual(south.groups?.[0]?.groups, [
      { team: 'south', withheld: 'too-few' },
      { withheld: 'too-few' },
    ]);
  });

  it('leaves a trail of who shared, took back and looked', async () => {
    const { json } = await gateway.call('acme - auditor', 'GET', '/v1/audit?actor=crm:rep:n1');
    const did = (json() as { action: string; target: string }[]).map(
      ({ action, target }) => `${action} ${target}`,
    );
    assert.ok(did.includes('shared crm:rep:n2') && did.includes('unshared crm:rep:n2'));
    const looked = await gateway.call('acme - auditor', 'GET', '/v1/audit?actor=crm:rep:n3');
    assert.match(looked.text, /"action":"looked","target":"crm:rep:n1"/);
  });

  it('stays as it was told of a month, whoever’s facts come later', async () => {
    const before = (await read(MANAGER)).groups;
    const late = callsOf('n1').map((fact) =>
      JSON.parse(JSON.stringify(fact).replaceAll('n1/', 'n1/late/')),
    );
    await gateway.call(CONNECTOR, 'POST', '/v1/facts', { facts: late });
    await gateway.settled();
    gateway.clock.set(NOW + 2 * DAY);
    await until(async () => (await read(repOf('n1'))).own?.actions.all.actions === 28);
    assert.deepEqual((await read(MANAGER)).groups, before);
  });
});
