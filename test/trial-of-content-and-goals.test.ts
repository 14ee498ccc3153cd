import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Card, createAgent, type Playbook } from 'opportune';
import { compilePlaybook, formatProblem } from 'opportune/plan';
import { createMemoryStore } from 'opportune/stores/memory';
import { playsOfTrial } from '../src/domain/trial.js';
import { toAssignedFact } from '../src/trial-book.js';
import { DAY, START, tell } from './told-deals.js';

const NOW = START + 90 * DAY;
const REP = 'crm:rep:ana';
const play = (id: string, kind: string, rest: string): string =>
  `id: ${id}\ntitle: ${id}\nwhy: They ask\nabout: account\ntrigger: { opened: true }\naction: { kind: ${kind}, minutes: 1 }\nfor: owner\nowner: ana@halden.example\n${rest}\n`;
const content = (id: string, when: string): string =>
  `---\nid: ${id}\ntitle: ${id}\nkind: note\nattributes: { job: [price] }\nwhen: { ${when} }\nowner: ana@halden.example\n---\nPayback in seven months.\n`;

const FILES = {
  'playbook.yaml': `name: Halden
currency: EUR
zone: UTC
contactPolicy: { limits: [{ touches: 9, days: 7 }], touches: { call-made: call } }
trials:
  - { arm: caseTrial, success: [replied] }
  - { arm: goalTrial, success: [replied], weights: { trust: { revenue: 0.2, trust: 3 } } }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 1000, unit: money }
  - { id: trust, label: Trust, weight: 1, scale: 1 }
reasons: [{ id: notNow, label: Not now, scope: rep }]
`,
  'attributes.yaml': `attributes:
  - { id: name, label: Name, type: text, of: account }
  - { id: owner, label: Owner, type: text, of: account }
  - { id: caseTrial, label: Which case, type: choice, of: account, values: [plain, numbers] }
  - { id: goalTrial, label: Which goals, type: choice, of: account, values: [usual, trust] }
`,
  'plays/sell.yaml': play(
    'sell',
    'propose',
    'serves: { revenue: { value: 2000 } }\ncontent: { job: price }',
  ),
  'plays/care.yaml': play('care', 'call', 'serves: { trust: { value: 1 } }'),
  'content/plain.md': content('plain', 'account.caseTrial: plain'),
  'content/numbers.md': content('numbers', 'account.caseTrial: numbers'),
};

function compile(files: { readonly [path: string]: string } = FILES): {
  readonly playbook?: Playbook;
  readonly errors: readonly string[];
} {
  const { playbook, problems } = compilePlaybook(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { today: '2026-11-20' },
  );
  const errors = problems.filter(({ severity }) => severity === 'error').map(formatProblem);
  return { errors, ...(playbook && { playbook }) };
}

/** The cards of an account that got these arms, best first. */
async function cardsOf(arms: { readonly [arm: string]: string }): Promise<readonly Card[]> {
  const account = 'crm:account:1';
  const { playbook, errors } = compile();
  assert.deepEqual(errors, []);
  assert.ok(playbook);
  const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => NOW } });
  await agent.record(
    [
      tell('record-changed', account, START, { values: { name: 'Acme', owner: REP } }),
      ...Object.entries(arms).map(([arm, value]) =>
        toAssignedFact(arm, { account, group: account, arm: value, stratum: '' }, START),
      ),
    ],
    { history: true },
  );
  await agent.publish(playbook);
  return (await agent.decide(account, REP)).shown;
}

const playsIn = (cards: readonly Card[]): readonly string[] => cards.map((card) => card.play);
const contentsIn = (cards: readonly Card[]): readonly string[] =>
  cards.flatMap(({ contents }) => contents.map(({ id }) => id));

describe('a trial of content', () => {
  it('brings each arm its own, on the same card', async () => {
    const [plain, numbers] = [
      await cardsOf({ 'account.caseTrial': 'plain' }),
      await cardsOf({ 'account.caseTrial': 'numbers' }),
    ];
    assert.deepEqual(playsIn(plain), playsIn(numbers));
    assert.deepEqual(contentsIn(plain), ['plain']);
    assert.deepEqual(contentsIn(numbers), ['numbers']);
  });

  it('is judged by the plays that may bring it, and by no other', () => {
    const { playbook } = compile();
    assert.ok(playbook);
    assert.deepEqual([...playsOfTrial('account.caseTrial', playbook)], ['sell']);
  });
});

describe('a trial of goals', () => {
  it('lets goals weigh otherwise in its arm, and as ever in the control', async () => {
    const usual = await cardsOf({ 'account.goalTrial': 'usual' });
    const trust = await cardsOf({ 'account.goalTrial': 'trust' });
    assert.deepEqual(playsIn(usual), ['sell', 'care']);
    assert.deepEqual(playsIn(trust), ['care', 'sell']);
    assert.deepEqual(playsIn(usual), playsIn(await cardsOf({})));
    // Of a fifth chance: two scales of revenue at 0.2, and one of trust at 3.
    const shares = trust.map(({ arbitration }) => arbitration.goals.map(({ share }) => share));
    assert.ok(Math.abs((shares[0]?.[0] ?? 0) - 0.2 * 3) < 1e-9);
    assert.ok(Math.abs((shares[1]?.[0] ?? 0) - 0.2 * 2 * 0.2) < 1e-9);
    assert.equal(trust[0]?.arbitration.goals[0]?.weight, 3);
  });

  it('concerns every play', () => {
    const { playbook } = compile();
    assert.ok(playbook);
    assert.deepEqual([...playsOfTrial('account.goalTrial', playbook)], ['care', 'sell']);
  });

  it('names an arm and a goal that are not there, with what was meant', () => {
    const yaml = FILES['playbook.yaml'].replace(
      'trust: { revenue: 0.2, trust: 3 }',
      'turst: { revenue: 2 }, usual: { revenu: 2 }',
    );
    assert.deepEqual(compile({ ...FILES, 'playbook.yaml': yaml }).errors, [
      'playbook.yaml:7: "turst" is no arm of "account.goalTrial"; did you mean "trust"?',
      'playbook.yaml:7: goal "revenu" is not declared; did you mean "revenue"?',
    ]);
  });

  it('where nothing weighs otherwise and nobody asks for the arm, both versions are the same', () => {
    const yaml = FILES['playbook.yaml'].replace(/, weights: .* }$/m, ' }');
    assert.deepEqual(compile({ ...FILES, 'playbook.yaml': yaml }).errors, [
      'playbook.yaml:7: no play and no content asks for "account.goalTrial": both versions are the same; give each version its arm: eligibility: { account.goalTrial: usual }',
    ]);
  });
});
