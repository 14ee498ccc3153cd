import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readItems } from '../src/studio/playbook-folder.js';
import { type Correction, type TagModel, trainTagModel } from '../src/studio/tag-model.js';
import {
  type TagAttribute,
  type Tagged,
  tagAttributesOf,
  tagsOf,
  textOf,
} from '../src/studio/tagged.js';
import { vocabulary } from './studio-crm.js';
import { makeTagLibrary } from './tag-library.js';

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
