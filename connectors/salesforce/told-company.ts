import assert from 'node:assert/strict';
import type { Pulled } from '../../src/domain/connector.js';
import type { Fact } from '../../src/domain/fact.js';
import { collect, factsOf, positionOf } from '../connector-case.js';
import type { Bench } from './salesforce-bench.js';

export interface Row {
  readonly Id: string;
  readonly [field: string]: unknown;
}

/** What tests ask of an emulated company, and of what is told of it. */
export interface ToldCompany {
  /** That are there. */
  rows(object: string): readonly Row[];
  make(object: string, values: object): string;
  pull(bulkFrom?: number): Promise<readonly Pulled[]>;
  since(position: string): Promise<readonly Pulled[]>;
  /** The facts that are new after something happened, ten minutes after everything was read. */
  told(happen: () => void): Promise<readonly Fact[]>;
}

export function toldCompany(bench: Bench): ToldCompany {
  const { org } = bench.emulator;
  const pull = (bulkFrom = 5_000): Promise<readonly Pulled[]> =>
    collect(bench.open({ bulkFrom }).pull());
  const since = async (position: string): Promise<readonly Pulled[]> => {
    const items = bench.open().changesSince?.(position);
    assert.ok(items);
    return collect(items);
  };
  return {
    pull,
    since,
    rows: (object) => [...org.rows(object).values()].filter(({ IsDeleted }) => IsDeleted !== true),
    make: (object, values) => org.create(object, { ...values }, bench.emulator.user).id,
    async told(happen) {
      const before = await pull();
      bench.pass(10 * 60_000);
      happen();
      const known = new Set(factsOf(before).map(({ id }) => id));
      return factsOf(await since(positionOf(before))).filter(({ id }) => !known.has(id));
    },
  };
}

/** The values of a record as these facts leave them. */
export const valuesOf = (
  facts: readonly Fact[],
  record: string,
): { readonly [name: string]: unknown } =>
  Object.assign(
    {},
    ...facts
      .filter(({ type, about }) => type === 'record-changed' && about[0] === record)
      .toSorted((a, b) => a.occurredAt - b.occurredAt)
      .map(({ data }) => data.values),
  );
