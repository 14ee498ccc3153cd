import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileShape } from './compile-shape.js';
import { nameFault } from './name-fault.js';
import { FactBody } from './shapes.js';

const FACT = {
  id: 'a',
  type: 'call-made',
  subjects: ['crm:account:1'],
  occurredAt: '2026-11-20T09:00:00Z',
  grade: 'observed',
};

describe('what is told of a body of several forms', () => {
  for (const [body, told] of [
    [{ ...FACT, grade: 'x' }, 'body/grade must be "buyer-verified", or "observed", or "claimed"'],
    [{ facts: [{ ...FACT, id: 7 }] }, 'body/facts/0/id must be string'],
    [{ ...FACT, colour: 'red' }, 'body must not have the field "colour"'],
    [{ facts: [FACT], colour: 'red' }, 'body must not have the field "colour"'],
    [{ id: 'a' }, 'body must have the field "type"'],
  ] as const)
    it(`names one field: ${told}`, () => {
      const check = compileShape({ schema: FactBody, httpPart: 'body' });
      assert.equal(check(body), false);
      assert.equal(nameFault(check.errors ?? [], 'body'), told);
    });
});
