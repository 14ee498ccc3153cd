import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pulled } from '../src/domain/connector.js';
import { createImportReport } from './import-report.js';

describe('the progress of an import from a CRM', () => {
  it('says which object is read, how many of its records, how fast, and how long it takes yet', () => {
    let now = 0;
    const lines: string[] = [];
    const report = createImportReport({
      source: {
        name: 'salesforce',
        mapFile: 'map.yaml',
        words: { place: 'object', row: 'record' },
        goesOn: false,
      },
      into: 'store',
      json: false,
      terminal: {
        out: () => undefined,
        problem: () => undefined,
        progress: (text) => lines.push(text),
        signal: new AbortController().signal,
        now: () => now,
        async *input() {},
      },
    });
    const fact = { type: 'fact', fact: {} } as Pulled;
    for (let i = 0; i < 100; i++) report.take(fact);
    report.take({ type: 'progress', done: 1, total: 7, unit: 'objects' });
    now = 1_000;
    report.take({ type: 'progress', done: 2_000, total: 10_000, unit: 'records of Task' });
    now = 3_000;
    report.take({ type: 'progress', done: 6_000, total: 10_000, unit: 'records of Task' });
    now = 4_000;
    report.storing(50, 100);
    assert.deepEqual(lines, [
      '1 of 7 objects  2,000 of 10,000 records of Task  20%  100 facts, 0 records skipped, 100 facts a second',
      '1 of 7 objects  6,000 of 10,000 records of Task  60%  100 facts, 0 records skipped, 33 facts a second, 2.0 s left',
      '1 of 7 objects  storing 50 of 100 facts',
    ]);
  });
});
