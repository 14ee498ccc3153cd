import { expect } from '@open-wc/testing';
import { judge } from '../../core/condition.js';
import type { Condition, Truth } from '../../domain/condition.js';
import { createBook } from './create-book.js';
import { createMatcher, type MatcherAttribute } from './create-matcher.js';
import { situateAll, type Values } from './matcher-vocabulary.js';

const attributes: MatcherAttribute[] = [
  { id: 'topics', type: 'multi' },
  { id: 'name', type: 'text' },
];
const yes: Condition = { attribute: 'stage', in: ['won'] };
const no: Condition = { attribute: 'stage', in: ['lost'] };
const unknown: Condition = { attribute: 'owner', in: ['ann'] };
/** Nobody knows the owner, the size or the date. */
const record: Values = {
  stage: 'won',
  topics: ['price', 'speed'],
  name: 'Ångström Straße',
  none: [],
};

const cases: [string, Condition, Truth][] = [
  ['a value that is asked for', yes, true],
  ['a value that is not', no, false],
  ['no value', unknown, undefined],
  ['any of no values', { attribute: 'stage', in: [] }, false],
  ['any of no values, and no value', { attribute: 'owner', in: [] }, undefined],
  ['missing, asked of a value', { attribute: 'stage', missing: true }, false],
  ['missing, asked of none', { attribute: 'owner', missing: true }, true],
  ['not missing, asked of none', { attribute: 'owner', missing: false }, false],
  ['a range over no number', { attribute: 'size', range: { gte: 1 } }, undefined],
  ['a range over a text', { attribute: 'stage', range: { gte: 1 } }, undefined],
  ['not unknown', { not: unknown }, undefined],
  ['not false', { not: no }, true],
  ['all of nothing', { all: [] }, true],
  ['any of nothing', { any: [] }, false],
  ['true and unknown', { all: [yes, unknown] }, undefined],
  ['false and unknown', { all: [no, unknown] }, false],
  ['unknown and false', { all: [unknown, no] }, false],
  ['true or unknown', { any: [unknown, yes] }, true],
  ['false or unknown', { any: [no, unknown] }, undefined],
  ['not (true and unknown)', { not: { all: [yes, unknown] } }, undefined],
  ['not (false and unknown)', { not: { all: [no, unknown] } }, true],
  ['not (false or unknown)', { not: { any: [no, unknown] } }, undefined],
  ['not (true or unknown)', { not: { any: [yes, unknown] } }, false],
  ['unknown and not the same unknown', { all: [unknown, { not: unknown }] }, undefined],
  ['unknown or not the same unknown', { any: [unknown, { not: unknown }] }, undefined],
  ['has any', { attribute: 'topics', in: ['speed', 'risk'] }, true],
  ['has all', { attribute: 'topics', hasAll: ['price', 'speed'] }, true],
  ['has all, and one is not there', { attribute: 'topics', hasAll: ['price', 'risk'] }, false],
  ['has none', { attribute: 'topics', hasNone: ['risk'] }, true],
  ['has none, and one is there', { attribute: 'topics', hasNone: ['risk', 'speed'] }, false],
  ['an empty list has none', { attribute: 'none', hasNone: ['risk'] }, true],
  ['an empty list has not any', { attribute: 'none', in: ['risk'] }, false],
  ['an empty list has all of nothing', { attribute: 'none', hasAll: [] }, true],
  ['an empty list is not missing', { attribute: 'none', missing: true }, false],
  ['no list has none', { attribute: 'owner', hasNone: ['risk'] }, undefined],
  ['no list has all of nothing', { attribute: 'owner', hasAll: [] }, undefined],
  ['the same text in other letters', { attribute: 'name', textIn: ['ångström strasse'] }, true],
  ['another text', { attribute: 'name', textIn: ['ångström'] }, false],
  ['a beginning', { attribute: 'name', startsWith: 'ångström s' }, true],
  ['a beginning in the middle', { attribute: 'name', startsWith: 'strasse' }, false],
  ['the empty beginning', { attribute: 'name', startsWith: '' }, true],
  ['no text', { attribute: 'owner', startsWith: 'a' }, undefined],
  ['equal attributes, one missing', { attribute: 'stage', inAttribute: 'owner' }, undefined],
  ['equal attributes', { attribute: 'stage', inAttribute: 'stage' }, true],
];

describe('three-valued truth', () => {
  for (const [title, when, truth] of cases) {
    it(`${title}: ${truth ?? 'unknown'}, to the interpreter, the matcher and the book`, () => {
      expect(judge(when, situateAll(record))).to.equal(truth);
      const matcher = createMatcher(
        [
          { id: 'true', when },
          { id: 'false', when: { not: when } },
        ],
        attributes,
      );
      const expected = truth === undefined ? [] : [String(truth)];
      expect(matcher.match(record)).to.deep.equal(expected);
      const book = createBook(attributes);
      book.add('r', record);
      expect([...book.find(when)].flat()).to.deep.equal(truth ? ['r'] : []);
      expect([...book.find({ not: when })].flat()).to.deep.equal(truth === false ? ['r'] : []);
    });
  }
});
