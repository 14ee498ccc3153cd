import type { Fact } from '../src/domain/fact.js';
import type { ResponseRequest, ResponseResult } from '../src/domain/response.js';
import type { Store } from '../src/domain/store.js';
import type { TryPlan, TryStand } from '../src/domain/try.js';
import type { RecordId } from '../src/domain/value.js';
import { createScenario, playbookOf, type Scenario } from './scenario.js';
import { tell } from './told-deals.js';

export const REP = 't:rep:1';
export const DAY = 86_400_000;

const play = (id: string, action: string, more = ''): string => `id: ${id}
title: ${id} for {account.name}
about: account
owner: ana@example.com
why: They may need it
trigger: { opened: true }
action: { ${action}, minutes: 5 }
for: owner
serves: { revenue: { value: 100 } }
${more}`;

export const TRY_FILES: { readonly [path: string]: string } = {
  'playbook.yaml': `name: Tries
currency: EUR
zone: UTC
contactPolicy:
  limits: [{ touches: 2, days: 7 }]
  touches: { call-made: call }
learning: { success: [session-booked], days: 14 }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: role, label: Role, type: multi, of: contact, values: [buyer, plantManager] }
`,
  'plays/audit.yaml': play('audit', 'kind: call, contact: buyer, touch: call'),
  'plays/renew.yaml': play('renew', 'kind: email, contact: buyer'),
  'plays/visit.yaml': play('visit', 'kind: prepare'),
  'plays/recall.yaml': play('recall', 'kind: fix', 'mandatory: true\n'),
};

export const accountOf = (i: number): string => `t:account:${i}`;
export const buyerOf = (account: string): string => account.replace('account', 'contact');

/** An account with a buyer and a plant manager. */
export function tellAccount(
  account: string,
  at: number,
  { owner = REP, parent }: { readonly owner?: string; readonly parent?: string } = {},
): readonly Fact[] {
  const buyer = buyerOf(account);
  const chief = `${buyer}-chief`;
  const values = { name: account, owner, ...(parent !== undefined && { ultimateParent: parent }) };
  const person = (id: string, role: string): Fact => ({
    ...tell('record-changed', account, at, { values: { name: role, role: [role] } }, [id]),
    subjects: [account, id],
  });
  return [
    tell('record-changed', account, at, { values }, [account]),
    person(buyer, 'buyer'),
    person(chief, 'plantManager'),
  ];
}

export interface TryWorld extends Scenario {
  /** Sends the request to begin, with a card of the play at an account. */
  begin(
    id: string,
    more?: Partial<TryPlan> & { readonly play?: string; readonly account?: RecordId },
  ): Promise<ResponseResult>;
  end(id: string): Promise<ResponseResult>;
  tries(): Promise<readonly TryStand[]>;
}

/** Accounts of one rep, under plays of which one is mandatory. */
export async function createTryWorld(accounts = 24, store?: Store): Promise<TryWorld> {
  const scenario = await createScenario(playbookOf(TRY_FILES), store);
  const { agent, clock } = scenario;
  await agent.record(
    Array.from({ length: accounts }, (_, i) =>
      tellAccount(accountOf(i), clock.at - 9 * DAY),
    ).flat(),
  );
  const send = (
    id: string,
    response: ResponseRequest['response'],
    { name = 'audit', account = accountOf(0) } = {},
  ): Promise<ResponseResult> =>
    agent.respond({
      id,
      play: name,
      record: account,
      account,
      opening: `${name}|${account}|opened`,
      asker: REP,
      occurredAt: clock.at,
      response,
    });
  return {
    ...scenario,
    begin: (id, { play: name, account, ...more } = {}) =>
      send(
        id,
        { kind: 'try', how: 'open with the audit date', weeks: 4, accounts: 60, ...more },
        { ...(name && { name }), ...(account && { account }) },
      ),
    end: (id) => send(`end ${id}`, { kind: 'end-try', of: id }),
    tries: () => agent.tries(REP),
  };
}
