import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAgent } from 'opportune';
import { compilePlaybook, formatProblem, type SourceFile } from 'opportune/plan';
import { createMemoryStore } from 'opportune/stores/memory';
import { type Fact, noteFact } from '../src/domain/fact.js';
import { createEngine } from '../src/studio/engine.js';
import { createVocabulary } from '../src/studio/vocabulary.js';
import { openWorkbench } from '../src/studio/workbench.js';
import { type ContentTrial, tryContent } from '../widget/studio-content-trial.js';

const NOW = Date.UTC(2026, 10, 20, 9);
const TODAY = '2026-11-20';
const SETTINGS: readonly SourceFile[] = [
  {
    path: 'playbook.yaml',
    text: 'name: Halden\ncurrency: EUR\nzone: Europe/Berlin\ncontactPolicy: { limits: [{ touches: 3, days: 7 }], touches: { call-made: call } }\ngoals: [{ id: revenue, label: Revenue, weight: 1, scale: 10000, unit: money }]\nreasons: [{ id: notNow, label: Not now, scope: rep }]\n',
  },
  {
    path: 'attributes.yaml',
    text: 'attributes:\n  - { id: employees, label: Employees, type: number, of: account }\n  - { id: industry, label: Industry, type: choice, of: account, values: [Retail, Food, Drinks] }\n  - { id: brands, label: Brands, type: multi, of: account, values: [Acme, Norvik] }\n  - { id: stage, label: Stage, type: choice, of: opportunity, values: [Evaluation, Proposal] }\n',
  },
];
const play = (id: string, about: string, content: string): SourceFile => ({
  path: `plays/${id}.yaml`,
  text: `id: ${id}\nabout: ${about}\ntitle: Show ${id}\nwhy: They ask\ntrigger: { opened: true }\naction: { kind: prepare, minutes: 5 }\nfor: owner\nserves: { revenue: { value: 2000 } }\ncontent: ${content}\nowner: ana\n`,
});
const PLAYS = [
  play('plain', 'account', '{ topic: [cfo] }'),
  play('alike', 'account', '{ topic: [cfo], industry: same }'),
  play('retail', 'account', '{ topic: [cfo], industry: [Retail] }'),
  play('deal', 'opportunity', '{ topic: [cfo], account.industry: same }'),
  play('other', 'account', '{ topic: [other] }'),
];

/** Every combination of values that there are and that nobody knows. */
function facts(): readonly Fact[] {
  const facts: Fact[] = [];
  let made = 0;
  const put = (record: string, subject: string, values: Fact['data']): void => {
    made += 1;
    facts.push(
      noteFact(
        {
          id: `f${made}`,
          type: 'record-changed',
          subjects: [subject],
          about: [record],
          data: { values },
        },
        NOW - 86_400_000 + made,
      ),
    );
  };
  for (const industry of ['Retail', 'Food', undefined])
    for (const employees of [100, 500, 900, undefined])
      for (const brands of [['Acme'], [], undefined])
        for (const stage of ['Evaluation', 'Proposal']) {
          const account = `crm:account:${made}`;
          put(account, account, {
            owner: 'crm:rep:ana',
            ...(industry && { industry }),
            ...(employees && { employees }),
            ...(brands && { brands }),
          });
          put(`crm:opportunity:${made}`, account, { owner: 'crm:rep:ana', stage });
        }
  return facts;
}

/** What the cards of each record bring, as an agent decides it. */
async function broughtBy(files: readonly SourceFile[]): Promise<readonly string[]> {
  const { playbook } = compilePlaybook(files, { today: TODAY });
  const agent = await createAgent({ store: createMemoryStore(), clock: { now: () => NOW } });
  await agent.record(facts(), { history: true });
  await agent.publish(playbook ?? assert.fail());
  const found: string[] = [];
  for (const [record = ''] of facts().map(({ about }) => about)) {
    const { shown } = await agent.decide(record, 'crm:rep:ana');
    for (const card of shown)
      if (card.record === record && card.contents.some(({ id }) => id === 'case'))
        found.push(`${card.play} ${record}`);
  }
  return found.sort();
}

const CASES: readonly string[] = [
  'attributes: { topic: [cfo] }',
  'attributes: { topic: [cfo], industry: [Retail, Food] }',
  'attributes: { topic: [cfo], industry: Drinks }',
  'attributes: { topic: [cfo], opportunity.stage: Evaluation }',
  'attributes: { topic: [cfo], industry: [Food] }\nwhen: { employees: { gt: 500 } }',
  'attributes: { topic: [cfo] }\nwhen: { employees: { gte: 500, lte: 600 }, not: { industry: Retail } }',
  'attributes: { topic: [cfo] }\nwhen: { brands: { hasNone: [Acme] }, any: [{ employees: { lt: 200 } }, { industry: Food }] }',
  'attributes: { topic: [none] }',
];

describe('where content would be offered', () => {
  for (const front of CASES)
    it(`is where an agent's cards bring it: ${front.replaceAll('\n', ' ')}`, async () => {
      const text = `---\ntitle: Case\nkind: guide\n${front}\nowner: ana\n---\n**Text.**\n`;
      const settings = [...SETTINGS, { path: 'content/case.md', text }];
      const { playbook, problems } = compilePlaybook(settings, { today: TODAY });
      assert.deepEqual(
        problems.filter(({ severity }) => severity === 'error').map(formatProblem),
        [],
      );
      // One play at a time: an agent shows no more cards than a rep has time for.
      const expected: string[] = [];
      for (const one of PLAYS) expected.push(...(await broughtBy([...settings, one])));
      const files = [...settings, ...PLAYS];
      const bench = openWorkbench(files);
      const engine = createEngine({
        facts: facts(),
        now: NOW,
        today: TODAY,
        pause: async () => undefined,
      });
      let trial: ContentTrial | undefined = undefined as ContentTrial | undefined;
      const vocabulary = createVocabulary(playbook ?? assert.fail());
      const item = bench.items.get('content/case.md') ?? assert.fail();
      await tryContent({ engine, bench, files, vocabulary, item }, (found) => {
        if ('trial' in found) trial = found.trial;
        return true;
      });
      const offered = trial?.reach?.offers.flatMap(({ play: own, would }) =>
        would.map(({ record }) => `${String(own.data.id)} ${record}`),
      );
      if (!front.includes('none')) assert.ok(expected.length > 0);
      assert.deepEqual([...(offered ?? [])].sort(), expected.sort());
      assert.equal(trial?.reach?.cards, expected.length);
      assert.equal(trial?.body?.[0]?.type, 'paragraph');
    });
});
