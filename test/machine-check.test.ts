import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { compilePlaybook, formatProblem, type SourceFile } from 'opportune/plan';
import { readPlaybook } from './playbook-folders.js';

interface MachineCase {
  readonly name: string;
  /** Of the machine: a text that occurs once, and what stands in its place. */
  readonly edits: readonly (readonly [string, string])[];
  /** Of plays/silent-buyer.yaml and of attributes.yaml. */
  readonly play?: readonly [string, string];
  readonly attributes?: readonly [string, string];
  readonly problems: readonly string[];
}

const today = '2026-11-21';
const { machine, cases } = JSON.parse(
  readFileSync(new URL('./cases/machine-check.json', import.meta.url), 'utf8'),
) as { readonly machine: readonly string[]; readonly cases: readonly MachineCase[] };
const small = readPlaybook('test/playbooks/small/');

function replace(text: string, [from, to]: readonly [string, string]): string {
  const pieces = text.split(from);
  assert.equal(pieces.length, 2, `"${from}" occurs once`);
  return pieces.join(to);
}

function applyCase({
  edits,
  play,
  attributes,
}: Omit<MachineCase, 'name' | 'problems'>): readonly SourceFile[] {
  const changed: { readonly [path: string]: readonly [string, string] | undefined } = {
    'plays/silent-buyer.yaml': play ?? [
      'account.region: [EU, US]',
      'account.region: [EU, US], account.lifecycle: customer',
    ],
    'attributes.yaml': attributes,
  };
  return [
    ...small.map(({ path, text }) => {
      const edit = changed[path];
      return { path, text: edit ? replace(text, edit) : text };
    }),
    { path: 'machines/lifecycle.yaml', text: edits.reduce(replace, `${machine.join('\n')}\n`) },
  ];
}

describe('check of a machine', () => {
  for (const one of cases)
    it(`on ${one.name}`, () => {
      const { playbook, problems } = compilePlaybook(applyCase(one), { today });
      assert.deepEqual(problems.map(formatProblem), one.problems);
      const failed = problems.some(({ severity }) => severity === 'error');
      assert.equal(playbook === undefined, failed, 'errors, and only errors, leave no playbook');
    });
});
