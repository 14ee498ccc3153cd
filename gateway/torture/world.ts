import type { Fact } from 'opportune';
import type { SourceFile } from 'opportune/plan';
import { createRandom } from '../../src/core/random.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** So long after the moment at which it is told, a card that time alone opens is due at the latest. */
export const LONGEST_TIMER_MS = 4_000;

/** The settings of the gateway under test: everybody sees everything, as who may see what is tested elsewhere. */
export const SETTINGS = `
publicUrl: http://localhost:8474
pages: []
tenants:
  acme: { connections: { crm: { rules: { records: { account: everyone, contact: everyone } } } } }
`;
export const TENANT = 'acme';

const PLAYBOOK = `
name: Torture
currency: EUR
zone: UTC
contactPolicy:
  limits: [{ touches: 60, days: 7 }]
  touches: { call-made: call }
goals:
  - { id: revenue, label: Revenue, measure: account.sales, weight: 1, scale: 10000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
  - { id: notHere, label: Not here, scope: record }
`;
const ATTRIBUTES = `
attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: sales, label: Sales this year, type: number, unit: money, of: account }
  - { id: role, label: Role, type: multi, of: contact, values: [buyer] }
  - id: daysSilent
    label: Days since the buyer wrote
    type: number
    unit: days
    of: account
    derive: { daysSince: { types: [email-received], by: buyer } }
`;
const play = (id: string, trigger: string, edition: number): string => `
id: ${id}
about: account
title: Call {account.name}
why: Edition ${edition}
trigger: ${trigger}
action: { kind: call, contact: buyer, minutes: 15, touch: call }
for: team
serves: { revenue: { value: 2000 } }
expires: 14 days
coolDown: { done: 1 minutes, notRelevant: 1 minutes }
owner: ana@example.com
`;

/** One playbook in many editions that differ in their words alone, so that no edition opens or closes a card. */
export const playbookFiles = (edition: number): readonly SourceFile[] => [
  { path: 'playbook.yaml', text: PLAYBOOK },
  { path: 'attributes.yaml', text: ATTRIBUTES },
  {
    path: 'plays/silent.yaml',
    text: play('silent', '{ becomes: { daysSilent: { gte: 14 } } }', edition),
  },
  {
    path: 'plays/quote.yaml',
    text: play(
      'quote',
      '{ pattern: { sequence: [proposal-sent, { no: call-made, within: 1 hours }] } }',
      edition,
    ),
  },
  { path: 'plays/demo.yaml', text: play('demo', '{ event: demo-requested }', edition) },
];

export const REPS: readonly string[] = ['crm:rep:ana', 'crm:rep:ben'];

/** The facts of some accounts, drawn from a seed. */
export interface World {
  readonly accounts: readonly string[];
  /** What makes the accounts and their buyers. */
  readonly first: readonly Fact[];
  /** Some that happen now, or are told late. */
  next(now: number): readonly Fact[];
}

export function createWorld(name: string, seed: number, accounts: number, now: number): World {
  const random = createRandom(seed);
  const pick = <T>(list: readonly [T, ...T[]]): T =>
    list[Math.floor(random() * list.length)] ?? list[0];
  const ids = Array.from({ length: accounts }, (_, i) => `crm:account:${name}-${i}`);
  let number = 0;
  const fact = (
    account: string,
    type: string,
    occurredAt: number,
    more: Partial<Fact> = {},
  ): Fact => ({
    id: `${name}/${number++}`,
    type,
    subjects: [account],
    about: [account],
    occurredAt,
    learnedAt: occurredAt,
    grade: 'observed',
    data: {},
    ...more,
  });
  const buyerOf = (account: string): string => account.replace(':account:', ':contact:');
  const first = ids.flatMap((account) => [
    fact(account, 'record-changed', now - 50 * DAY, {
      data: { values: { name: account, owner: pick(['crm:rep:ana', 'crm:rep:ben']) } },
    }),
    fact(account, 'record-changed', now - 50 * DAY, {
      subjects: [account, buyerOf(account)],
      about: [buyerOf(account)],
      data: { values: { name: 'Dana', role: ['buyer'] } },
    }),
  ]);

  function one(at: number): Fact {
    const account = ids[Math.floor(random() * ids.length)] ?? '';
    const buyer = buyerOf(account);
    const both = { subjects: [account, buyer], about: [account, buyer] };
    switch (
      pick(['wrote', 'wrote', 'wrote-once', 'quote', 'quote', 'call', 'demo', 'demo', 'sales'])
    ) {
      case 'wrote':
        return fact(account, 'email-received', at, { ...both, by: buyer });
      case 'wrote-once':
        return fact(account, 'email-received', at - Math.floor((1 + random() * 30) * DAY), {
          ...both,
          by: buyer,
        });
      case 'quote': {
        // An hour without a call is over a few seconds from now.
        const dueIn = Math.floor(500 + random() * (LONGEST_TIMER_MS - 500));
        return fact(account, 'proposal-sent', at - HOUR + dueIn, both);
      }
      case 'call':
        return fact(account, 'call-made', at - Math.floor(random() * 30 * MINUTE), {
          ...both,
          by: 'crm:rep:ben',
        });
      case 'demo':
        return fact(account, 'demo-requested', at, { ...both, by: buyer });
      default:
        return fact(account, 'record-changed', at, {
          data: { values: { sales: Math.floor(random() * 1e6) } },
        });
    }
  }
  return {
    accounts: ids,
    first,
    next: (at) => Array.from({ length: 1 + Math.floor(random() * 12) }, () => one(at)),
  };
}
