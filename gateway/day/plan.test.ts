import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import ICAL from 'ical.js';
import { createAgent, type Fact } from 'opportune';
import { DAY, tell } from '../../test/told-deals.js';
import { openFileStore } from '../file-store.js';
import { runCommand } from '../main.js';

const NOW = Date.parse('2026-11-30T07:30:00Z');
const REP = 't:rep:1';

const play = (
  id: string,
  kind: string,
  minutes: number,
  value: number,
  more = '',
): string => `id: ${id}
title: Do ${id} with {account.name}
about: account
owner: ana@example.com
why: It may help
trigger: { opened: true }
action: { kind: ${kind}, touch: call, minutes: ${minutes} }
for: owner
serves: { revenue: { value: ${value} } }
${more}`;

const PLAYBOOK = {
  'playbook.yaml': `name: Days
currency: EUR
zone: UTC
holdout: { rate: 0, salt: none }
propensity: 1
costs: { minute: 0, touch: 0 }
contactPolicy:
  limits: [{ touches: 1, days: 7 }]
  touches: { call-made: call }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
`,
  'plays/long.yaml': play('long', 'call', 60, 1000),
  'plays/short.yaml': play('short', 'propose', 30, 800),
};

/** Twelve accounts of one rep; the buyer of the first was called yesterday. */
function world(): readonly Fact[] {
  const facts = Array.from({ length: 12 }, (_, i) => {
    const account = `t:account:${i}`;
    const name = i === 3 ? 'Evil\r\nEND:VCALENDAR' : `Firm ${i}`;
    return tell('record-changed', account, NOW - 30 * DAY, { values: { name, owner: REP } }, [
      account,
    ]);
  });
  return [...facts, tell('call-made', 't:account:0', NOW - DAY, {}, ['t:account:0'], { by: REP })];
}

interface PlanJson {
  readonly value: number;
  readonly bound: number;
  readonly items: readonly {
    readonly candidate: string;
    readonly account: string;
    readonly from: string;
    readonly until: string;
  }[];
  readonly days: readonly { readonly hourPrice: number }[];
  readonly hands: readonly { readonly cost: number }[];
  readonly left: readonly { readonly candidate: string; readonly because: string }[];
  readonly clash?: { readonly givenUp: readonly string[] };
}

describe('opportune plan', () => {
  let root: string;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'opportune-plan-test-'));
    mkdirSync(join(root, 'playbook/plays'), { recursive: true });
    for (const [name, text] of Object.entries(PLAYBOOK))
      writeFileSync(join(root, 'playbook', name), text);
    const store = openFileStore(join(root, 'store'));
    const agent = await createAgent({ store, clock: { now: () => NOW } });
    await agent.record(world(), { history: true });
    await store.close();
  });
  after(() => rmSync(root, { recursive: true }));

  async function run(
    ...args: readonly string[]
  ): Promise<{ code: number; out: string; problem: string }> {
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const code = await runCommand(
      [
        'plan',
        '--playbook',
        join(root, 'playbook'),
        '--facts',
        join(root, 'store'),
        '--as-of',
        new Date(NOW).toISOString(),
        ...args,
      ],
      { stdout, stderr },
    );
    return { code, out: String(stdout.read() ?? ''), problem: String(stderr.read() ?? '') };
  }

  async function planned(
    limits: string,
    ...args: readonly string[]
  ): Promise<PlanJson & { code: number }> {
    const file = join(root, 'limits.yaml');
    writeFileSync(file, limits);
    const { code, out, problem } = await run('--rep', '1', '--limits', file, '--json', ...args);
    assert.equal(problem, '');
    return { code, ...(JSON.parse(out) as PlanJson) };
  }

  it('fills three hours with the better use of each, and touches nobody twice', async () => {
    const plan = await planned('hours: ["09:00-12:00"]');
    // Half an hour for 800 is more than an hour for 1000; both on one account would be one touch too many.
    assert.equal(plan.items.length, 6);
    assert.ok(plan.items.every(({ candidate }) => candidate.startsWith('short|')));
    assert.equal(new Set(plan.items.map(({ account }) => account)).size, 6);
    assert.equal(plan.value, plan.bound);
    assert.ok(plan.days[0] && plan.days[0].hourPrice > 0);
    assert.equal(plan.code, 0);
  });

  it('leaves alone whom the contact policy protects, and says so', async () => {
    const plan = await planned('hours: ["08:00-22:00"]\nload: { minutes: 900 }');
    const own = plan.left.filter(({ candidate }) => candidate.endsWith('|t:account:0'));
    assert.deepEqual(
      own.map(({ because }) => because),
      ['contact-policy', 'contact-policy'],
    );
    assert.ok(!plan.items.some(({ account }) => account === 't:account:0'));
  });

  it('works around the calendar on the rep’s own clock', async () => {
    const plan = await planned(`hours: ["09:00-11:00"]
reps:
  ${REP}:
    zone: Europe/Berlin
    busy: [{ from: "2026-11-30T09:20:00+01:00", until: "2026-11-30T10:00:00+01:00" }]
`);
    // Ten to eleven is left; the twenty minutes before are too short for anything.
    assert.deepEqual(
      plan.items.map(({ from }) => from),
      ['2026-11-30T09:00:00.000Z', '2026-11-30T09:30:00.000Z'],
    );
  });

  it('works around the calendars in a folder, and says whose is missing or cannot be read', async () => {
    const folder = join(root, 'calendars');
    mkdirSync(folder);
    const file = join(root, 'limits.yaml');
    writeFileSync(file, 'hours: ["09:00-11:00"]\ncalendars: calendars\n');
    const ask = async (): Promise<{ from: readonly string[]; problem: string }> => {
      const { out, problem } = await run('--all', '--limits', file, '--json');
      return { from: (JSON.parse(out) as PlanJson).items.map(({ from }) => from), problem };
    };
    assert.match((await ask()).problem, /^1 of 1 reps have no calendar there/);
    writeFileSync(join(folder, 't-rep-1.ics'), 'Sign in first');
    const unread = await ask();
    assert.match(unread.problem, /^the calendar of t:rep:1 cannot be read/);
    assert.equal(unread.from.length, 4);
    writeFileSync(
      join(folder, 't-rep-1.ics'),
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261109T090000Z\nDURATION:PT1H30M\nRRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR\n',
    );
    assert.deepEqual(await ask(), { from: ['2026-11-30T10:30:00.000Z'], problem: '' });
    writeFileSync(file, 'calendars: nowhere\n');
    const { code, problem } = await run('--all', '--limits', file);
    assert.equal(code, 2);
    assert.match(problem, /nowhere: the folder of calendars is not there/);
  });

  it('does what a person pins at its moment, and tells the price', async () => {
    const plan = await planned(`hours: ["09:00-11:00"]
pin: [{ card: "long|t:account:5", at: "2026-11-30T09:30:00Z" }]
`);
    const pinned = plan.items.find(({ candidate }) => candidate === 'long|t:account:5');
    assert.equal(pinned?.from, '2026-11-30T09:30:00.000Z');
    assert.equal(plan.items.length, 3);
    // One long card for 1 in the place of two short ones for 1.6.
    assert.ok(Math.abs((plan.hands[0]?.cost ?? 0) - 0.6) < 0.01, `${plan.hands[0]?.cost}`);
  });

  it('says of which card nothing is open, and plans the others', async () => {
    const limits = join(root, 'limits.yaml');
    writeFileSync(limits, 'pin: [{ card: "long|t:account:77" }]\nexclude: ["long|t:account:1"]\n');
    const { code, problem } = await run('--rep', '1', '--limits', limits);
    assert.equal(code, 0);
    assert.equal(
      problem,
      'long|t:account:77 is not open: what the limits say of it changes nothing\n',
    );
  });

  it('says which pins and which hours clash, and keeps what it can', async () => {
    const pins = [1, 2, 3].map((i) => `{ card: "long|t:account:${i}" }`).join(', ');
    writeFileSync(join(root, 'limits.yaml'), `hours: ["09:00-11:00"]\npin: [${pins}]\n`);
    const { code, out } = await run('--rep', '1', '--limits', join(root, 'limits.yaml'));
    assert.equal(code, 1);
    assert.match(out, /Not everything goes together/);
    assert.equal(out.match(/^- Pinned: .* 1 h\.$/gm)?.length, 3);
    assert.match(out, /- Hours: 2 h free for them/);
    assert.match(out, /So the plan leaves out: Do long with/);
  });

  it('writes a calendar file that other programs read, whatever a firm is called', async () => {
    const file = join(root, 'plan.ics');
    const plan = await planned('hours: ["09:00-17:00"]', '--ics', file);
    const events = new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')))
      .getAllSubcomponents('vevent')
      .map((one) => new ICAL.Event(one));
    assert.deepEqual(
      events.map(({ startDate }) => startDate.toJSDate().toISOString()).sort(),
      plan.items.map(({ from }) => from).sort(),
    );
    assert.ok(events.some(({ summary }) => summary.includes('Evil')));
  });

  it('takes no limits that it does not know', async () => {
    for (const [limits, what] of [
      ['hours: ["17:00-09:00"]', /end before they begin/],
      ['floors: [{ goal: happiness, least: 1 }]', /there is no goal "happiness"/],
      ['tried: { plays: [nobody] }', /there is no play "nobody"/],
      ['lunch: long', /lunch/],
    ] as const) {
      const file = join(root, 'limits.yaml');
      writeFileSync(file, limits);
      const { code, problem } = await run('--all', '--limits', file);
      assert.equal(code, 2, limits);
      assert.match(problem, what);
    }
    assert.equal((await run()).code, 2);
    assert.match((await run('--rep', 'nobody')).problem, /has a card/);
  });
});
