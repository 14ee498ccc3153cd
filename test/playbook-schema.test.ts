import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { compilePlaybook, type SourceFile } from 'opportune/plan';
import { parse } from 'yaml';
import { GATEWAY_SHAPE } from '../gateway/identity/settings-shape.js';
import { createSchemas, schemaOf } from '../src/plan/json-schema.js';
import { findPlaybooks, readPlaybook } from './playbook-folders.js';

const ajv = new Ajv({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: true,
});
const schemas: ReturnType<typeof createSchemas> = {
  ...createSchemas(),
  gateway: schemaOf('Settings of the Opportune gateway: gateway.yaml', GATEWAY_SHAPE),
};
const validators = new Map<string, ValidateFunction>();

function validatorFor(path: string): ValidateFunction | undefined {
  const name = path.startsWith('plays/')
    ? 'play'
    : path.startsWith('machines/')
      ? 'machine'
      : path.startsWith('content/')
        ? 'content'
        : path.replace(/\.yaml$/, '');
  const schema = schemas[name];
  if (!schema) return undefined;
  const known = validators.get(name) ?? ajv.compile(schema);
  validators.set(name, known);
  return known;
}

/** What an editor would check: the YAML of a file. */
function readValue({ path, text }: SourceFile): unknown {
  const yaml = path.endsWith('.md') ? (/^---\r?\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '') : text;
  return parse(yaml, { schema: 'core', version: '1.2' });
}

describe('schema/*.json', () => {
  for (const [name, schema] of Object.entries(schemas))
    it(`${name}.json is current (else: node schema/write-schemas.mjs)`, () => {
      const url = new URL(`../schema/${name}.json`, import.meta.url);
      assert.deepEqual(JSON.parse(readFileSync(url, 'utf8')), schema);
    });

  for (const folder of findPlaybooks())
    it(`every file of ${folder} is valid`, () => {
      let checked = 0;
      for (const file of readPlaybook(folder)) {
        const validate = validatorFor(file.path);
        if (!validate) continue;
        checked += 1;
        assert.ok(validate(readValue(file)), `${file.path}: ${ajv.errorsText(validate.errors)}`);
      }
      assert.ok(checked > 0);
    });

  it('is where the first line of each file says', () => {
    for (const folder of findPlaybooks())
      for (const { path, text } of readPlaybook(folder)) {
        const named = /^# yaml-language-server: \$schema=(\S+)/.exec(text)?.[1];
        if (named === undefined) continue;
        const url = new URL(named, new URL(`../${folder}${path}`, import.meta.url));
        assert.ok(existsSync(url), `${folder}${path} names ${named}`);
      }
  });
});

/** Findings about what a file looks like, as the schema sees it too. */
const SHAPE_CODES = [
  'unknown-key',
  'missing-field',
  'wrong-type',
  'too-many-fields',
  'out-of-range',
];

describe('the schema and check', () => {
  const files = readPlaybook('test/playbooks/small/').filter(({ path }) => path.endsWith('.yaml'));

  it('both refuse a file in which one field was renamed, removed or given another type', () => {
    const edit = fc.constantFrom('rename', 'remove', 'list', 'null');
    fc.assert(
      fc.property(fc.nat(files.length - 1), fc.nat(60), edit, (index, step, kind) => {
        const file = files[index] as SourceFile;
        const value = readValue(file) as { [key: string]: unknown };
        const edited = editAt(value, step, kind);
        if (!edited) return;
        const validate = validatorFor(file.path) as ValidateFunction;
        const valid = validate(value);
        const changed = { path: file.path, text: JSON.stringify(value) };
        const { problems } = compilePlaybook(
          files.map((one) => (one.path === file.path ? changed : one)),
          { today: '2026-11-21' },
        );
        const told = problems.some(
          (one) => one.file === file.path && SHAPE_CODES.includes(one.code),
        );
        if (!valid)
          assert.ok(told, `check passes ${changed.text}: ${ajv.errorsText(validate.errors)}`);
      }),
      { seed: 4, numRuns: 80 },
    );
  });
});

/** Edits the field that a walk over the maps of a value meets at that step. */
function editAt(value: unknown, step: number, kind: string): boolean {
  const maps: { [key: string]: unknown }[] = [];
  const walk = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    if (!Array.isArray(one)) maps.push(one as { [key: string]: unknown });
    for (const inner of Object.values(one)) walk(inner);
  };
  walk(value);
  const fields = maps.flatMap((map) => Object.keys(map).map((key) => [map, key] as const));
  const [map, key] = fields[step % fields.length] ?? [];
  if (!map || key === undefined) return false;
  if (kind === 'rename') map[`${key}x`] = map[key];
  if (kind === 'rename' || kind === 'remove') delete map[key];
  if (kind === 'list') map[key] = [[]];
  if (kind === 'null') map[key] = null;
  return true;
}
