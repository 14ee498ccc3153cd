import type { Connector, Pulled } from '../src/domain/connector.js';
import type { Fact } from '../src/domain/fact.js';
import { collect, factsOf, need, positionOf } from './connector-case.js';

/** What a connector of a bench tells since a position. */
export async function pullSince(
  bench: { open(): Connector },
  position: string,
): Promise<readonly Pulled[]> {
  const connector = bench.open();
  return collect(need(connector.changesSince, 'changesSince').call(connector, position));
}

/** The facts that are new after something happened, ten minutes after everything was read. */
export async function toldAfter(
  bench: { open(): Connector; pass(ms: number): void },
  happen: () => void,
): Promise<readonly Fact[]> {
  const before = await collect(bench.open().pull());
  const known = new Set(factsOf(before).map(({ id }) => id));
  bench.pass(10 * 60_000);
  happen();
  const after = await pullSince(bench, positionOf(before));
  return factsOf(after).filter(({ id }) => !known.has(id));
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
