import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { runThrough } from '../src/core/run-sliced.js';
import { createNameFinder } from '../src/studio/find-names.js';
import { splitWords } from '../src/studio/split-words.js';
import { makeVectors } from '../src/studio/text-vectors.js';
import { weighEvidence } from '../src/studio/weigh-evidence.js';

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
