import type { Playbook } from '../src/domain/playbook.js';
import { playbookOf } from './scenario.js';

const SETTINGS = `
name: Acceptance
currency: USD
zone: UTC
costs: { minute: 0.001, touch: 0.01 }
propensity: 0.25
holdout: { rate: 0, salt: acceptance }
profitGate: { minMarginRate: 0.18, costToServe: account.costToServe }
contactPolicy:
  limits: [{ touches: 3, days: 7 }]
  touches: { call-made: call, email-sent: email, newsletter-sent: mailing }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 10000, unit: money }
  - { id: satisfaction, label: Satisfaction, measure: account.satisfaction, weight: 1, floor: 6, target: 8, scale: 1, unit: points }
reasons:
  - { id: boughtElsewhere, label: Bought elsewhere, scope: record, sets: { account.boughtElsewhere: true }, asks: From whom? }
  - { id: wrongMoment, label: Wrong moment, scope: rep }
`;

const ATTRIBUTES = `
attributes:
- { id: industry, label: Industry, type: choice, of: account, values: [Food, Retail] }
- { id: satisfaction, label: Satisfaction, type: number, unit: points, of: account }
- { id: costToServe, label: Cost to serve, type: number, unit: money, of: account }
- { id: boughtElsewhere, label: Bought elsewhere, type: boolean, of: account }
- { id: openCases, label: Open cases, type: number, of: account }
- { id: preferredBrands, label: Preferred brands, type: multi, of: account, values: [Acme, Zenith] }
- { id: role, label: Role, type: multi, of: contact, values: [economicBuyer, champion] }
- { id: stage, label: Stage, type: choice, of: opportunity, values: [Discovery, Evaluation, Won] }
- id: daysSinceBuyerReply
  label: Days since the buyer replied
  type: number
  unit: days
  of: opportunity
  says: No reply for {value} days
  usual: replyDaysOfWonDeals
  derive: { daysSince: { types: [email-received, meeting-held], by: buyer } }
- { id: replyDaysOfWonDeals, label: Days between replies in won deals, type: number, of: company, says: "Won deals average {value}" }
- id: repliesIn14Days
  label: Replies in 14 days
  type: number
  of: account
  derive: { count: { types: [email-received], by: buyer, days: 14 } }
`;

const PLAYS: { readonly [id: string]: string } = {
  'silent-buyer': `
title: Call {contact.name|the economic buyer} about {opportunity.name}
why: No word from the buyer in two weeks.
about: opportunity
trigger:
  becomes: { stage: Evaluation, daysSinceBuyerReply: { gte: 14 } }
action: { kind: call, contact: economicBuyer, minutes: 15, touch: call }
for: owner
serves: { revenue: { share: 0.05, of: opportunity.amount } }
expires: 30 days
coolDown: { done: 10 days, notRelevant: 90 days }
owner: ana@example.com
`,
  'ask-reference': `
title: Ask {account.name} for a reference
why: They answer quickly.
about: account
trigger:
  becomes: { repliesIn14Days: { gte: 2 } }
applicability: { openCases: 0 }
action: { kind: email, contact: champion, minutes: 5, touch: email }
for: owner
serves: { revenue: { value: 5000 } }
expires: 30 days
coolDown: { done: 90 days, notRelevant: 90 days }
owner: ana@example.com
`,
  upsell: `
title: Offer the big machine to {account.name}
why: They have room for it.
about: account
trigger: { becomes: { industry: Food } }
eligibility: { any: [{ boughtElsewhere: false }, { boughtElsewhere: { missing: true } }] }
action: { kind: propose, minutes: 30 }
for: team
serves: { revenue: { value: 40000 }, satisfaction: { value: -0.5 } }
offers: big
propensity: 0.4
expires: 300 days
coolDown: { done: 90 days, notRelevant: 90 days }
owner: ana@example.com
`,
  'service-follow-up': `
title: Visit {account.name} about the case
why: A case is open.
about: account
trigger: { becomes: { openCases: { gte: 1 } } }
action: { kind: fix, minutes: 60 }
for: team
serves: { satisfaction: { value: 2 } }
expires: 300 days
coolDown: { done: 30 days, notRelevant: 30 days }
owner: ana@example.com
`,
  'contract-notice': `
title: Send {contact.name|the buyer} the contract notice
why: The contract says so.
about: account
trigger: { event: notice-due }
action: { kind: email, contact: economicBuyer, minutes: 5, touch: email }
for: team
serves: { satisfaction: { value: 0.1 } }
mandatory: true
expires: 30 days
coolDown: { done: 30 days, notRelevant: 30 days }
owner: ana@example.com
`,
  'call-back': `
title: Call {contact.name|the buyer} back
why: The buyer asked for it.
about: account
trigger: { event: callback-requested }
action: { kind: call, contact: economicBuyer, minutes: 10, touch: call }
for: team
serves: { satisfaction: { value: 0.5 } }
buyerRequested: true
expires: 5 days
coolDown: { done: 30 days, notRelevant: 30 days }
owner: ana@example.com
`,
  'new-of-brand': `
title: Tell {account.name} about the new {event.product}
why: They prefer the brand.
about: account
trigger:
  event: product-added
  where: { brand: { in: account.preferredBrands } }
action: { kind: email, contact: champion, minutes: 5, touch: email }
for: team
serves: { revenue: { value: 2000 } }
expires: 30 days
coolDown: { done: 30 days, notRelevant: 30 days }
owner: ana@example.com
`,
};

/** The playbook of the acceptance tests, with parts of it written otherwise. */
export function acceptancePlaybook(
  change: {
    readonly settings?: (text: string) => string;
    readonly plays?: { readonly [id: string]: string };
  } = {},
): Playbook {
  const plays = Object.entries({ ...PLAYS, ...change.plays }).map(([id, text]) => [
    `plays/${id}.yaml`,
    `id: ${id}\n${text.trimStart()}`,
  ]);
  return playbookOf({
    'playbook.yaml': (change.settings ?? ((text) => text))(SETTINGS),
    'attributes.yaml': ATTRIBUTES,
    'products.yaml': 'products:\n- { id: big, label: Big machine, price: 40000, cost: 30000 }\n',
    ...Object.fromEntries(plays),
  });
}
