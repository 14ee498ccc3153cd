import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../src/domain/value.js';
import { compilePlaybook, type SourceFile } from '../src/plan/compile-playbook.js';
import { isContent } from '../src/studio/content-item.js';
import { readTags, type Tag, writeTags } from '../src/studio/content-tags.js';
import { isTaggedSo } from '../src/studio/content-uses.js';
import { readItems } from '../src/studio/playbook-folder.js';
import { tagOptions } from '../src/studio/tag-options.js';
import { tagText } from '../src/studio/tag-words.js';
import { createVocabulary } from '../src/studio/vocabulary.js';
import { changeItem, filesOf, openWorkbench } from '../src/studio/workbench.js';
import { files as crm, vocabulary as crmWords } from './studio-crm.js';

const ATTRIBUTES = `attributes:
  - { id: employees, label: Employees, type: number, of: account }
  - { id: spend, label: Spend, type: number, unit: money, of: account }
  - { id: industry, label: Industry, type: choice, of: account, values: [Retail, Technology, Food] }
  - { id: competitor, label: Competitor, type: multi, of: account, values: [Acme, Norvik] }
  - { id: renewsOn, label: Renews on, type: date, of: account }
  - { id: metSigner, label: Economic buyer met, type: boolean, of: opportunity }
`;
const content = (front: string): SourceFile => ({
  path: 'content/case.md',
  text: `---\ntitle: Case   # the title\nkind: case-study\n${front}\nowner: ana\n---\nText.\n`,
});
const settings: readonly SourceFile[] = [
  {
    path: 'playbook.yaml',
    text: 'name: Halden\ncurrency: EUR\nzone: Europe/Berlin\ncontactPolicy: { limits: [{ touches: 3, days: 7 }], touches: { call-made: call } }\ngoals: [{ id: revenue, label: Revenue, weight: 1, scale: 10000, unit: money }]\nreasons: [{ id: notNow, label: Not now, scope: rep }]\n',
  },
  { path: 'attributes.yaml', text: ATTRIBUTES },
];
const { playbook } = compilePlaybook([...settings, content('attributes: { topic: [cfo] }')], {
  today: '2026-11-20',
});
const vocabulary = createVocabulary(playbook ?? assert.fail());

const FRONT = `attributes: { topic: [cfo], industry: Food }   # where
when:
  employees: { gt: 500 }
  not: { account.industry: Retail }
  account.competitor: { hasNone: [Acme] }
  any: [{ employees: { lt: 10 } }, { spend: { gte: 1000 } }]`;
const opened = openWorkbench([...settings, content(FRONT)]);
const ITEM = 'content/case.md';
const dataOf = (): JsonObject => opened.items.get(ITEM)?.data ?? assert.fail();
const says = (tags: readonly Tag[]): readonly string[] =>
  tags.map((tag) => tagText(tag, vocabulary));
const written = (tags: readonly Tag[]): string => {
  const item = opened.items.get(ITEM) ?? assert.fail();
  const data = writeTags(item.data, tags, vocabulary);
  const files = filesOf(changeItem(opened, ITEM, { ...item, data }, 'tag'));
  return files.find(({ path }) => path === ITEM)?.text ?? '';
};

describe('tags of content', () => {
  it('are read from values and from conditions; groups are left as they are', () => {
    const { tags, rest } = readTags(dataOf(), vocabulary);
    assert.deepEqual(says(tags), [
      'Topic is cfo',
      'Industry is Food',
      'Employees over 500',
      'Industry is not Retail',
      'Competitor is not Acme',
    ]);
    assert.deepEqual(rest, { any: [{ employees: { lt: 10 } }, { spend: { gte: 1000 } }] });
  });

  it('are written so that nothing else in the file differs', () => {
    const { tags } = readTags(dataOf(), vocabulary);
    const text = content(FRONT).text;
    assert.equal(written(tags), text);
    const more = tags.map((tag) =>
      tag.operator === 'is' && tag.attribute === 'account.industry'
        ? { ...tag, values: ['Food', 'Technology'] }
        : tag,
    );
    assert.equal(
      written(more),
      text
        .replace('industry: Food', 'industry: [ Food, Technology ]')
        .replace('[ Food, Technology ]', '[Food, Technology]'),
    );
    const fewer = tags.filter(({ operator }) => operator !== 'over');
    assert.equal(written(fewer), text.replace('  employees: { gt: 500 }\n', ''));
  });

  it('come back as they were written, whatever is added and taken away', () => {
    const { tags, rest } = readTags(dataOf(), vocabulary);
    const between: Tag = { attribute: 'account.spend', operator: 'between', values: [10, 20] };
    const notMet: Tag = { attribute: 'opportunity.metSigner', operator: 'isNot', values: [true] };
    for (const next of [
      [...tags, between],
      [...tags, notMet],
      tags.filter(({ operator }) => operator !== 'isNot'),
      [between, notMet],
      [],
    ]) {
      const again = readTags(writeTags(dataOf(), next, vocabulary), vocabulary);
      assert.deepEqual([...says(again.tags)].sort(), [...says(next)].sort());
      assert.deepEqual(again.rest, rest);
    }
  });

  it('compile, each of them, to what the file format means', () => {
    const tags: readonly Tag[] = [
      { attribute: 'topic', operator: 'is', values: ['cfo'] },
      { attribute: 'account.employees', operator: 'between', values: [500, 900] },
      { attribute: 'account.industry', operator: 'isNot', values: ['Retail', 'Food'] },
      { attribute: 'opportunity.metSigner', operator: 'isNot', values: [true] },
      { attribute: 'account.competitor', operator: 'isNot', values: ['Acme'] },
      { attribute: 'account.renewsOn', operator: 'over', values: ['2027-01-31'] },
    ];
    const data = writeTags({ title: 'Case', kind: 'guide', owner: 'ana' }, tags, vocabulary);
    const text = `---\n${JSON.stringify(data)}\n---\nText.\n`;
    const { playbook: own, problems } = compilePlaybook(
      [...settings, { path: 'content/case.md', text }],
      { today: '2026-11-20' },
    );
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.deepEqual(own?.contents[0]?.attributes, { topic: ['cfo'] });
    const when = JSON.stringify(own?.contents[0]?.when);
    for (const part of [
      '"gte":500,"lte":900',
      '"in":["Retail","Food"]',
      '"hasNone":["Acme"]',
      '"gt":20849',
    ])
      assert.ok(when.includes(part), `${part} in ${when}`);
  });

  it('of the example CRM come back byte by byte', () => {
    const bench = openWorkbench(crm);
    const contents = [...bench.items.values()].filter(isContent);
    assert.ok(contents.length > 80);
    for (const item of contents) {
      const { tags, rest } = readTags(item.data, crmWords);
      assert.equal(rest, undefined, item.id);
      const next = changeItem(
        bench,
        item.id,
        { ...item, data: writeTags(item.data, tags, crmWords) },
        'tag',
      );
      assert.equal(filesOf(next), crm, item.id);
    }
    assert.equal(readItems(crm).size, bench.items.size);
  });
});

describe('a tag that is typed', () => {
  const first = (typed: string): string | undefined => tagOptions(typed, vocabulary)[0]?.label;
  const all = (typed: string): readonly string[] =>
    tagOptions(typed, vocabulary).map(({ label }) => label);

  it('is found by its value, its attribute, and with a letter wrong', () => {
    assert.equal(first('ret'), 'Industry is Retail');
    assert.equal(first('tecnology'), 'Industry is Technology');
    assert.deepEqual(all('industry'), [
      'Industry is Retail',
      'Industry is Technology',
      'Industry is Food',
    ]);
    assert.equal(first('acme'), 'Competitor is Acme');
    assert.equal(first('buyer met no'), 'Economic buyer met is no');
    assert.equal(first('cfo'), 'Topic is cfo');
  });

  it('may be an opposite, a range or a word that is new', () => {
    assert.equal(first('industry is not retail'), 'Industry is not Retail');
    assert.equal(first('not retail'), 'Industry is not Retail');
    assert.equal(first('employees over 500'), 'Employees over 500');
    assert.equal(first('Employees > 500'), 'Employees over 500');
    assert.equal(first('employees between 10 and 50'), 'Employees between 10 and 50');
    assert.equal(first('spend at least 1,000 EUR'), 'Spend at least 1,000 EUR');
    assert.equal(first('renews on before 2027-03-31'), 'Renews on before 2027-03-31');
    assert.equal(first('topic: churn'), 'Topic is churn');
  });

  it('is gone on from where it is not whole', () => {
    assert.deepEqual(all('employees').slice(0, 3), [
      'Employees over …',
      'Employees under …',
      'Employees between …',
    ]);
    assert.deepEqual(all('employees over '), ['Employees over …']);
    assert.deepEqual(all('zzzz'), []);
  });
});

describe('content that is tagged so', () => {
  const { tags } = readTags(dataOf(), vocabulary);
  const meets = (attribute: string, operator: Tag['operator'], ...values: (string | number)[]) =>
    isTaggedSo(tags, { attribute, operator, values });

  it('shares a value or a stretch with what is looked for', () => {
    assert.equal(meets('account.industry', 'is', 'Food', 'Retail'), true);
    assert.equal(meets('account.industry', 'is', 'Retail'), false);
    assert.equal(meets('account.employees', 'under', 600), true);
    assert.equal(meets('account.employees', 'under', 500), false);
    assert.equal(meets('account.employees', 'between', 100, 400), false);
    assert.equal(meets('account.employees', 'is', 700), true);
    assert.equal(meets('account.spend', 'over', 1), false);
  });
});
