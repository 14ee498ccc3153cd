import type { Fact } from '../domain/fact.js';
import { COMPANY, type JsonObject, type RecordId } from '../domain/value.js';

/** What happens in the cases of {@link import('./gateway-contract.js').gatewayContract}. */

export const MAYA = 'crm:rep:maya';
export const TOM = 'crm:rep:tom';

const DAY_MS = 86_400_000;

const play = (id: string, trigger: string, action: string, value: number): string => `
id: ${id}
title: ${id} for {account.name}
why: It is time.
about: account
trigger: { becomes: ${trigger} }
action: ${action}
for: team
serves: { revenue: { value: ${value} } }
expires: 300 days
coolDown: { done: 10 days, notRelevant: 90 days }
owner: ana@example.com
`;

/** The files of the playbook that is to be in force. */
export const playbookFiles: { readonly [path: string]: string } = {
  'playbook.yaml': `
name: Contract
currency: USD
zone: UTC
holdout: { rate: 0, salt: contract }
contactPolicy:
  limits: [{ touches: 1, days: 7 }]
  touches: { call-made: call }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
reasons:
  - { id: wrongMoment, label: Wrong moment, scope: rep }
  - { id: boughtElsewhere, label: Bought elsewhere, scope: record }
`,
  'attributes.yaml': `
attributes:
- id: daysSinceBuyerReply
  label: Days since the buyer replied
  type: number
  unit: days
  of: account
  derive: { daysSince: { types: [email-received], by: buyer } }
- { id: openCases, label: Open cases, type: number, of: account }
`,
  'plays/silent-buyer.yaml': play(
    'silent-buyer',
    '{ daysSinceBuyerReply: { gte: 14 } }',
    '{ kind: call, minutes: 15, touch: call }',
    9000,
  ),
  'plays/open-case.yaml': play(
    'open-case',
    '{ openCases: { gte: 1 } }',
    '{ kind: fix, minutes: 30 }',
    3000,
  ),
};

/** What is known of the two reps before any case. */
export function repFacts(now: number): readonly Fact[] {
  return [MAYA, TOM].map((rep) =>
    changed(`contract-${rep}`, rep, now - 60 * DAY_MS, { name: rep.slice(-4), team: 'West' }, [
      rep,
      COMPANY,
    ]),
  );
}

/** An account of Maya's, whose buyer wrote 15 days ago, with a case that is open. Two cards are shown. */
export function accountFacts(account: RecordId, now: number): readonly Fact[] {
  const values = { name: 'Kestrel Foods', owner: MAYA, openCases: 1 };
  return [
    changed(`${account}-1`, account, now - 50 * DAY_MS, values, [account]),
    buyerWrites(account, now - 15 * DAY_MS),
  ];
}

export function buyerWrites(account: RecordId, at: number): Fact {
  return {
    ...happened(`${account}-reply-${at}`, 'email-received', account, at),
    grade: 'buyer-verified',
    by: 'crm:contact:dana',
  };
}

export function tomCalls(account: RecordId, at: number): Fact {
  return { ...happened(`${account}-call-${at}`, 'call-made', account, at), by: TOM };
}

function happened(id: string, type: string, account: RecordId, at: number): Fact {
  const about = [account];
  return {
    id,
    type,
    subjects: about,
    about,
    occurredAt: at,
    learnedAt: at,
    grade: 'observed',
    data: {},
  };
}

function changed(
  id: string,
  record: RecordId,
  at: number,
  values: JsonObject,
  subjects: readonly RecordId[],
): Fact {
  return { ...happened(id, 'record-changed', record, at), subjects, data: { values } };
}
