import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { type Agent, type Card, createAgent, type Decision, type Fact } from 'opportune';
import { wilsonInterval } from '../../src/core/statistics.js';
import { DAY, tell } from '../../test/told-deals.js';
import { openFileStore } from '../file-store.js';
import { runCommand } from '../main.js';
import { loadPlaybook } from '../playbook-folder.js';

const NOW = Date.now();
const REP = 't:rep:1';

/** Five plays of which four could be a third card; all of them say the same to begin with but for their value. */
const PLAYS = {
  first: 1000,
  second: 900,
  third: 500,
  fourth: 450,
  poor: 100,
};
const play = (id: string, value: number): string => `id: ${id}
title: Something to do
about: account
owner: ana@example.com
why: It may help
trigger: { opened: true }
action: { kind: ${{ first: 'call', second: 'email', third: 'propose', fourth: 'meeting', poor: 'bring-in' }[id]}, minutes: 1 }
for: owner
serves: { revenue: { value: ${value} } }
`;

const PLAYBOOK = {
  'playbook.yaml': `name: Learning
currency: EUR
zone: UTC
holdout: { rate: 0, salt: none }
costs: { minute: 0, touch: 0 }
contactPolicy:
  limits: [{ touches: 30, days: 7 }]
  touches: { call-made: call }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: segment, label: Segment, type: choice, of: account, values: [small, large] }
`,
  ...Object.fromEntries(
    Object.entries(PLAYS).map(([id, value]) => [`plays/${id}.yaml`, play(id, value)]),
  ),
};

const ACCOUNTS = Array.from({ length: 300 }, (_, i) => `t:account:${i}`);

/** At each account one card of a play was done, and of so many in a hundred the buyer replied a day later. */
function tellOutcomes(id: string, replies: (segment: string) => number): readonly Fact[] {
  return ACCOUNTS.flatMap((account, i): readonly Fact[] => {
    const at = NOW - (60 + (i % 30)) * DAY;
    const opening = `${id}|${account}|opened`;
    const answer = { play: id, record: account, opening, scope: 'rep', executed: true };
    const isReplied = (7 * Math.floor(i / 2)) % 10 < replies(segmentOf(i)) / 10;
    return [
      tell('seen', account, at, { opening }, [account], { by: REP }),
      tell('response', account, at + DAY, { ...answer, response: { kind: 'done' } }, [account], {
        by: REP,
      }),
      ...(isReplied
        ? [
            tell('replied', account, at + 2 * DAY, {}, [account], {
              by: `t:contact:${i}`,
              grade: 'buyer-verified',
            }),
          ]
        : []),
    ];
  });
}
const segmentOf = (i: number): string => (i % 2 === 0 ? 'large' : 'small');

describe('opportune learn', () => {
  let root: string;
  let stores = 0;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'opportune-learn-test-'));
    mkdirSync(join(root, 'playbook/plays'), { recursive: true });
    for (const [name, text] of Object.entries(PLAYBOOK))
      writeFileSync(join(root, 'playbook', name), text);
  });
  after(() => rmSync(root, { recursive: true }));

  async function inStore<T>(folder: string, work: (agent: Agent) => Promise<T>): Promise<T> {
    const store = openFileStore(folder);
    const agent = await createAgent({ store, clock: { now: () => Date.now() } });
    try {
      return await work(agent);
    } finally {
      await store.close();
    }
  }

  async function storeWith(facts: readonly Fact[]): Promise<string> {
    const folder = join(root, `store-${++stores}`);
    await inStore(folder, async (agent) => {
      const accounts = ACCOUNTS.map((id, i) =>
        tell('record-changed', id, NOW - 100 * DAY, {
          values: { name: id, owner: REP, segment: segmentOf(i) },
        }),
      );
      const { refused } = await agent.record([...accounts, ...facts], { history: true });
      assert.deepEqual(refused, []);
      await agent.publish(loadPlaybook(join(root, 'playbook'), NOW));
    });
    return folder;
  }

  async function learn(store: string, ...args: readonly string[]) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const own = ['--playbook', join(root, 'playbook'), '--into', store, '--success', 'replied'];
    const code = await runCommand(['learn', ...own, ...args], { stdout, stderr });
    const [out = '', err = ''] = [stdout, stderr].map((stream) => String(stream.read() ?? ''));
    return { code, out, err };
  }

  const decideAll = (folder: string, accounts = ACCOUNTS): Promise<readonly Decision[]> =>
    inStore(folder, async (agent) => {
      const decisions: Decision[] = [];
      for (const account of accounts) decisions.push(await agent.decide(account, REP));
      return decisions;
    });
  const cardOf = (decision: Decision | undefined, id: string): Card | undefined =>
    decision?.shown.find((card) => card.play === id);

  it('goes by the guess on day one, and by what buyers did from then on, with how much it is known from', async () => {
    const store = await storeWith(tellOutcomes('third', () => 50));
    const [before] = await decideAll(store, ['t:account:1']);
    assert.deepEqual(cardOf(before, 'first')?.arbitration.propensity, { rate: 0.2, sampleSize: 0 });
    assert.deepEqual(before?.inputs.parameters, 'none');
    const { code, out } = await learn(store, '--json');
    assert.equal(code, 0);
    const { parameters, exposures } = JSON.parse(out);
    assert.equal(exposures, 300);
    const [decision] = await decideAll(store, ['t:account:1']);
    assert.equal(decision?.inputs.parameters, parameters.version);
    const { propensity } = parameters;
    assert.ok(propensity.third.rate > 0.45 && propensity.third.rate < 0.55, out);
    assert.ok(propensity.third.low < 0.5 && propensity.third.high > 0.5, out);
    assert.deepEqual(cardOf(decision, 'third')?.arbitration.propensity, propensity.third);
  });

  it('tells situations apart where buyers do', async () => {
    const store = await storeWith(
      tellOutcomes('first', (segment) => (segment === 'large' ? 80 : 10)),
    );
    await learn(store, '--situation', 'account.segment');
    const [large, small] = await decideAll(store, ['t:account:0', 't:account:1']);
    assert.ok((cardOf(large, 'first')?.arbitration.propensity.rate ?? 0) > 0.6);
    assert.ok((cardOf(small, 'first')?.arbitration.propensity.rate ?? 1) < 0.2);
  });

  it('takes what reps call helpful for nothing', async () => {
    const opinions = ACCOUNTS.map((account) =>
      tell('response', account, NOW - 50 * DAY, {
        play: 'poor',
        record: account,
        opening: `poor|${account}|opened`,
        scope: 'rep',
        executed: true,
        response: { kind: 'helpful' },
      }),
    );
    const { out } = await learn(await storeWith(opinions), '--dry-run', '--json');
    const { parameters, acceptance } = JSON.parse(out);
    assert.equal(acceptance.poor.helpful, 300);
    assert.equal(parameters.propensity.poor.rate, 0.2);
  });

  it('draws the third card where it may, as often as the card says, and never one that is far behind', async () => {
    const store = await storeWith([]);
    await learn(store, '--explore', '250');
    const decisions = await decideAll(store);
    const drawn = decisions.filter(({ shown }) => shown.some(({ draw }) => draw));
    assert.equal(drawn.length, 250);
    for (const { shown } of decisions) {
      assert.deepEqual(
        shown.slice(0, 2).map((card) => card.play),
        ['first', 'second'],
      );
      assert.equal(shown.length, 3);
      assert.notEqual(shown[2]?.play, 'poor');
    }
    const [third] = drawn.map(({ shown }) => shown[2]?.draw?.among ?? []);
    assert.deepEqual(
      third?.map((one) => one.play),
      ['third', 'fourth'],
    );
    const chance = third?.[1]?.probability ?? 0;
    const fourth = drawn.filter(({ shown }) => shown[2]?.play === 'fourth').length;
    const [low, high] = wilsonInterval(fourth, drawn.length);
    assert.ok(low < chance && chance < high, `${fourth} of 250 for ${chance}`);
    const [tried] = drawn.filter(({ shown }) => shown[2]?.play === 'fourth');
    const verdict = tried?.verdicts.find((one) => one.play === 'third');
    assert.equal(verdict?.arbitration?.behind?.why, 'tried');
    // The same again to the byte: nothing is drawn anew.
    const again = await decideAll(store, [tried?.record ?? '']);
    assert.deepEqual(again[0]?.shown, tried?.shown);
  });

  it('keeps with the fact that the card was seen among which it was drawn, and how likely each was', async () => {
    const store = await storeWith([]);
    await learn(store, '--explore', '300');
    const [decision] = await decideAll(store, ['t:account:7']);
    const card = decision?.shown[2];
    assert.equal(card?.draw?.among.length, 2);
    await inStore(store, (agent) =>
      agent.seen({
        id: 'x',
        account: 't:account:7',
        opening: card?.opening ?? '',
        asker: REP,
        draw: card?.draw,
      }),
    );
    const open = openFileStore(store);
    const seen = (await open.facts('t:account:7')).find(({ type }) => type === 'seen');
    await open.close();
    assert.deepEqual(seen?.data, { opening: card?.opening, draw: card?.draw });
  });

  it('keeps what it learned before when it is sent something that is none', async () => {
    const store = await storeWith(tellOutcomes('third', () => 50));
    await learn(store);
    const [before] = await decideAll(store, ['t:account:1']);
    await inStore(store, (agent) =>
      agent.record([
        tell('learned', 'opportune:company:self', Date.now(), { parameters: { version: 'x' } }),
      ]),
    );
    const [after] = await decideAll(store, ['t:account:1']);
    assert.equal(after?.inputs.parameters, before?.inputs.parameters);
  });

  it('prices minutes and touches by a plan for each rep, once a day, and ranks by it from ten plans on', async () => {
    const few = await storeWith([]);
    const { out } = await learn(few, '--costs');
    assert.match(out, /Too little data, about 9 more plans: there are 1 plan/);
    const [declared] = await decideAll(few, ['t:account:1']);
    assert.equal(cardOf(declared, 'first')?.arbitration.priced, undefined);

    // The same accounts, dealt out to fifteen reps: each has 100 cards of a minute, and takes twenty a day.
    const dealt = ACCOUNTS.map((id, i) =>
      tell('record-changed', id, NOW - 90 * DAY, { values: { owner: `t:rep:${i % 15}` } }),
    );
    const store = await storeWith(dealt);
    const { costs } = JSON.parse((await learn(store, '--costs', '--json')).out).parameters;
    assert.equal(costs.plans, 15);
    // One more minute would take one of the same cards more: 0.2 x 1,000 / 1,000.
    assert.ok(costs.minute > 0.17 && costs.minute < 0.21, `${costs.minute}`);
    assert.equal(costs.touch, 0);
    const again = JSON.parse((await learn(store, '--costs', '--json')).out).parameters;
    assert.deepEqual(again.costs, costs);
    const [card] = await inStore(store, async (agent) => [
      cardOf(await agent.decide('t:account:1', 't:rep:1'), 'fourth') ??
        cardOf(await agent.decide('t:account:1', 't:rep:1'), 'third'),
    ]);
    assert.deepEqual(card?.arbitration.priced, { plans: 15, days: 1 });
    // Worth 0.1 by what the playbook declares, and shown, though its minute would bring twice that elsewhere.
    assert.ok((card?.arbitration.worth ?? 0) > 0 && (card?.arbitration.priority ?? 1) < 0);
  });
});
