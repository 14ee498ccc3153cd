import { createAgent } from '../src/agent.js';
import type { Agent } from '../src/domain/agent.js';
import type { Card, Decision } from '../src/domain/decision.js';
import type { Fact } from '../src/domain/fact.js';
import type { Playbook } from '../src/domain/playbook.js';
import type { Response, ResponseResult } from '../src/domain/response.js';
import type { Store } from '../src/domain/store.js';
import { type JsonObject, kindOf, type RecordId } from '../src/domain/value.js';
import { compilePlaybook } from '../src/plan/compile-playbook.js';
import { createMemoryStore } from '../src/stores/memory.js';

const HOUR = 3_600_000;

/** A playbook from the text of its files; a test that has an error in its playbook fails with the problem. */
export function playbookOf(files: { readonly [path: string]: string }): Playbook {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { playbook, problems } = compilePlaybook(sources, { today: '2026-11-02' });
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (!playbook || errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 1));
  return playbook;
}

export interface Scenario {
  readonly agent: Agent;
  readonly store: Store;
  readonly clock: { at: number };
  /** Lets time pass and tells the agent. */
  pass(time: { readonly days?: number; readonly hours?: number }): Promise<void>;
  /** A fact that happens now. */
  fact(type: string, about: readonly RecordId[], data?: JsonObject, more?: Partial<Fact>): Fact;
  /** Attributes of a record, now. */
  values(record: RecordId, account: RecordId, values: JsonObject): Fact;
  decide(record: RecordId, asker: RecordId): Promise<Decision>;
  answer(card: Card, asker: RecordId, response: Response, id?: string): Promise<ResponseResult>;
}

/** An agent over a fresh store, with a clock in the test's hands. Monday 2 November 2026, 09:00 UTC. */
export async function createScenario(
  playbook: Playbook,
  store: Store = createMemoryStore(),
): Promise<Scenario> {
  const clock = { at: Date.UTC(2026, 10, 2, 9) };
  const agent = await createAgent({ store, clock: { now: () => clock.at } });
  await agent.publish(playbook);
  let facts = 0;
  let answers = 0;
  const fact: Scenario['fact'] = (type, about, data = {}, more = {}) => ({
    id: `fact-${String(++facts).padStart(4, '0')}`,
    type,
    subjects: about.filter(
      (id) =>
        kindOf(id) === 'account' ||
        kindOf(id) === 'contact' ||
        kindOf(id) === 'rep' ||
        kindOf(id) === 'company',
    ),
    about,
    occurredAt: clock.at,
    learnedAt: clock.at,
    grade: 'observed',
    data,
    ...more,
  });
  return {
    agent,
    store,
    clock,
    async pass({ days = 0, hours = 0 }) {
      clock.at += (days * 24 + hours) * HOUR;
      await agent.tick();
    },
    fact,
    values: (record, account, values) => {
      const kind = kindOf(record);
      const subjects =
        kind === 'rep'
          ? [record, 'opportune:company:self']
          : kind === 'contact'
            ? [account, record]
            : kind === 'company'
              ? [record]
              : [account];
      return fact('record-changed', [record], { values }, { subjects });
    },
    decide: (record, asker) => agent.decide(record, asker),
    async answer(card, asker, response, id = `answer-${++answers}`) {
      const { account } = await agent.decide(card.record, asker);
      return agent.respond({
        id,
        play: card.play,
        record: card.record,
        account,
        opening: card.opening,
        asker,
        occurredAt: clock.at,
        response,
      });
    },
  };
}

/** A fingerprint of everything a store holds for these subjects. */
export async function storeHash(store: Store): Promise<string> {
  const keys = await store.keys('', undefined, 100_000);
  const all = await Promise.all(
    keys.map(async (key) => [key, await store.read(key), await store.facts(key)]),
  );
  const names = await store.names('');
  const values = await Promise.all(names.map(async (name) => [name, await store.get(name)]));
  return JSON.stringify([
    all,
    values,
    await store.outbox(10_000),
    await store.due(Number.MAX_SAFE_INTEGER, 10_000),
  ]);
}
