import { expect } from '@open-wc/testing';
import type { Fact } from '../domain/fact.js';
import { type Fault, findFault } from './check-fact.js';
import { FAULT_WORDS } from './fault-words.js';

const GOOD: Fact = {
  id: 'crm/call/1',
  type: 'call-made',
  subjects: ['crm:account:1', 'crm:contact:a b:c'],
  about: ['crm:opportunity:é#?'],
  occurredAt: -300_000_000_000,
  learnedAt: 0,
  grade: 'observed',
  by: 'crm:rep:1',
  data: { text: '__proto__' },
};

describe('findFault', () => {
  it('takes in a call of 1960 with an id that has a space and a colon', () => {
    expect(findFault(GOOD)).to.equal(undefined);
    const { by: _, ...nobody } = GOOD;
    expect(findFault(nobody)).to.equal(undefined);
  });

  const circular: { self?: unknown } = {};
  circular.self = circular;
  const faults: readonly (readonly [string, { readonly [field: string]: unknown }, Fault])[] = [
    ['an empty id', { id: '' }, 'id'],
    ['an id of 1001 characters', { id: 'x'.repeat(1001) }, 'id'],
    ['an id that is a number', { id: 7 }, 'id'],
    ['the type "Call made"', { type: 'Call made' }, 'type'],
    ['no subject', { subjects: [] }, 'subjects'],
    ['subjects that are one text', { subjects: 'crm:account:1' }, 'shape'],
    ['an opportunity as a subject', { subjects: ['crm:opportunity:1'] }, 'subjects'],
    [
      'an opportunity named like an account as a subject',
      { subjects: ['crm:opportunity:x:account:1'] },
      'subjects',
    ],
    ['a subject with a bar', { subjects: ['crm:account:a|b'] }, 'subjects'],
    ['a subject without an id', { subjects: ['crm:account:'] }, 'subjects'],
    ['a subject of 501 characters', { subjects: [`crm:account:${'x'.repeat(489)}`] }, 'subjects'],
    ['no about', { about: undefined }, 'shape'],
    ['an about that is a number', { about: [1] }, 'about'],
    ['a by that is a number', { by: 5 }, 'by'],
    ['a by that is a name', { by: 'Maya' }, 'by'],
    ['a moment that is a text', { occurredAt: '2026-11-02' }, 'moments'],
    ['a moment that is no number', { learnedAt: Number.NaN }, 'moments'],
    ['a moment 300,000 years ago', { occurredAt: -1e16 }, 'moments'],
    ['the grade "sure"', { grade: 'sure' }, 'grade'],
    ['data that is null', { data: null }, 'data'],
    ['data that is a list', { data: [] }, 'data'],
    ['data of 2 MB', { data: { text: 'x'.repeat(2_000_000) } }, 'data'],
    ['data that holds itself', { data: circular }, 'shape'],
    ['data with a big integer', { data: { count: 1n } }, 'shape'],
    ['a response that says nothing', { type: 'response' }, 'response'],
  ];
  for (const [name, change, fault] of faults) {
    it(`refuses ${name}: ${FAULT_WORDS[fault]}`, () => {
      expect(findFault({ ...GOOD, ...change } as unknown as Fact)).to.equal(fault);
    });
  }

  it('refuses null and undefined', () => {
    expect(findFault(null as unknown as Fact)).to.equal('shape');
    expect(findFault(undefined as unknown as Fact)).to.equal('shape');
  });
});
