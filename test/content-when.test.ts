import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAgent, type Fact } from 'opportune';
import { compilePlaybook, formatProblem, type SourceFile } from 'opportune/plan';
import { createMemoryStore } from 'opportune/stores/memory';

const NOW = Date.UTC(2026, 10, 20, 9);
const content = (when: string): string => `---
title: Case study
kind: case-study
attributes: { topic: [cfo] }
${when}
owner: ana@halden.example
---
Payback in seven months.
`;
const filesWith = (when: string): readonly SourceFile[] => [
  {
    path: 'playbook.yaml',
    text: 'name: Halden\ncurrency: EUR\nzone: Europe/Berlin\ncontactPolicy: { limits: [{ touches: 3, days: 7 }], touches: { call-made: call } }\ngoals: [{ id: revenue, label: Revenue, weight: 1, scale: 10000, unit: money }]\nreasons: [{ id: notNow, label: Not now, scope: rep }]\n',
  },
  {
    path: 'attributes.yaml',
    text: 'attributes:\n  - { id: employees, label: Employees, type: number, of: account }\n  - { id: industry, label: Industry, type: choice, of: account, values: [Retail, Food] }\n  - { id: amount, label: Amount, type: number, unit: money, of: opportunity }\n',
  },
  {
    path: 'plays/show.yaml',
    text: 'id: show\nabout: account\ntitle: Show it\nwhy: They ask\ntrigger: { opened: true }\naction: { kind: prepare, minutes: 5 }\nfor: owner\nserves: { revenue: { value: 2000 } }\ncontent: { topic: [cfo] }\nowner: ana@halden.example\n',
  },
  { path: 'content/case.md', text: content(when) },
];

/** Which of these accounts have the content on their card. */
async function offeredTo(
  when: string,
  accounts: { readonly [name: string]: { readonly [attribute: string]: string | number } },
): Promise<readonly string[]> {
  const { playbook, problems } = compilePlaybook(filesWith(when), { today: '2026-11-20' });
  const errors = problems.filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors.map(formatProblem), []);
  assert.ok(playbook);
  const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => NOW } });
  const facts = Object.entries(accounts).map(([name, values]): Fact => {
    const account = `crm:account:${name}`;
    const held = { owner: 'crm:rep:ana', ...values };
    return {
      id: name,
      type: 'record-changed',
      subjects: [account],
      about: [account],
      data: { values: held },
      occurredAt: NOW - 1000,
      learnedAt: NOW - 1000,
      grade: 'observed',
    };
  });
  await agent.record(facts, { history: true });
  await agent.publish(playbook);
  const offered: string[] = [];
  for (const name of Object.keys(accounts)) {
    const { shown } = await agent.decide(`crm:account:${name}`, 'crm:rep:ana');
    assert.equal(shown.length, 1, `a card for ${name}`);
    if (shown[0]?.contents.length) offered.push(name);
  }
  return offered;
}

describe('when of content', () => {
  const accounts = {
    large: { employees: 700, industry: 'Food' },
    shop: { employees: 700, industry: 'Retail' },
    small: { employees: 200, industry: 'Food' },
    unknown: { industry: 'Food' },
  };

  it('keeps content away only where it is known to be false', async () => {
    const when = 'when: { employees: { gte: 500 }, not: { account.industry: Retail } }';
    assert.deepEqual(await offeredTo(when, accounts), ['large', 'unknown']);
  });

  it('may be a group', async () => {
    const when = 'when: { any: [{ employees: { lt: 500 } }, { industry: Retail }] }';
    assert.deepEqual(await offeredTo(when, accounts), ['shop', 'small', 'unknown']);
  });

  const problemsOf = (when: string): readonly string[] =>
    compilePlaybook(filesWith(when), { today: '2026-11-20' }).problems.map(
      ({ message }) => message,
    );

  it('looks into no records inside, and names what it does not know', () => {
    assert.ok(
      problemsOf('when: { has: { opportunity: { amount: { gte: 1 } } } }').includes(
        'content goes with records of several kinds, and looks into none',
      ),
    );
    assert.match(problemsOf('when: { employes: { gte: 1 } }').join(), /employes/);
  });

  it('is said to be out of reach where no play can meet it', () => {
    const files = filesWith('when: { employees: { gte: 500 } }').map((file) =>
      file.path === 'plays/show.yaml'
        ? { ...file, text: `${file.text}eligibility: { employees: { lt: 100 } }\n` }
        : file,
    );
    const { problems } = compilePlaybook(files, { today: '2026-11-20' });
    assert.ok(problems.some(({ message }) => message === 'no play asks for content "case"'));
  });
});
