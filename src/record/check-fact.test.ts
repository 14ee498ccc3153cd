import { expect } from '@open-wc/testing';
import type { Fact } from '../domain/fact.js';
import { findFault } from './check-fact.js';

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
  const faults: readonly (readonly [string, { readonly [field: string]: unknown }, string])[] = [
    ['an empty id', { id: '' }, 'id must'],
    ['an id of 1001 characters', { id: 'x'.repeat(1001) }, 'id must'],
    ['an id that is a number', { id: 7 }, 'id must'],
    ['the type "Call made"', { type: 'Call made' }, 'type must'],
    ['no subject', { subjects: [] }, 'subjects must'],
    ['subjects that are one text', { subjects: 'crm:account:1' }, 'shaped'],
    ['an opportunity as a subject', { subjects: ['crm:opportunity:1'] }, 'subjects must'],
    ['a subject with a bar', { subjects: ['crm:account:a|b'] }, 'subjects must'],
    ['a subject without an id', { subjects: ['crm:account:'] }, 'subjects must'],
    ['a subject of 501 characters', { subjects: [`crm:account:${'x'.repeat(489)}`] }, 'subjects'],
    ['no about', { about: undefined }, 'shaped'],
    ['an about that is a number', { about: [1] }, 'about must'],
    ['a by that is a number', { by: 5 }, 'by must'],
    ['a by that is a name', { by: 'Maya' }, 'by must'],
    ['a moment that is a text', { occurredAt: '2026-11-02' }, 'occurredAt'],
    ['a moment that is no number', { learnedAt: Number.NaN }, 'occurredAt'],
    ['a moment 300,000 years ago', { occurredAt: -1e16 }, 'occurredAt'],
    ['the grade "sure"', { grade: 'sure' }, 'grade must'],
    ['data that is null', { data: null }, 'data must'],
    ['data that is a list', { data: [] }, 'data must'],
    ['data of 2 MB', { data: { text: 'x'.repeat(2_000_000) } }, 'data must'],
    ['data that holds itself', { data: circular }, 'shaped'],
    ['data with a big integer', { data: { count: 1n } }, 'shaped'],
    ['a response that says nothing', { type: 'response' }, 'a response must'],
  ];
  for (const [name, change, fault] of faults) {
    it(`refuses ${name}`, () => {
      expect(findFault({ ...GOOD, ...change } as unknown as Fact)).to.include(fault);
    });
  }

  it('refuses null and undefined', () => {
    expect(findFault(null as unknown as Fact)).to.include('shaped');
    expect(findFault(undefined as unknown as Fact)).to.include('shaped');
  });
});
