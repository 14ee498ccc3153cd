import type { Connector, Pulled } from '../src/domain/connector.js';
import type { Fact } from '../src/domain/fact.js';
import type { ResponseData } from '../src/domain/response.js';
import type { RecordId } from '../src/domain/value.js';

/** What a case is given. */
export interface ConnectorBench {
  /**
   * A connector over the same source each time, which remembers nothing of the times before. The source has records,
   * activities, and something that cannot be used.
   */
  open(): Promise<Connector>;
  /** For `changesSince` and `watch`: somebody changes a record in the source. Resolves with the record. */
  change?(): Promise<RecordId>;
  /** For `changesSince`: somebody deletes a record in the source. Resolves with the record. */
  remove?(): Promise<RecordId>;
  /** For `push`: a touch that a rep did, on a record of the source. */
  done?(): Fact & { readonly data: ResponseData };
  /** For `identity` and `describe`: texts that must not be told, tokens above all. */
  readonly secrets?: readonly string[];
}

export interface ConnectorCase {
  readonly name: string;
  /** The capability that it is about; absent: every connector has it. */
  readonly needs?: 'changesSince' | 'watch' | 'push' | 'describe' | 'identity' | 'accounts';
  run(bench: ConnectorBench): Promise<void>;
}

export async function pullAll(bench: ConnectorBench): Promise<readonly Pulled[]> {
  return collect((await bench.open()).pull());
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function factsOf(pulled: readonly Pulled[]): readonly Fact[] {
  return pulled.flatMap((each) => (each.type === 'fact' ? [each.fact] : []));
}

/** The last position that was given. */
export function positionOf(pulled: readonly Pulled[]): string {
  const last = pulled.findLast((each) => each.type === 'position');
  check(last?.type === 'position' && last.position !== '', 'no position was given');
  return last?.type === 'position' ? last.position : '';
}

/** The method or piece of the bench, or the case fails: whoever has a capability says how it is tried. */
export function need<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`this case needs "${name}"`);
  return thing;
}

export function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
