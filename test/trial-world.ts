import type { Fact } from '../src/domain/fact.js';
import { toAssignedFact } from '../src/trial-book.js';
import { DAY, tell } from './told-deals.js';

/** Qualified attribute that holds the arm. */
export const ARM = 'account.cardTrial';

const play = (id: string, arm: string): string => `id: ${id}
title: Something to do
about: account
owner: ana@example.com
why: It may help
trigger: { opened: true }
eligibility: { ${ARM}: ${arm} }
action: { kind: call, minutes: 1 }
for: owner
serves: { revenue: { value: 100 } }
`;

/** Two versions of a card in a trial, and what a success is. */
export const TRIAL_PLAYBOOK: { readonly [path: string]: string } = {
  'playbook.yaml': `name: Trial
currency: EUR
zone: UTC
contactPolicy:
  limits: [{ touches: 30, days: 7 }]
  touches: { call-made: call }
learning: { success: [session-booked] }
trials:
  - { arm: cardTrial, success: [session-booked], guardrails: [complaint], days: 20 }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
reasons:
  - { id: notNow, label: Not now, scope: rep }
`,
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: cardTrial, label: The case study on the card, type: choice, of: account, values: [plain, withCase] }
`,
  'plays/plain.yaml': play('plain', 'plain'),
  'plays/with-case.yaml': play('with-case', 'withCase'),
};

/** A card of the play was seen and done by the rep at the account; the buyer may have booked a session after it. */
export function tellSeen(
  account: string,
  {
    card,
    at,
    by,
    books,
  }: { readonly card: string; readonly at: number; readonly by: string; readonly books: boolean },
): readonly Fact[] {
  const opening = `${card}|${account}|opened`;
  const done = { play: card, record: account, opening, scope: 'rep', executed: true };
  const buyer = { by: account.replace('account', 'contact'), grade: 'buyer-verified' } as const;
  return [
    tell('seen', account, at + 1_000, { opening }, [account], { by }),
    tell('response', account, at + 2_000, { ...done, response: { kind: 'done' } }, [account], {
      by,
    }),
    ...(books ? [tell('session-booked', account, at + 3_000, {}, [account], buyer)] : []),
  ];
}

/** Sixty accounts that entered sixty days ago, half of them in each arm; so many of each arm booked. */
export function tellTrial(
  now: number,
  books: readonly [number, number],
  complaints = 0,
): readonly Fact[] {
  const at = now - 60 * DAY;
  return Array.from({ length: 60 }, (_, i) => {
    const account = `t:account:${i}`;
    const [side, place] = [i % 2, Math.floor(i / 2)] as const;
    const [arm, card] =
      side === 0 ? (['plain', 'plain'] as const) : (['withCase', 'with-case'] as const);
    return [
      tell('record-changed', account, at - DAY, { values: { name: account, owner: 't:rep:1' } }),
      toAssignedFact(ARM, { account, group: account, arm, stratum: '' }, at - DAY),
      ...tellSeen(account, { card, at, by: 't:rep:1', books: place < (books[side as 0 | 1] ?? 0) }),
      ...(side === 1 && place < complaints ? [tell('complaint', account, at + DAY, {})] : []),
    ];
  }).flat();
}
