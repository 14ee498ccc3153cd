import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, it } from 'node:test';
import { compilePlaybook, formatProblem, type SourceFile } from 'opportune/plan';

interface CheckCase {
  readonly name: string;
  /** By file: a text that occurs once, and what stands in its place. */
  readonly edit?: { readonly [file: string]: readonly [string, string] };
  /** By file: its lines. */
  readonly add?: { readonly [file: string]: readonly string[] };
  readonly remove?: readonly string[];
  readonly problems: readonly string[];
}

const today = '2026-11-21';
const small = readFolder(new URL('./playbooks/small/', import.meta.url));
const { cases } = JSON.parse(
  readFileSync(new URL('./cases/check.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly CheckCase[] };

function readFolder(folder: URL): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(new URL(path, folder)).isFile())
    .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }));
}

function applyCase({ edit = {}, add = {}, remove = [] }: CheckCase): readonly SourceFile[] {
  const files = new Map(small.map(({ path, text }) => [path, text]));
  for (const [path, [from, to]] of Object.entries(edit)) {
    const pieces = (files.get(path) ?? '').split(from);
    assert.equal(pieces.length, 2, `"${from}" occurs once in ${path}`);
    files.set(path, pieces.join(to));
  }
  for (const [path, lines] of Object.entries(add))
    files.set(path, lines.map((line) => `${line}\n`).join(''));
  for (const path of remove) files.delete(path);
  return [...files].map(([path, text]) => ({ path, text }));
}

describe('check', () => {
  it('finds nothing in the small playbook', () => {
    const { playbook, problems } = compilePlaybook(small, { today });
    assert.deepEqual(problems, []);
    assert.equal(playbook?.plays.length, 3);
  });

  for (const one of cases)
    it(`on ${one.name}`, () => {
      const files = applyCase(one);
      const { playbook, problems } = compilePlaybook(files, { today });
      assert.deepEqual(problems.map(formatProblem), one.problems);
      const failed = problems.some(({ severity }) => severity === 'error');
      assert.equal(playbook === undefined, failed, 'errors, and only errors, leave no playbook');
      for (const { file, line, column } of problems) {
        const text = files.find(({ path }) => path === file)?.text;
        // A file that is missing, or is not text, has no lines.
        const place = text ? text.split('\n')[line - 1] : '';
        assert.ok(column >= 1 && column <= (place?.length ?? 0) + 1, `${file}:${line}:${column}`);
      }
    });
});
