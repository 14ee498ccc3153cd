import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compilePlaybook, type SourceFile } from '../src/plan/compile-playbook.js';
import { optionsFor } from '../src/studio/options-for.js';
import { type Items, readItems, writeItems } from '../src/studio/playbook-folder.js';
import {
  addValue,
  mergeAttributes,
  mergeValues,
  renameAttribute,
  renameValue,
} from '../src/studio/rewrite-vocabulary.js';
import { suggestMerges } from '../src/studio/suggest-merges.js';
import { createVocabulary } from '../src/studio/vocabulary.js';
import { mayChangeVocabulary } from '../src/studio/vocabulary-keepers.js';
import { usesOf } from '../src/studio/vocabulary-uses.js';
import {
  changeItems,
  differenceOf,
  filesOf,
  openWorkbench,
  undo,
} from '../src/studio/workbench.js';

const SETTINGS = `name: Ours
currency: EUR
zone: Europe/Berlin
contactPolicy: { limits: [{ touches: 3, days: 7 }], touches: { call-made: call } }
goals:
  - { id: revenue, label: Revenue, weight: 1, scale: 10000, unit: money } # ours
reasons:
  - { id: elsewhere, label: Bought elsewhere, scope: record, sets: { segment: Small } }
`;
const ATTRIBUTES = `attributes:
  # Where they are
  - { id: region, label: Region, type: choice, of: account, values: [EU, US, Europe] }
  - { id: segment, label: Segment, type: choice, of: account, values: [Key, Small, { id: tiny, label: Very small, synonyms: [micro] }] }
  - { id: area, label: Area, type: choice, of: account, values: [EU, Asia] }
  - { id: regions, label: Regions, type: multi, of: account, values: [EU, US] }
  - { id: stage, label: Stage, type: choice, of: opportunity, values: [Evaluation, Won, Lost] }
  - { id: role, label: Role, type: multi, of: contact, values: [signs, speaks] }
  - { id: wins, label: Won deals, type: number, of: account, derive: { countRecords: { kind: opportunity, where: { stage: Won, account.region: EU } } } }
`;
const PLAY = `id: silent
title: Call {contact.name|the buyer} in {account.region}   # read aloud
why: It is in {account.region|their region}
about: opportunity
trigger:
  pattern:
    sequence:
      - { event: proposal-sent, where: { account.region: [EU, US] } }
      - { no: call-made, within: 2 days }
  until: { stage: [Won, Lost] }
eligibility: { account.region: [ EU,  US ], any: [{ stage: Evaluation }, { not: { account.region: Europe } }] }
suitability:
  # Only where nobody is angry
  account.wins: { gte: 1 }
  account.area: EU
action: { kind: call, contact: signs, minutes: 15, touch: call }
for: owner
serves: { revenue: { share: 0.05, of: amount } }
content: { job: consensus, region: same }
owner: ana@example.com
`;
const CONTENT = `---
title: Who agrees
kind: guide
attributes: { job: consensus, region: [EU, Europe] }
owner: ana@example.com
---
In {account.region}: **all** of them.
`;
const MACHINE = `id: life
of: account
states:
  new:
    transitions:
      - { when: { region: EU }, target: old }
      - { on: purchase, where: { region: EU }, target: old }
  old: { final: true }
`;
const MAP = `connection: ours
objects:
  Account:
    fields:
      Region__c: { values: { "1": EU, "2": US } }
    facts:
      - record: account
        set: { region: Region__c, segment: { value: Small } }
`;
const files: readonly SourceFile[] = [
  { path: 'playbook.yaml', text: SETTINGS },
  { path: 'attributes.yaml', text: ATTRIBUTES },
  { path: 'plays/silent.yaml', text: PLAY },
  { path: 'content/agree.md', text: CONTENT },
  { path: 'machines/life.yaml', text: MACHINE },
  { path: 'map.yaml', text: MAP },
];
const items = readItems(files);
const textOf = (now: Items, path: string): string =>
  writeItems(files, now).find((file) => file.path === path)?.text ?? assert.fail();
const errorsIn = (now: Items) =>
  compilePlaybook(writeItems(files, now), { today: '2026-11-21' }).problems.filter(
    ({ severity }) => severity === 'error',
  );
/** The lines that differ. */
const changed = (now: Items, path: string): readonly string[] => {
  const old = (files.find((file) => file.path === path)?.text ?? '').split('\n');
  return textOf(now, path)
    .split('\n')
    .filter((line, i) => line !== old[i]);
};

describe('a value that is called otherwise', () => {
  const now = renameValue(items, 'account.region', 'EU', { id: 'EMEA' });

  it('is called so in every place, and no other attribute of that value is', () => {
    assert.deepEqual(changed(now, 'plays/silent.yaml'), [
      '      - { event: proposal-sent, where: { account.region: [EMEA, US] } }',
      'eligibility: { account.region: [ EMEA,  US ], any: [{ stage: Evaluation }, { not: { account.region: Europe } }] }',
    ]);
    assert.deepEqual(changed(now, 'content/agree.md'), [
      'attributes: { job: consensus, region: [EMEA, Europe] }',
    ]);
    assert.deepEqual(changed(now, 'machines/life.yaml'), [
      '      - { when: { region: EMEA }, target: old }',
    ]);
    assert.deepEqual(changed(now, 'map.yaml'), [
      '      Region__c: { values: { "1": EMEA, "2": US } }',
    ]);
    assert.equal(changed(now, 'attributes.yaml').length, 2);
    assert.deepEqual(errorsIn(now), []);
  });

  it('is found where it is used, before anything is changed', () => {
    const places = usesOf(items, 'account.region', 'EU').map(
      ({ item, path }) => `${item.id} ${path.join('.')}`,
    );
    assert.deepEqual(
      places,
      [
        'attributes.yaml#attributes/account.wins derive',
        'plays/silent.yaml eligibility',
        'plays/silent.yaml trigger',
        'content/agree.md attributes',
        'machines/life.yaml transitions',
        'map.yaml values',
      ].sort((a, b) => places.indexOf(a) - places.indexOf(b)),
    );
  });

  it('is one step, which one step takes back', () => {
    const bench = openWorkbench(files);
    const renamed = renameValue(bench.items, 'account.region', 'EU', { id: 'EMEA' });
    const next = changeItems(bench, differenceOf(bench.items, renamed), 'Rename');
    assert.notDeepEqual(filesOf(next), files);
    assert.deepEqual(filesOf(undo(next)), files);
  });

  it('cannot be called what another is, or nothing', () => {
    assert.throws(
      () => renameValue(items, 'account.region', 'EU', { id: 'US' }),
      /is there already/,
    );
    assert.throws(() => renameValue(items, 'account.region', 'EU', { id: ' ' }), /needs a name/);
  });
});

describe('a label alone', () => {
  it('changes the declaration and nothing else', () => {
    const now = renameValue(items, 'account.region', 'EU', { label: 'European Union' });
    const differs = writeItems(files, now).filter((file, i) => file !== files[i]);
    assert.deepEqual(
      differs.map(({ path }) => path),
      ['attributes.yaml'],
    );
    assert.match(
      textOf(now, 'attributes.yaml'),
      /values: \[\{ id: EU, label: European Union \}, US, Europe\]/,
    );
  });
});

describe('an attribute that is called otherwise', () => {
  it('is called so in conditions, holes, tags, reasons, derivations, machines and maps', () => {
    const now = renameAttribute(items, 'account.region', { id: 'market' });
    assert.doesNotMatch(
      writeItems(files, now)
        .map(({ text }) => text)
        .join(''),
      /account\.region|when: \{ region|region: (same|\[EU)|set: \{ region/,
    );
    assert.match(textOf(now, 'plays/silent.yaml'), /\{account\.market\|their region\}/);
    assert.match(textOf(now, 'plays/silent.yaml'), /# read aloud/);
    // A field of an event that has the same name is no attribute.
    assert.match(textOf(now, 'machines/life.yaml'), /where: \{ region: EU \}/);
    assert.deepEqual(errorsIn(now), []);
  });

  it('is written with its kind where another would be meant without', () => {
    const now = renameAttribute(items, 'account.region', { id: 'stage' });
    assert.match(
      textOf(now, 'plays/silent.yaml'),
      /content: \{ job: consensus, account\.stage: same \}/,
    );
    assert.match(textOf(now, 'content/agree.md'), /account\.stage: \[EU, Europe\]/);
    assert.match(textOf(now, 'plays/silent.yaml'), /until: \{ stage: \[Won, Lost\] \}/);
    assert.deepEqual(errorsIn(now), []);
  });

  it('cannot take the name of another, of a word of content, or one that CRMs know it by', () => {
    assert.throws(
      () => renameAttribute(items, 'account.region', { id: 'segment' }),
      /is there already/,
    );
    assert.throws(
      () => renameAttribute(items, 'account.region', { id: 'job' }),
      /is there already/,
    );
    assert.throws(() => renameAttribute(items, 'opportunity.stage', { id: 'phase' }), /every CRM/);
    assert.throws(
      () => renameAttribute(items, 'account.region', { id: 'has' }),
      /cannot be a name/,
    );
  });
});

describe('values that become one', () => {
  const now = mergeValues(items, 'account.region', 'Europe', 'EU', { keepsWords: true });

  it('are one in lists, in opposites and in the declaration, and the old word still finds it', () => {
    assert.match(textOf(now, 'content/agree.md'), /region: \[EU\]/);
    assert.match(textOf(now, 'plays/silent.yaml'), /\{ not: \{ account\.region: EU \} \}/);
    assert.match(
      textOf(now, 'attributes.yaml'),
      /values: \[\{ id: EU, label: EU, synonyms: \[Europe\] \}, US\]/,
    );
    const { playbook } = compilePlaybook(writeItems(files, now), { today: '2026-11-21' });
    const slot = {
      path: ['eligibility', 'account.region'],
      of: 'value',
      kind: 'value',
      text: '…',
      bare: 'opportunity',
      attribute: 'account.region',
    } as const;
    const found = optionsFor({}, slot, 'europe', createVocabulary(playbook ?? assert.fail()));
    assert.deepEqual(found.map(({ value }) => value).slice(0, 1), ['EU']);
  });

  it('leave no word behind when one is retired', () => {
    const retired = mergeValues(items, 'account.region', 'Europe', 'EU', { keepsWords: false });
    assert.match(textOf(retired, 'attributes.yaml'), /values: \[EU, US\]/);
  });
});

describe('attributes that become one', () => {
  it('keep what both were asked, side by side, and the values of both', () => {
    const both = readItems([
      ...files.filter(({ path }) => path !== 'plays/silent.yaml'),
      {
        path: 'plays/silent.yaml',
        text: PLAY.replace('account.area: EU', 'account.area: Asia\n  account.region: US'),
      },
    ]);
    const now = mergeAttributes(both, 'account.area', 'account.region');
    const play = now.get('plays/silent.yaml')?.data.suitability;
    assert.deepEqual(play, {
      'account.wins': { gte: 1 },
      'account.region': 'Asia',
      all: [{ 'account.region': 'US' }],
    });
    assert.match(
      textOf(mergeAttributes(items, 'account.area', 'account.region'), 'attributes.yaml'),
      /values: \[EU, US, Europe, Asia\]/,
    );
    assert.deepEqual(errorsIn(mergeAttributes(items, 'account.area', 'account.region')), []);
  });

  it('must be alike', () => {
    assert.throws(() => mergeAttributes(items, 'account.regions', 'account.region'), /not alike/);
  });
});

describe('suggestions to merge', () => {
  const suggest = (values: string) =>
    suggestMerges(
      readItems([
        {
          path: 'attributes.yaml',
          text: `attributes:\n  - { id: trade, label: Trade, type: choice, of: account, values: [${values}] }\n`,
        },
      ]),
    ).map(({ value, into, because }) => `${value} > ${into}: ${JSON.stringify(because)}`);

  it('name writing, plural, spelling and synonyms, each with its reason', () => {
    assert.deepEqual(suggest('Café, cafe'), ['cafe > Café: "writing"']);
    assert.deepEqual(suggest('Bakery, Bakeries'), ['Bakeries > Bakery: "plural"']);
    assert.deepEqual(suggest('Pharmaceuticals, Farmaceuticals'), [
      'Farmaceuticals > Pharmaceuticals: "spelling"',
    ]);
    assert.deepEqual(suggest('Food, { id: grub, label: Grub, synonyms: [food] }'), [
      'grub > Food: "synonym"',
    ]);
  });

  it('leave alone what only looks alike', () => {
    assert.deepEqual(suggest('Won, Own, Gold, Bold, p1-printer, p4-printer, Food, Beverage'), []);
  });

  it('name values that share a word where no place tells them apart', () => {
    const play = (id: string, where: string): SourceFile => ({
      path: `plays/${id}.yaml`,
      text: `id: ${id}\nabout: account\neligibility: { trade: ${where} }\n`,
    });
    const attributes = {
      path: 'attributes.yaml',
      text: 'attributes:\n  - { id: trade, label: Trade, type: choice, of: account, values: [Medical devices, Devices for medicine, Corn, L2 labeller, L5 labeller] }\n',
    };
    const used = (...places: readonly string[]) =>
      suggestMerges(readItems([attributes, ...places.map((where, i) => play(`p${i}`, where))]));
    const both = '[Medical devices, Devices for medicine]';
    assert.deepEqual(used(both, both, both, 'Corn'), [
      {
        attribute: 'account.trade',
        value: 'Devices for medicine',
        into: 'Medical devices',
        because: { together: 3 },
      },
    ]);
    assert.deepEqual(used(both, both, both, 'Devices for medicine'), []);
    assert.deepEqual(used(both, both, 'Corn'), []);
    // A play may well mean two things alike that are not one.
    const unlike = '[Medical devices, Corn]';
    assert.deepEqual(used(unlike, unlike, unlike, unlike), []);
    const models = '[L2 labeller, L5 labeller]';
    assert.deepEqual(used(models, models, models, models), []);
  });
});

describe('who may change the vocabulary', () => {
  const closed = files.map((file) =>
    file.path === 'playbook.yaml'
      ? { ...file, text: `${SETTINGS}vocabulary: { changedBy: [Ana@example.com] }\n` }
      : file,
  );

  it('is anybody, or those whom the playbook names', () => {
    assert.equal(mayChangeVocabulary(items, 'ben@example.com'), true);
    assert.equal(mayChangeVocabulary(readItems(closed), 'ben@example.com'), false);
    assert.equal(mayChangeVocabulary(readItems(closed), 'ana@example.com'), true);
  });

  it('is told by check where content has words of its own', () => {
    const told = (all: readonly SourceFile[]) =>
      compilePlaybook(all, { today: '2026-11-21' }).problems.filter(
        ({ code }) => code === 'word-of-its-own',
      );
    assert.deepEqual(told(files), []);
    assert.deepEqual(
      told(closed).map(({ file, line }) => `${file}:${line}`),
      ['content/agree.md:4'],
    );
  });

  it('adds values at the end', () => {
    assert.match(
      textOf(addValue(items, 'account.region', 'Asia'), 'attributes.yaml'),
      /values: \[EU, US, Europe, Asia\]/,
    );
    assert.throws(() => addValue(items, 'account.region', 'eu'), /is there already/);
  });
});
