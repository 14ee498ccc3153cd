import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compilePlaybook, createCompiler, type SourceFile } from '../src/plan/compile-playbook.js';
import { files } from './studio-crm.js';

const today = '2026-11-21';

/** What a person does to a file while writing: takes a line away, writes nonsense, another number, takes all of it away. */
const slips: { readonly [name: string]: (file: SourceFile, at: number) => readonly SourceFile[] } =
  {
    'a line less': ({ path, text }, at) => {
      const lines = text.split('\n');
      lines.splice(at % lines.length, 1);
      return [{ path, text: lines.join('\n') }];
    },
    nonsense: ({ path, text }, at) => {
      const lines = text.split('\n');
      lines.splice(at % lines.length, 0, 'nonsense: { a: 1 }');
      return [{ path, text: lines.join('\n') }];
    },
    numbers: ({ path, text }) => [{ path, text: text.replace(/: 14\b/g, ': 15') }],
    gone: () => [],
    twice: (file) => [file, { ...file, path: file.path.replace(/(\.\w+)$/, '-2$1') }],
  };

describe('compiling again and again', () => {
  it('comes to what compiling anew comes to, whatever was changed in between', () => {
    const compile = createCompiler({ today });
    const texts = files.filter(({ bytes }) => bytes === undefined);
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.nat(texts.length - 1), fc.constantFrom(...Object.keys(slips)), fc.nat(60)),
          { maxLength: 3 },
        ),
        (chosen) => {
          const given = files.flatMap((file) => {
            const hit = chosen.find(([i]) => texts[i] === file);
            return (hit && slips[hit[1]]?.(file, hit[2])) ?? [file];
          });
          assert.deepEqual(compile(given), compilePlaybook(given, { today }));
        },
      ),
      { numRuns: 15 },
    );
  });
});
