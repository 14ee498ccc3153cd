import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fact } from '../src/domain/fact.js';
import { compilePlaybook } from '../src/plan/compile-playbook.js';
import { dismissalsIn } from '../src/studio/dismissals.js';

const ACCOUNT = 'crm:account:1';
const DAY = 86_400_000;
const FILES = [
  {
    path: 'playbook.yaml',
    text: 'name: P\ncurrency: EUR\nzone: UTC\ncontactPolicy: { limits: [{ touches: 3, days: 7 }], touches: { call-made: call } }\ngoals:\n  - { id: joy, label: Joy, measure: account.joy, weight: 1, scale: 1 }\nreasons:\n  - { id: notNow, label: Not now, scope: rep }\n',
  },
  {
    path: 'attributes.yaml',
    text: 'attributes:\n  - { id: joy, label: Joy, type: number, of: account }\n  - { id: name, label: Name, type: text, of: account }\n  - { id: tier, label: Tier, type: choice, of: account, values: [{ id: gold, label: Gold }, { id: iron, label: Iron }] }\n',
  },
];
const { playbook, problems } = compilePlaybook(FILES, { today: '2026-11-20' });

const fact = (id: string, day: number, more: Pick<Fact, 'type' | 'data'>): Fact => ({
  ...{ id, subjects: [ACCOUNT], about: [ACCOUNT], grade: 'observed' },
  ...{ occurredAt: day * DAY, learnedAt: day * DAY, by: 'crm:rep:ana' },
  ...more,
});
const tier = (id: string, day: number, is: string): Fact =>
  fact(id, day, { type: 'record-changed', data: { values: { name: 'Kestrel', tier: is } } });
const answer = (id: string, day: number, response: object): Fact =>
  fact(`response/${id}`, day, {
    type: 'response',
    data: {
      play: 'call',
      record: ACCOUNT,
      opening: 'o',
      scope: 'rep',
      executed: true,
      response,
    } as never,
  });

describe('why cards were not relevant', () => {
  const facts = [
    tier('made', 1, 'iron'),
    answer('early', 2, { kind: 'not-relevant', reason: 'notNow' }),
    answer('first', 10, { kind: 'not-relevant', reason: 'notNow', text: 'They move house' }),
    tier('risen', 11, 'gold'),
    answer('second', 12, { kind: 'not-relevant', reason: 'notNow' }),
    answer('third', 13, { kind: 'not-relevant', reason: 'notNow' }),
    answer('third/undo/x', 14, { kind: 'undo', of: 'third' }),
    answer('done', 15, { kind: 'done' }),
  ];
  assert.ok(playbook, JSON.stringify(problems));
  const found = dismissalsIn(facts, playbook, 5 * DAY);

  it('is told with the situation as it was then, without those of before and those that were taken back', () => {
    assert.deepEqual(
      found.map(({ id, text, attributes }) => [id, text, attributes]),
      [
        ['first', 'They move house', { 'account.tier': 'iron' }],
        ['second', undefined, { 'account.tier': 'gold' }],
      ],
    );
  });
});
