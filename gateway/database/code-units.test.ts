import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { fromBytes, toBytes } from './code-units.js';

// Any code units, with those that sort differently as code points or lie beside the surrogates as often as all others.
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xd000, 0xd7ff, 0xd800, 0xdbff),
      fc.constantFrom(0xdc00, 0xdfff, 0xe000, 0xfffd, 0xffff),
    ),
  )
  .map((units) => String.fromCharCode(...units));

it('any text comes back as it was, halves of surrogate pairs and NUL included', () => {
  fc.assert(
    fc.property(anyText, (text) => assert.equal(fromBytes(toBytes(text)), text)),
    { numRuns: 2000 },
  );
});

it('bytes sort as JavaScript sorts the texts', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) =>
      assert.equal(Math.sign(Buffer.compare(toBytes(a), toBytes(b))), a < b ? -1 : a > b ? 1 : 0),
    ),
    { numRuns: 5000 },
  );
});

it('text without surrogates is UTF-8, so that it can be read in psql', () => {
  assert.equal(toBytes('demo:account:Grün').toString('utf8'), 'demo:account:Grün');
});
