import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { createAgent, type Fact } from 'opportune';
import { toAssignedFact } from '../../src/trial-book.js';
import { DAY, tell } from '../../test/told-deals.js';
import { openFileStore } from '../file-store.js';
import { runCommand } from '../main.js';

const NOW = Date.now();
const ARM = 'account.cardTrial';

const play = (id: string, arm: string): string => `id: ${id}
title: A technical session
about: account
owner: ana@example.com
why: They look at the offer
trigger: { opened: true }
eligibility: { ${ARM}: ${arm} }
action: { kind: call, minutes: 10 }
for: owner
serves: { revenue: { value: 100 } }
`;

const PLAYBOOK = {
  'playbook.yaml': `name: Trial
currency: EUR
zone: UTC
contactPolicy:
  limits: [{ touches: 3, days: 7 }]
  touches: { call-made: call }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: segment, label: Segment, type: choice, of: account, values: [small, large] }
  - { id: cardTrial, label: Card, type: choice, of: account, values: [plain, withCase] }
`,
  'plays/plain.yaml': play('plain-card', 'plain'),
  'plays/with-case.yaml': play('case-card', 'withCase'),
};

/** Sixty accounts, two of each buying group from the fiftieth on. */
const ACCOUNTS = Array.from({ length: 60 }, (_, i) => ({
  id: `t:account:${i}`,
  group: i < 50 ? `t:account:${i}` : `t:account:${Math.floor(i / 2) * 2}`,
  segment: i % 3 === 0 ? 'large' : 'small',
}));

interface Trial {
  /** How many groups of each arm succeed, and to how many the guardrail happens. */
  readonly yes: readonly [number, number];
  readonly complaints?: readonly [number, number];
  /** By what a rep did. */
  readonly done?: readonly [number, number];
  /** Successes are only what a rep says. */
  readonly claimed?: boolean;
}

/** Each of the first fifty accounts entered 60 days ago and is one group; even numbers are in the first arm. */
function tellTrial({
  yes,
  complaints = [0, 0],
  done = [0, 0],
  claimed = false,
}: Trial): readonly Fact[] {
  const start = NOW - 60 * DAY;
  return ACCOUNTS.slice(0, 50).flatMap(({ id, group, segment }, i): readonly Fact[] => {
    const [side, place] = [i % 2, Math.floor(i / 2)];
    const arm = side === 0 ? 'plain' : 'withCase';
    const opening = `${side === 0 ? 'plain-card' : 'case-card'}|${id}|opened`;
    const buyer = claimed ? {} : { by: `t:contact:${i}`, grade: 'buyer-verified' as const };
    return [
      toAssignedFact(ARM, { account: id, group, arm, stratum: segment }, start - DAY),
      tell('seen', id, start, { opening }),
      ...(place < yes[side as 0 | 1]
        ? [tell('session-booked', id, start + 3 * DAY, {}, [id], buyer)]
        : []),
      ...(place < complaints[side as 0 | 1] ? [tell('complaint', id, start + 5 * DAY, {})] : []),
      ...(place < done[side as 0 | 1]
        ? [
            tell('response', id, start + DAY, {
              play: opening.split('|')[0] as string,
              opening,
              record: id,
              scope: 'rep',
              executed: true,
              response: { kind: 'done' },
            }),
          ]
        : []),
    ];
  });
}

describe('opportune trial', () => {
  let root: string;
  let stores = 0;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'opportune-trial-test-'));
    mkdirSync(join(root, 'playbook/plays'), { recursive: true });
    for (const [name, text] of Object.entries(PLAYBOOK))
      writeFileSync(join(root, 'playbook', name), text);
  });
  after(() => rmSync(root, { recursive: true }));

  async function storeWith(facts: readonly Fact[]): Promise<string> {
    const folder = join(root, `store-${++stores}`);
    const store = openFileStore(folder);
    const agent = await createAgent({ store, clock: { now: () => NOW } });
    const accounts = ACCOUNTS.map(({ id, group, segment }) =>
      tell('record-changed', id, NOW - 100 * DAY, {
        values: { name: id, segment, ...(group !== id && { ultimateParent: group }) },
      }),
    );
    const { refused } = await agent.record([...accounts, ...facts], { history: true });
    assert.deepEqual(refused, []);
    await store.close();
    return folder;
  }

  async function ask(action: string, store: string, ...args: readonly string[]) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const own = ['--playbook', join(root, 'playbook'), '--into', store, '--arm', ARM];
    const code = await runCommand(['trial', action, ...own, ...args], { stdout, stderr });
    const [out, err] = [stdout, stderr].map((stream) => String(stream.read() ?? ''));
    return { code, out: out ?? '', err: err ?? '' };
  }

  async function valuesIn(folder: string): Promise<ReadonlyMap<string, unknown>> {
    const store = openFileStore(folder);
    const values = new Map<string, unknown>();
    for (const { id } of ACCOUNTS)
      values.set(id, (await store.read(id))?.subject.records[id]?.values.cardTrial?.value);
    await store.close();
    return values;
  }

  const session = ['--success', 'session-booked', '--json'];

  it('deals out buying groups evenly in each stratum, once, and leaves the holdout out', async () => {
    const store = await storeWith([
      tell('holdout-assigned', 't:account:3', NOW - 90 * DAY, { arm: 'holdout' }),
    ]);
    const { code, out } = await ask('assign', store, '--strata', 'account.segment', '--json');
    assert.equal(code, 0);
    const { added, held, heldOut, arms } = JSON.parse(out);
    assert.deepEqual({ added, held, heldOut }, { added: 59, held: 0, heldOut: 1 });
    assert.ok(Math.abs(arms[0].groups - arms[1].groups) <= 1, out);
    const values = await valuesIn(store);
    assert.equal(values.get('t:account:3'), undefined);
    for (const { id, group } of ACCOUNTS)
      if (group !== id) assert.equal(values.get(id), values.get(group), id);
    const again = JSON.parse((await ask('assign', store, '--json')).out);
    assert.deepEqual([again.added, again.held], [0, 59]);
    assert.deepEqual(await valuesIn(store), values);
  });

  it('says that the second is better when buyers book sessions, and what it rests on', async () => {
    const store = await storeWith(tellTrial({ yes: [3, 20] }));
    const { code, out } = await ask('check', store, ...session);
    const { comparisons, arms } = JSON.parse(out);
    assert.equal(code, 0);
    assert.deepEqual(comparisons[0].verdict, { is: 'better' });
    assert.deepEqual(
      arms.map(({ known, succeeded }: { known: number; succeeded: number }) => [known, succeeded]),
      [
        [25, 3],
        [25, 20],
      ],
    );
  });

  it('says not enough yet and about how many more, and does not go by what reps accept', async () => {
    const store = await storeWith(tellTrial({ yes: [5, 7], done: [0, 25] }));
    const { code, out } = await ask('check', store, ...session);
    const { comparisons, arms } = JSON.parse(out);
    assert.equal(code, 1);
    assert.equal(comparisons[0].verdict.is, 'not-enough-yet');
    assert.ok(comparisons[0].verdict.more > 200);
    assert.deepEqual([arms[0].done, arms[1].done], [0, 25]);
    const text = (await ask('check', store, '--success', 'session-booked')).out;
    assert.match(text.replaceAll(/\s+/g, ' '), /not enough yet, about [\d,]+ more accounts/);
  });

  it('counts no success that only a rep tells', async () => {
    const store = await storeWith(tellTrial({ yes: [0, 25], claimed: true }));
    const { out } = await ask('check', store, ...session);
    assert.deepEqual(
      JSON.parse(out).arms.map(({ succeeded }: { succeeded: number }) => succeeded),
      [0, 0],
    );
  });

  it('ends by itself when complaints become more frequent: every account is back in the first arm', async () => {
    const store = await storeWith(tellTrial({ yes: [5, 8], complaints: [0, 16] }));
    const guard = [...session, '--guardrail', 'complaint'];
    const { code, out } = await ask('check', store, ...guard);
    assert.equal(code, 0);
    const { stop, endedNow } = JSON.parse(out);
    assert.deepEqual(stop, [{ because: 'guardrail', type: 'complaint', arm: 'withCase' }]);
    assert.equal(endedNow, true);
    const values = await valuesIn(store);
    for (const { id } of ACCOUNTS.slice(0, 50)) assert.equal(values.get(id), 'plain');
    const later = JSON.parse((await ask('check', store, ...guard)).out);
    assert.deepEqual([later.endedNow, later.ended], [false, true]);
    assert.deepEqual(
      later.arms.map(({ known }: { known: number }) => known),
      [25, 25],
    );
  });

  it('ends when one arm lets in more accounts than the other: nothing it shows can be trusted', async () => {
    const facts = tellTrial({ yes: [5, 8] }).filter(
      ({ type, subjects }) =>
        type !== 'seen' ||
        (Number(subjects[0]?.split(':')[2]) % 8 !== 1 &&
          Number(subjects[0]?.split(':')[2]) % 4 !== 3),
    );
    const { out } = await ask('check', await storeWith(facts), ...session);
    assert.deepEqual(JSON.parse(out).stop, [{ because: 'sample-ratio' }]);
  });

  it('names what is missing: the arm, a play that asks for it, what is a success', async () => {
    const store = await storeWith([]);
    assert.match((await ask('check', store)).err, /trial check needs --success/);
    assert.match((await ask('assign', store, '--success', 'x')).err, /no meaning for trial assign/);
    assert.match(
      (await ask('assign', store, '--arm', 'account.name')).err,
      /account\.name is no choice of the account/,
    );
    assert.match(
      (await ask('assign', store, '--arm', 'account.segment')).err,
      /no play and no content asks for account\.segment.*eligibility: \{ account\.segment: small \}/,
    );
  });
});
