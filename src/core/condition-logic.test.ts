import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Condition } from '../domain/condition.js';
import { attributesOf, judge } from './condition.js';
import { implies, isSatisfiable } from './condition-logic.js';
import { conditions, conditionsOver, declared, everyRecord, situate } from './small-vocabulary.js';

const number = { type: 'number' } as const;
const choice = {
  type: 'choice',
  values: [
    { id: 'new', label: 'New' },
    { id: 'won', label: 'Won' },
  ],
} as const;
const domains = (attribute: string) =>
  attribute === 'days' ? number : attribute === 'stage' ? choice : undefined;
const unlisted = { attribute: 'stage', in: ['lost'] };

describe('isSatisfiable', () => {
  it('says so exactly when some record makes the condition true', () => {
    fc.assert(
      fc.property(conditions, (condition) => {
        const some = everyRecord([...attributesOf(condition)]).some((record) =>
          judge(condition, situate(record)),
        );
        expect(isSatisfiable(condition, declared) === true).to.equal(some);
      }),
      { seed: 11, numRuns: 600 },
    );
  });

  it('blames a range below 7 and at least 14 on the attribute', () => {
    const low = { attribute: 'days', range: { lt: 7 } };
    const high = { attribute: 'days', range: { gte: 14 } };
    const open = { attribute: 'stage', in: ['new'] };
    expect(isSatisfiable({ all: [low, open, high] }, domains)).to.deep.equal({
      because: 'contradiction',
      attribute: 'days',
      tests: [low, high],
    });
  });

  it('blames the value "lost" that a list does not have, wherever it stands', () => {
    for (const condition of [
      unlisted,
      { any: [{ all: [{ attribute: 'days', range: { gt: 1 } }, unlisted] }] },
      { has: 'opportunity', where: unlisted },
    ] as Condition[]) {
      expect(isSatisfiable(condition, domains)).to.deep.equal({
        because: 'no-such-value',
        attribute: 'stage',
        values: ['lost'],
        tests: [unlisted],
      });
    }
    expect(isSatisfiable({ attribute: 'stage', in: ['lost', 'won'] }, domains)).to.equal(true);
  });

  it('finds a choice of nothing impossible', () => {
    expect(isSatisfiable({ any: [] }, domains)).to.have.property('because', 'contradiction');
    expect(isSatisfiable({ attribute: 'undeclared', in: [] }, domains)).not.to.equal(true);
  });

  it('sees that a child cannot be there and not be there', () => {
    const where: Condition = { attribute: 'stage', in: ['won'] };
    const wider: Condition = { attribute: 'stage', missing: false };
    expect(
      isSatisfiable(
        {
          all: [
            { has: 'opportunity', where },
            { hasNo: 'opportunity', where },
          ],
        },
        domains,
      ),
    ).not.to.equal(true);
    expect(
      isSatisfiable(
        {
          all: [
            { has: 'opportunity', where },
            { hasNo: 'opportunity', where: wider },
          ],
        },
        domains,
      ),
    ).not.to.equal(true);
    expect(
      isSatisfiable(
        {
          all: [
            { has: 'opportunity', where: wider },
            { hasNo: 'opportunity', where },
          ],
        },
        domains,
      ),
    ).to.equal(true);
    expect(
      isSatisfiable(
        {
          all: [
            { has: 'opportunity', where },
            { hasNo: 'contact', where },
          ],
        },
        domains,
      ),
    ).to.equal(true);
  });

  it('gives undeclared attributes the benefit of the doubt', () => {
    const both: Condition = {
      all: [
        { attribute: 'x', in: ['a'] },
        { attribute: 'x', in: ['b'] },
      ],
    };
    expect(isSatisfiable(both, domains)).to.equal(true); // It may hold several.
  });
});

describe('implies', () => {
  it('says so exactly when every record that makes the one true makes the other true', () => {
    const two = fc
      .shuffledSubarray(['stage', 'size', 'topics', 'name', 'close'], {
        minLength: 1,
        maxLength: 2,
      })
      .chain((attributes) =>
        fc.tuple(fc.constant(attributes), conditionsOver(attributes), conditionsOver(attributes)),
      );
    fc.assert(
      fc.property(two, ([attributes, b, a]) => {
        const holds = everyRecord(attributes).every(
          (record) => !judge(b, situate(record)) || judge(a, situate(record)) === true,
        );
        expect(implies(b, a, declared)).to.equal(holds);
      }),
      { seed: 12, numRuns: 800 },
    );
  });

  it('takes 20 days for more than 14, and not the other way round', () => {
    const twenty = { attribute: 'days', range: { gte: 20 } };
    const fourteen = { attribute: 'days', range: { gt: 14 } };
    expect(implies(twenty, fourteen, domains)).to.equal(true);
    expect(implies(fourteen, twenty, domains)).to.equal(false);
  });

  it('does not take "new or won" for always true: the stage may be missing', () => {
    const either: Condition = { attribute: 'stage', in: ['new', 'won'] };
    expect(implies({ all: [] }, either, domains)).to.equal(false);
    expect(implies({ attribute: 'stage', missing: false }, either, domains)).to.equal(true);
  });

  it('takes the same undeclared or compared thing for itself', () => {
    const compared: Condition = { attribute: 'x', inAttribute: 'y' };
    expect(implies({ all: [compared, unlisted] }, compared, domains)).to.equal(true);
    expect(implies({ not: compared }, compared, domains)).to.equal(false);
  });
});
