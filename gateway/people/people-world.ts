import { createAgent, type Fact, type JsonObject, type Playbook, type Store } from 'opportune';
import { compilePlaybook } from 'opportune/plan';
import { createMemoryStore } from 'opportune/stores/memory';
import { allFacts, allKeys } from './all-of.js';
import type { Erasing } from './erase-person.js';
import { createMemoryPersonKeys, type PersonKeys } from './person-keys.js';
import { createPseudonyms } from './pseudonyms.js';
import { sealStore } from './seal-store.js';
import { createSuppression } from './suppression.js';
import { createVault } from './vault.js';

/** A world for tests: one team, two accounts, three contacts, a deal, and what happens there. */
export const KESTREL = 'crm:account:kestrel';
export const HERON = 'crm:account:heron';
export const DANA = 'crm:contact:003dana';
export const PRIYA = 'crm:contact:003priya';
export const MAYA = 'crm:rep:maya';
export const DEAL = 'crm:opportunity:renewal';
export const START: number = Date.UTC(2026, 10, 2, 9);
export const DAY = 86_400_000;

const FILES: { readonly [path: string]: string } = {
  'playbook.yaml': `
name: People
currency: USD
zone: UTC
costs: { minute: 0.001, touch: 0.01 }
propensity: 0.25
holdout: { rate: 0 }
contactPolicy:
  limits: [{ touches: 3, days: 7 }]
  touches: { call-made: call, email-sent: email }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 10000, unit: money }
reasons:
  - { id: wrongMoment, label: Wrong moment, scope: rep }
`,
  'attributes.yaml': `
attributes:
- { id: role, label: Role, type: multi, of: contact, values: [economicBuyer, champion] }
- { id: stage, label: Stage, type: choice, of: opportunity, values: [Discovery, Evaluation, Won] }
- { id: replies, label: Replies, type: number, of: account, derive: { count: { types: [email-received], by: buyer } } }
- { id: replies14, label: Replies in 14 days, type: number, of: account, derive: { count: { types: [email-received], by: buyer, days: 14 } } }
- { id: bought, label: Bought, type: number, unit: money, of: account, derive: { sum: { types: [purchase], field: amount } } }
- { id: products, label: Products, type: number, of: account, derive: { distinct: { types: [purchase], field: product } } }
- { id: visits, label: Visits of the price page, type: number, of: account, derive: { count: { types: [page-visited], where: { page: [prices] } } } }
- { id: silent, label: Days since a reply, type: number, unit: days, of: opportunity, derive: { daysSince: { types: [email-received], by: buyer } } }
- { id: ownReplies, label: Own replies, type: number, of: contact, derive: { count: { types: [email-received], by: buyer } } }
- { id: champions, label: Champions, type: number, of: account, derive: { countRecords: { kind: contact, where: { role: champion } } } }
`,
  'plays/silent-buyer.yaml': `
id: silent-buyer
title: Call {contact.name|the economic buyer} about {opportunity.name}
why: No word from the buyer.
about: opportunity
trigger:
  becomes: { stage: Evaluation, silent: { gte: 3 } }
action: { kind: call, contact: economicBuyer, minutes: 15, touch: call }
for: owner
serves: { revenue: { value: 5000 } }
expires: 60 days
coolDown: { done: 10 days, notRelevant: 90 days }
owner: ana@example.com
`,
  'plays/price-page.yaml': `
id: price-page
title: Ask {contact.name|them} what they look for
why: They looked at prices.
about: account
trigger: { event: page-visited, where: { page: prices } }
action: { kind: email, contact: champion, minutes: 5, touch: email }
for: owner
serves: { revenue: { value: 500 } }
expires: 30 days
coolDown: { done: 1 days, notRelevant: 90 days }
owner: ana@example.com
`,
};

export function peoplePlaybook(): Playbook {
  const sources = Object.entries(FILES).map(([path, text]) => ({ path, text }));
  const { playbook, problems } = compilePlaybook(sources, { today: '2026-11-02' });
  if (!playbook) throw new Error(JSON.stringify(problems));
  return playbook;
}

export interface World extends Erasing {
  readonly clock: { at: number; now(): number };
  readonly inner: Store;
  readonly keys: PersonKeys;
}

const SECRET = new Uint8Array(32).fill(9);

/** A sealed store with everything that erasing needs; over what is given, as another process would open it. */
export function openWorld(
  inner: Store = createMemoryStore(),
  { keys = createMemoryPersonKeys(), at = START }: { keys?: PersonKeys; at?: number } = {},
): World {
  const clock = {
    at,
    now: (): number => clock.at,
  };
  const vault = createVault({ keys, clock });
  const store = sealStore(inner, vault);
  const pseudonyms = createPseudonyms(SECRET);
  return {
    clock,
    inner,
    keys,
    store,
    pseudonyms,
    suppression: createSuppression(store, pseudonyms),
    sealed: { keys, vault },
  };
}

let made = 0;
export function fact(
  type: string,
  about: readonly string[],
  data: JsonObject = {},
  more: Partial<Fact> = {},
): Fact {
  const occurredAt = more.occurredAt ?? START;
  return {
    id: `crm/${type}/${about.at(-1)?.split(':')[2]}/${String(++made).padStart(6, '0')}`,
    type,
    subjects: about.filter((id) => /:(account|contact|rep|company):/.test(id)),
    about,
    occurredAt,
    learnedAt: occurredAt,
    grade: 'observed',
    data,
    ...more,
  };
}

/** Everything that names Dana, by which she must not be found again. */
export const TELLING: readonly string[] = [
  'Dana',
  'Ruiz',
  'dana@kestrel.example',
  '+49 761 55512',
  'sailing',
  '003dana',
];

export function records(): readonly Fact[] {
  const values = (id: string, accounts: readonly string[], held: JsonObject): Fact =>
    fact('record-changed', [id], { values: held }, { subjects: [...new Set(accounts)] });
  return [
    values(KESTREL, [KESTREL], { name: 'Kestrel Foods', owner: MAYA }),
    values(HERON, [HERON], { name: 'Heron', owner: MAYA }),
    values(DANA, [KESTREL, HERON, DANA], {
      name: 'Dana Ruiz',
      email: 'dana@kestrel.example',
      phone: '+49 761 55512',
      role: ['economicBuyer', 'champion'],
      hobby: 'sailing',
    }),
    values(PRIYA, [KESTREL, PRIYA], {
      name: 'Priya Nair',
      email: 'priya@kestrel.example',
      role: ['champion'],
    }),
    values(DEAL, [KESTREL], {
      name: 'Renewal with Dana Ruiz',
      stage: 'Evaluation',
      owner: MAYA,
      contacts: [DANA],
    }),
  ];
}

export async function begin(world: World): Promise<Awaited<ReturnType<typeof createAgent>>> {
  const agent = await createAgent(world);
  await agent.publish(peoplePlaybook());
  await agent.record(records());
  return agent;
}

/** Everything that a store holds, in one text. */
export async function everythingIn(store: Store): Promise<string> {
  const parts: unknown[] = [];
  for await (const key of allKeys(store)) {
    const snapshot = await store.snapshot(key, { occurredAt: 9e15, id: '' });
    parts.push(key, await store.read(key), await allFacts(store, key), snapshot);
  }
  for (const name of await store.names('')) parts.push(name, await store.get(name));
  parts.push(await store.outbox(1e6), await store.due(9e15, 1e6));
  return JSON.stringify(parts);
}
