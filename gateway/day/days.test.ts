import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createAgent, type Fact, type RecordId, type Store } from 'opportune';
import { compilePlaybook } from 'opportune/plan';
import { createRandom } from '../../src/core/random.js';
import type { ToldDay } from '../../src/day/told-day.js';
import type { JsonObject } from '../../src/domain/value.js';
import { createMemoryStore } from '../../src/stores/memory.js';
import { DAY, tell } from '../../test/told-deals.js';
import type { ChangeFeed } from '../serve/hub.js';
import { createDays, type Days, type DaysOptions } from './days.js';

const NOW = Date.parse('2026-11-30T07:30:00Z');
const REPS = ['crm:rep:ana', 'crm:rep:ben'] as const;
const [ANA] = REPS;
const FILES = {
  'playbook.yaml': `name: Days
currency: EUR
zone: UTC
holdout: { rate: 0, salt: none }
contactPolicy:
  limits: [{ touches: 2, days: 7 }]
  touches: { call-made: call }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: size, label: Size, type: number, of: account }
  - { id: role, label: Role, type: multi, of: contact, values: [buyer] }
  - { id: mood, label: Mood, type: choice, of: contact, values: [good, bad] }
  - { id: ready, label: Ready, type: boolean, of: rep }
`,
  'plays/call.yaml': `id: call
title: Call {contact.name} of {account.name}
about: account
owner: ana@example.com
why: It may help
trigger: { becomes: { size: { gte: 5 } } }
suitability: { not: { contact.mood: bad } }
eligibility: { not: { rep.ready: false } }
action: { kind: call, contact: buyer, touch: call, minutes: 30 }
for: owner
serves: { revenue: { value: 5000 } }
`,
};

/** A store whose commits are a feed, and what days are told of it. */
function openWorld(): {
  readonly options: DaysOptions;
  readonly fail: { feed: boolean };
  record(facts: readonly Fact[]): Promise<unknown>;
} {
  const store: Store = createMemoryStore();
  const log: string[] = [];
  const clock = { now: () => NOW };
  const seen: Store = {
    ...store,
    async commit(key, ...given) {
      const done = await store.commit(key, ...given);
      if (done) log.push(key);
      return done;
    },
  };
  const fail = { feed: false };
  const feed: ChangeFeed = {
    head: async () => String(log.length),
    async read(after) {
      if (fail.feed) return undefined;
      const keys = log.slice(Number(after), Number(after) + 3);
      const position = Number(after) + keys.length;
      return { keys, position: String(position), more: position < log.length };
    },
  };
  const agent = createAgent({ store: seen, clock });
  return {
    options: {
      ...{ store: seen, feed, clock },
      agent: { playbook: async (rep) => (await agent).playbook(rep) },
      access: {
        maySee: async () => true,
        maySeeAll: async (_, records) => new Set(records),
        hiddenFrom: async () => new Set(),
        versionFor: async () => '1',
        changed: () => undefined,
        forget: () => undefined,
      },
      nameOf: async () => undefined,
      patienceMs: 60_000,
    },
    fail,
    async record(facts) {
      const own = await agent;
      if (!(await own.playbook(ANA))) {
        const { playbook, problems } = compilePlaybook(
          Object.entries(FILES).map(([path, text]) => ({ path, text })),
          { today: '2026-11-30' },
        );
        assert.ok(playbook, JSON.stringify(problems));
        await own.publish(playbook);
      }
      return own.record(facts);
    },
  };
}

const account = (i: number): RecordId => `crm:account:${i}`;
const contact = (i: number): RecordId => `crm:contact:${i}`;
const changed = (
  about: RecordId,
  subjects: readonly RecordId[],
  values: JsonObject,
  at: number,
): Fact => tell('record-changed', about, at, { values }, [about], { subjects });

async function tellAll(days: Days, rep: RecordId): Promise<ToldDay> {
  const told = await days.tell(rep);
  assert.ok(!('looked' in told));
  return told;
}

describe('the day that a gateway tells a rep', () => {
  it('is the same with what is kept as when everything is looked at anew, whatever happens in between', async () => {
    const { options, fail, record } = openWorld();
    const random = createRandom('days');
    const whole = (below: number): number => Math.floor(random() * below);
    const first = Array.from({ length: 12 }, (_, i) => [
      changed(
        account(i),
        [account(i)],
        { name: `Firm ${i}`, owner: REPS[i % 2] ?? ANA, size: i },
        NOW - 9 * DAY,
      ),
      changed(
        contact(i),
        [account(i), contact(i)],
        { name: `Dana ${i}`, role: ['buyer'], mood: 'good' },
        NOW - 9 * DAY,
      ),
    ]);
    const ready = REPS.map((rep) => changed(rep, [rep], { ready: true }, NOW - 9 * DAY));
    await record([...first.flat(), ...ready]);
    const days = createDays(options);
    let cards = 0;
    for (let step = 0; step < 60; step++) {
      const [i, at] = [whole(12), NOW - 1_000_000 + step * 1000];
      const news = [
        () => changed(account(i), [account(i)], { size: whole(10) }, at),
        () => changed(account(i), [account(i)], { owner: REPS[whole(2)] ?? ANA }, at),
        () =>
          changed(
            contact(i),
            [account(i), contact(i)],
            { mood: random() < 0.5 ? 'bad' : 'good' },
            at,
          ),
        () =>
          tell('call-made', account(i), at, {}, [account(i), contact(i)], {
            by: ANA,
            subjects: [account(i), contact(i)],
          }),
        () => changed(ANA, [ANA], { ready: random() < 0.7 }, at),
      ][whole(5)]?.();
      if (news) await record([news]);
      fail.feed = random() < 0.1;
      for (const rep of REPS) {
        const told = await tellAll(days, rep);
        assert.deepEqual(told, await tellAll(createDays(options), rep));
        cards += told.cards.length;
      }
    }
    assert.ok(cards > 200, `${cards}`);
  });

  it('looks again at nothing that has not changed', async () => {
    const { options, record } = openWorld();
    const own = Array.from({ length: 6 }, (_, i) =>
      changed(account(i), [account(i)], { name: `Firm ${i}`, owner: ANA, size: 9 }, NOW - DAY),
    );
    await record(own);
    const asked: string[] = [];
    const days = createDays({
      ...options,
      store: {
        ...options.store,
        async read(key) {
          asked.push(key);
          return options.store.read(key);
        },
      },
    });
    await tellAll(days, ANA);
    asked.length = 0;
    await record([changed(account(3), [account(3)], { name: 'Other' }, NOW)]);
    await tellAll(days, ANA);
    assert.deepEqual([...new Set(asked)].sort(), [account(3), ANA]);
  });

  it('is whole for each of a hundred and twenty reps who ask at one moment', async () => {
    const { options, record } = openWorld();
    const reps = Array.from({ length: 120 }, (_, i): RecordId => `crm:rep:${i}`);
    await record(reps.map((rep) => changed(rep, [rep], { ready: true }, NOW - DAY)));
    await record(
      reps.flatMap((owner, i) =>
        Array.from({ length: 9 }, (_, j) => 9 * i + j).flatMap((n) => [
          changed(account(n), [account(n)], { name: `Firm ${n}`, owner, size: 9 }, NOW - DAY),
          changed(
            contact(n),
            [account(n), contact(n)],
            { role: ['buyer'], mood: 'good' },
            NOW - DAY,
          ),
        ]),
      ),
    );
    const days = createDays({
      ...options,
      store: {
        ...options.store,
        // As long as a database takes, so that all look at one time.
        async read(key) {
          await wait(20);
          return options.store.read(key);
        },
      },
    });
    const told = await Promise.all(reps.map((rep) => tellAll(days, rep)));
    const alone = createDays(options);
    for (const one of told.filter((_, i) => i % 20 === 0))
      assert.deepEqual(one, await tellAll(alone, one.rep));
    assert.deepEqual(new Set(told.map(({ cards }) => cards.length)), new Set([9]));
  });

  it('says how far it has come where that takes longer, and tells who asks again the rest', async () => {
    const { options, record } = openWorld();
    await record([
      changed(account(1), [account(1)], { name: 'Firm', owner: ANA, size: 9 }, NOW - DAY),
    ]);
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    const days = createDays({
      ...options,
      patienceMs: 1,
      store: {
        ...options.store,
        async read(key) {
          await held;
          return options.store.read(key);
        },
      },
    });
    const asked = await Promise.all([days.tell(ANA), days.tell(ANA)]);
    for (const one of asked) assert.ok('looked' in one && one.looked === 0 && one.of <= 1);
    open();
    for (;;) {
      const told = await days.tell(ANA);
      if ('looked' in told) continue;
      assert.equal(told.accounts, 1);
      break;
    }
  });
});
