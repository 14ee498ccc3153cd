import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { runThrough } from '../src/core/run-sliced.js';
import { createNameFinder } from '../src/studio/find-names.js';
import { readItems } from '../src/studio/playbook-folder.js';
import { splitWords } from '../src/studio/split-words.js';
import { type Correction, type TagModel, trainTagModel } from '../src/studio/tag-model.js';
import {
  type TagAttribute,
  type Tagged,
  tagAttributesOf,
  tagsOf,
  textOf,
} from '../src/studio/tagged.js';
import { makeVectors } from '../src/studio/text-vectors.js';
import { weighEvidence } from '../src/studio/weigh-evidence.js';
import { vocabulary } from './studio-crm.js';
import { makeTagLibrary } from './tag-library.js';

const found = (name: string, text: string): string | undefined =>
  createNameFinder([{ value: 0, name }])(text, splitWords(text)).get(0)?.words;

describe('a name in a text', () => {
  for (const [name, text, words] of [
    ['Beverage', 'For makers of beverages.', 'beverages'],
    ['Dairy', 'What dairies ask first', 'dairies'],
    ['Café', 'Two CAFES in town', 'CAFES'],
    ['Case printer', 'the case-printers of last year', 'case-printers'],
    ['Email', 'an e-mail to finance', 'e-mail'],
    ['Kosmetik', 'Für Hersteller von Kosmetika und Kosmetikläden', 'Kosmetikläden'],
    ['Molkerei', 'Angebot an Großmolkereien', 'Großmolkereien'],
    ['Molkerei', 'in Molkereibetrieben', 'Molkereibetrieben'],
    ['Kunde', 'unsere Kunden', 'Kunden'],
    ['Händler', 'an unsere Haendler', 'Haendler'],
    ['Réseau', 'les réseaux', 'réseaux'],
    ['Industrial', 'clientes industriales', 'industriales'],
    ['食品', '面向食品行业的案例', '食品'],
    ['L3 labeller', 'Why an L3 Labeller pays', 'L3 Labeller'],
  ] as const)
    it(`"${name}" is found in "${text}"`, () => assert.equal(found(name, text), words));

  for (const [name, text] of [
    ['Printer', 'a print of the label'],
    ['West', 'the westminster abbey'],
    ['Core', 'the score of the match'],
    ['L3 labeller', 'the L5 labeller'],
    ['The', 'the the the'],
    ['食品', '食堂的品质'],
  ] as const)
    it(`"${name}" is not found in "${text}"`, () => assert.equal(found(name, text), undefined));
});

describe('texts that are alike', () => {
  const word = fc.constantFrom(
    ...'label line pallet valve brew milk cheese audit price order'.split(' '),
  );
  const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));

  it('are those with the largest cosine, as counted by hand', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 30 }), text, (texts, asked) => {
        const { rows, nearest, vectorOf } = runThrough(makeVectors(texts.map(splitWords)));
        const own = vectorOf(splitWords(asked));
        const byHand = rows.map(({ terms, weights }) =>
          terms.reduce((sum, term, i) => {
            const at = own.terms.indexOf(term);
            return at < 0 ? sum : sum + (weights[i] as number) * (own.weights[at] as number);
          }, 0),
        );
        const best = [...byHand]
          .sort((a, b) => b - a)
          .filter((cosine) => cosine > 0)
          .slice(0, 5);
        const given = nearest(own, 5);
        assert.equal(given.length, best.length);
        for (const [i, { row, likeness }] of given.entries()) {
          assert.ok(Math.abs(likeness - (best[i] as number)) < 1e-9);
          assert.ok(Math.abs(likeness - (byHand[row] as number)) < 1e-9);
        }
      }),
    );
  });
});

describe('evidence', () => {
  it('is weighed so that no small change of a weight would explain what was judged better', () => {
    const judged = Array.from({ length: 200 }, (_, i) => ({
      evidence: [1, (i % 7) / 3 - 1, i % 5 === 0 ? 1 : 0],
      right: (i * 37) % 11 < (i % 7) + 2,
      counts: i % 3 === 0 ? 3 : 1,
    }));
    const belief = [-1, 0.5, 2];
    const loss = (weights: readonly number[]): number =>
      weights.reduce((sum, weight, i) => sum + (weight - (belief[i] ?? 0)) ** 2 / 2, 0) +
      judged.reduce((sum, { evidence, right, counts }) => {
        const score = evidence.reduce((all, one, i) => all + one * (weights[i] ?? 0), 0);
        return sum + counts * Math.log1p(Math.exp(right ? -score : score));
      }, 0);
    const weights = runThrough(weighEvidence(judged, belief));
    for (const i of belief.keys())
      for (const step of [0.01, -0.01])
        assert.ok(loss(weights.map((one, j) => (i === j ? one + step : one))) > loss(weights));
    assert.deepEqual(runThrough(weighEvidence([], belief)), belief);
  });
});

const FRUIT = [
  'bake the dough',
  'with cinnamon',
  'a recipe for the oven',
  'sweet filling',
  'sugar and butter',
];
const TECH = [
  'laptop battery',
  'an operating system',
  'screen and keyboard',
  'software update',
  'a phone contract',
];
const attributes: readonly TagAttribute[] = [
  {
    id: 'account.vendor',
    label: 'Vendor',
    values: [
      { id: 'apple', label: 'Apple', synonyms: ['Cupertino'] },
      { id: 'borealis', label: 'Borealis' },
    ],
  },
  {
    id: 'account.openEscalation',
    label: 'Case escalated',
    synonyms: ['escalation'],
    values: [
      { id: 'true', label: 'yes' },
      { id: 'false', label: 'no' },
    ],
  },
  { id: 'topic', label: 'topic', values: [{ id: 'cooking', label: 'cooking' }] },
];
/** Twenty about the vendor, twenty about pies. */
const library: readonly Tagged[] = Array.from({ length: 40 }, (_, i) => {
  const isFruit = i % 2 === 0;
  const list = isFruit ? FRUIT : TECH;
  const words = [list[i % 5], list[(i + 2) % 5], list[(i * 3 + 1) % 5], `number ${i}`];
  return {
    id: `content/${i}.md`,
    text: `Note ${i}\n${words.join(', ')} and apple ${isFruit ? 'pie' : 'devices'}`,
    tags: isFruit ? { topic: ['cooking'] } : { 'account.vendor': ['apple'] },
  };
});
const chanceOf = (model: TagModel, text: string, value: string): number =>
  model.propose(text, {}).find((one) => one.value === value)?.probability ?? 0;

describe('proposed tags', () => {
  const empty = trainTagModel([], attributes);
  const model = trainTagModel(library, attributes);

  it('come from names alone while nothing is tagged yet', () => {
    const [first, ...others] = empty.propose(
      'Switching\nWhat Borealis promises, and what it keeps',
      {},
    );
    assert.equal(first?.value, 'borealis');
    assert.deepEqual(first?.because, [{ kind: 'names', words: 'Borealis' }]);
    assert.deepEqual(others, []);
    assert.equal(empty.propose('From Cupertino', {})[0]?.value, 'apple');
    assert.equal(
      empty.propose('After an escalation\nCall first.', {})[0]?.attribute,
      'account.openEscalation',
    );
  });

  it('tell the vendor from the fruit by the words beside the name', () => {
    const pie = 'Sunday\nAn apple pie: bake the dough with sugar and butter';
    const phone = 'Monday\nThe laptop battery of apple after the software update';
    assert.deepEqual(
      model.propose(pie, {}).map(({ value }) => value),
      ['cooking'],
    );
    assert.deepEqual(
      model.propose(phone, {}).map(({ value }) => value),
      ['apple'],
    );
  });

  it('come from words and from content alike where no name stands, and say so', () => {
    const [first] = model.propose('Tuesday\nThe laptop battery and the screen and keyboard', {});
    assert.equal(first?.value, 'apple');
    const kinds = first?.because.map(({ kind }) => kind) ?? [];
    assert.ok(kinds.includes('like') && kinds.includes('words') && !kinds.includes('names'));
    for (const reason of first?.because ?? []) {
      if (reason.kind === 'like') assert.ok(library.some(({ id }) => id === reason.content));
      if (reason.kind !== 'names')
        assert.ok(reason.words.some((word) => /laptop|battery|screen|keyboard/.test(word)));
    }
  });

  it('are none that the content has, and not both yes and no', () => {
    const text = 'Monday\nThe laptop battery of apple: an escalation';
    const values = model.propose(text, { 'account.vendor': ['apple'] }).map(({ value }) => value);
    assert.ok(!values.includes('apple'));
    assert.ok(
      !empty
        .propose(text, { 'account.openEscalation': ['false'] })
        .some(({ value }) => value === 'true'),
    );
  });

  it('do not come again for a text for which they were refused', () => {
    const text = 'Monday\nThe laptop battery of apple after the software update';
    const refused: Correction = { text, attribute: 'account.vendor', value: 'apple', taken: false };
    assert.ok(chanceOf(model, text, 'apple') > 0.5);
    assert.equal(chanceOf(trainTagModel(library, attributes, [refused]), text, 'apple'), 0);
  });

  it('follow elsewhere what was taken and refused', () => {
    const said = (taken: boolean): TagModel =>
      trainTagModel(
        library,
        attributes,
        Array.from({ length: 8 }, (_, i) => ({
          text: `Letter ${i}\nBorealis sends greetings from the north, page ${i}`,
          attribute: 'account.vendor',
          value: 'borealis',
          taken,
        })),
      );
    const text = 'Postcard\nBorealis sends greetings from the south';
    assert.ok(chanceOf(said(true), text, 'borealis') > 0.7);
    assert.equal(chanceOf(said(false), text, 'borealis'), 0);
  });

  it('forget what was refused once the content has it all the same', () => {
    const own = library[1] ?? assert.fail();
    const refused = { text: own.text, attribute: 'account.vendor', value: 'apple', taken: false };
    assert.equal(
      chanceOf(trainTagModel(library, attributes, [refused]), own.text, 'apple'),
      chanceOf(model, own.text, 'apple'),
    );
  });

  it('learn nothing from content that nobody has tagged yet', () => {
    const untagged = library.map((one) => ({ ...one, id: `new-${one.id}`, tags: {} }));
    const more = trainTagModel([...library, ...untagged], attributes);
    assert.deepEqual(more.quality, model.quality);
  });

  it('are no errors of hostile texts', () => {
    const any = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(any, fc.constantFrom('__proto__', 'constructor', 'topic'), (text, id) => {
        const hostile = {
          id,
          label: text,
          values: [{ id: text, label: id, synonyms: ['', text] }],
        };
        const own = Array.from({ length: 12 }, (_, i) => ({
          id: '',
          text: `${text} ${i}`,
          tags: { [id]: [text] },
        }));
        trainTagModel(own, [hostile]).propose(text, { [id]: [] });
      }),
      { numRuns: 30 },
    );
  });
});

describe('what is told of proposals', () => {
  const { attributes: made, contents } = makeTagLibrary({ size: 700, seed: 3 });
  const model = trainTagModel(contents.slice(0, 400), made);
  const unseen = contents.slice(400).flatMap(({ text, truth }) =>
    model.propose(text, {}).map(({ attribute, value, probability }) => ({
      probability,
      right: truth[attribute]?.includes(value) ?? false,
    })),
  );
  const wanted = contents.slice(400).flatMap(({ truth }) => Object.values(truth).flat()).length;
  const right = unseen.filter((one) => one.right).length;

  it('holds for contents that the model never saw', () => {
    const { precision, recall } = model.quality;
    assert.ok(precision && recall);
    // The library has tags missing and wrong, which the truth has not; so much worse it may look.
    const noise = 0.12;
    assert.ok(right / unseen.length > precision[0] - 0.02);
    assert.ok(right / unseen.length < precision[1] + noise);
    assert.ok(right / wanted > recall[0] - 0.02);
    assert.ok(right / wanted < recall[1] + noise);
  });

  it('are probabilities: of those said to be likely so many are right', () => {
    const likely = unseen.filter(({ probability }) => probability >= 0.8);
    const said = likely.reduce((sum, { probability }) => sum + probability, 0) / likely.length;
    const were = likely.filter((one) => one.right).length / likely.length;
    assert.ok(likely.length > 50);
    assert.ok(Math.abs(said - were) < 0.1, `${said} said, ${were} right`);
  });

  it('is that there is too little, of a dozen contents', () => {
    const { precision, recall, heldOut } = trainTagModel(contents.slice(0, 8), made).quality;
    assert.deepEqual([precision, recall, heldOut], [undefined, undefined, 0]);
  });

  it('is the same for the same library', () => {
    const again = trainTagModel(contents.slice(0, 400), made);
    assert.deepEqual(again.quality, model.quality);
    const { text } = contents[500] ?? assert.fail();
    assert.deepEqual(again.propose(text, {}), model.propose(text, {}));
  });
});

describe('content of a playbook', () => {
  const declared = tagAttributesOf(vocabulary);
  const items = readItems([
    {
      path: 'content/a.md',
      text: '---\ntitle: A year later\nattributes: { industry: Food, topic: [win-back] }\n---\nDear {contact.name|colleague}, see [us](https://halden.example/food).\n',
    },
  ]);
  const item = items.get('content/a.md') ?? assert.fail();

  it('has its tags under the names of the attributes', () => {
    assert.deepEqual(tagsOf(item, declared), { 'account.industry': ['Food'], topic: ['win-back'] });
  });

  it('is its title and its words, without addresses and names of attributes', () => {
    assert.equal(textOf(item), 'A year later\nDear  colleague , see [us]( ).\n');
  });

  it('may be tagged with whatever has values', () => {
    const byId = new Map(declared.map((one) => [one.id, one]));
    assert.deepEqual(
      byId.get('account.openEscalation')?.values.map(({ id }) => id),
      ['true', 'false'],
    );
    assert.ok(byId.get('account.industry')?.values.some(({ id }) => id === 'Dairy'));
    assert.ok(byId.get('topic')?.values.some(({ id }) => id === 'win-back'));
    assert.ok(!byId.has('account.name') && !byId.has('opportunity.amount'));
  });
});
