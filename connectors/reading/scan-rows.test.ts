import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import papaparse from 'papaparse';
import { createRowScanner, type ScannedRow } from './scan-rows.js';

const SEED = 20_261_101;

function scan(text: string, cuts: readonly number[] = [], longestRow?: number): ScannedRow[] {
  const scanner = createRowScanner({
    delimiter: ',',
    quotes: true,
    ...(longestRow === undefined ? {} : { longestRow }),
  });
  const rows: ScannedRow[] = [];
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    rows.push(...scanner.push(text.slice(from, cut)));
    from = Math.max(from, cut);
  }
  rows.push(...scanner.push(text.slice(from)), ...scanner.end());
  return rows;
}

/** `1:a|b` for a row, `2!` for a problem. */
const brief = (rows: readonly ScannedRow[]): string[] =>
  rows.map((row) => ('fields' in row ? `${row.line}:${row.fields.join('|')}` : `${row.line}!`));

const QUOTE = '"';
const read: readonly (readonly [string, string[]])[] = [
  ['a,b\n1,2\n', ['1:a|b', '2:1|2']],
  ['a,b\r\n1,2\r\n', ['1:a|b', '2:1|2']],
  ['a,b\r1,2\r', ['1:a|b', '2:1|2']],
  ['a,b\n1,2', ['1:a|b', '2:1|2']],
  ['a,b\n\n1,2\n\n', ['1:a|b', '3:1|2']],
  ['a,b\n"1,5","say ""yes"""\n', ['1:a|b', '2:1,5|say "yes"']],
  ['a,b\n"x\ny",2\n3,4\n', ['1:a|b', '2:x\ny|2', '4:3|4']],
  ['a,b\n,\n', ['1:a|b', '2:|']],
  ['a,b\n1,2,,\n', ['1:a|b', '2:1|2']],
  ['a,b\n1\n1,2,3\n4,5\n', ['1:a|b', '2!', '3!', '4:4|5']],
  ['a,b\n1,"open\n2,x\n3,y\n', ['1:a|b', '2!', '3:2|x', '4:3|y']],
  ['a,b\n1,"open\n2,"x"\n3,y\n', ['1:a|b', '2!', '3:2|x', '4:3|y']],
  ['a,b\n1,"x"z\n2,y\n', ['1:a|b', '2!', '3:2|y']],
  ['a,b\n1,5" pipe\n2,y\n', ['1:a|b', '2!', '3:2|y']],
  ['', []],
];

describe('rows of a CSV text', () => {
  for (const [text, rows] of read)
    it(`reads ${JSON.stringify(text)} as ${JSON.stringify(rows)}`, () =>
      assert.deepEqual(brief(scan(text)), rows));

  it('says that a quote is not closed, and that quotes are broken where rows were swallowed', () => {
    const [, unclosed] = scan('a,b\n1,"open\n2,x\n');
    assert.deepEqual(unclosed, { line: 2, problem: 'a quote is opened and not closed' });
    const [, swallowed] = scan(`a,b\n1,${QUOTE}open\n2,${QUOTE},x,y\n3,z\n`);
    assert.match(
      swallowed && 'problem' in swallowed ? swallowed.problem : '',
      /^quotes are broken: .* to line 3/,
    );
  });

  it('takes quotes as text where the file has no quoting', () => {
    const scanner = createRowScanner({ delimiter: ';', quotes: false });
    assert.deepEqual(brief([...scanner.push('a;b\n1;5" pipe\n'), ...scanner.end()]), [
      '1:a|b',
      '2:1|5" pipe',
    ]);
  });

  it('gives up a row of more than 20 characters, and goes on with the next line', () => {
    const long = 'x'.repeat(21);
    assert.deepEqual(brief(scan(`a,b\n${long},1\n2,3\n`, [], 20)), ['1:a|b', '2!', '3:2|3']);
    assert.deepEqual(brief(scan(`a,b\n"1\n2,3\n4,5\n6,7\n8,9\n10,11\n`, [], 20)).slice(0, 3), [
      '1:a|b',
      '2!',
      '3:2|3',
    ]);
  });

  it('reads what papaparse reads, for any table written as RFC 4180 has it', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.string({ unit: fc.constantFrom('a', ',', QUOTE, '\n', ' '), maxLength: 6 }),
    );
    const table = fc.integer({ min: 2, max: 5 }).chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 8,
      }),
    );
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        // The oracle takes the line end from what it meets first, so that cells use the same.
        const cells = rows.map((row) => row.map((text) => text.replaceAll(/[\r\n]/g, end)));
        const text = cells
          .map((row) => row.map((value) => `"${value.replaceAll(QUOTE, QUOTE + QUOTE)}"`).join(','))
          .join(end);
        const expected = papaparse.parse<string[]>(text, {
          delimiter: ',',
          newline: end as '\n',
        }).data;
        const got = scan(text).map((row) => ('fields' in row ? row.fields : row.problem));
        assert.deepEqual(got, expected);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('reads any text the same in one piece and in any pieces, with every line read or reported', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ',', ',', QUOTE, '\n', '\r', '\r\n'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        text,
        fc.array(fc.nat(60), { maxLength: 6 }),
        fc.constantFrom(undefined, 12),
        (whole, cuts, longest) => {
          const expected = scan(whole, [], longest);
          assert.deepEqual(scan(whole, cuts, longest), expected);
          const lines = whole.split(/\r\n|\r|\n/);
          const covered = new Set<number>();
          for (const row of expected) {
            const breaks = 'fields' in row ? row.fields.join('').split(/\r\n|\r|\n/).length : 1;
            for (let line = row.line; line < row.line + breaks; line++) covered.add(line);
          }
          for (const [index, line] of lines.entries())
            assert.ok(line === '' || covered.has(index + 1), `line ${index + 1} is lost`);
        },
      ),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});
