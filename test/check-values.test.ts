import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = new URL('../', import.meta.url);
const DATA = process.env.OPPORTUNE_TEST_DATA;
const CHECKS = DATA === undefined ? '' : join(DATA, '../checks.json');

/** Each row of docs/check-values.md: the ids that it names, and what it says of them. */
const rows = readFileSync(new URL('docs/check-values.md', root), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, ids = '', told = ''] = line.split('|').map((cell) => cell.trim());
    const named = [...ids.matchAll(/`(\w+)`/g)].map(([, id = '']) => id);
    return named.length > 0 ? [{ named, told }] : [];
  });

describe('the list of what is held to values of others', () => {
  it('names a test that is there, or says why there is none', () => {
    for (const { named, told } of rows) {
      const tests = [...told.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, path = '']) => path);
      if (tests.length === 0) assert.match(told, /^not (used|run)/, named.join(', '));
      for (const path of tests) assert.ok(existsSync(new URL(path, root)), `${path} of ${named}`);
    }
  });

  void it('has every value once, and none that nobody published', {
    skip: !existsSync(CHECKS) && 'OPPORTUNE_TEST_DATA names no folder beside the values',
  }, () => {
    const { checks } = JSON.parse(readFileSync(CHECKS, 'utf8')) as { checks: { id: string }[] };
    assert.deepEqual(rows.flatMap(({ named }) => named).sort(), checks.map(({ id }) => id).sort());
  });
});
