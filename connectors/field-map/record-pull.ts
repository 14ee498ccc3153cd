import type { Pulled } from '../../src/domain/connector.js';
import { pullRecord } from './pull-record.js';
import type { CrmRecord, FactContext } from './read-record.js';
import type { ResolvedObject } from './resolve-field-map.js';

export interface PullContext extends FactContext {
  /** Whether a key is of what was pushed from here; absent: each is. */
  readonly wrote?: ((key: string) => boolean) | undefined;
}

/** Records of one object on their way to facts, counted as they come. */
export interface RecordPull {
  pull(record: CrmRecord): readonly Pulled[];
  /** How far it has come; a total that was outgrown is not told. */
  progress(total: number | undefined): Pulled;
  tally(): Pulled;
}

/** `keyField` holds the key under which we wrote a record. */
export function createRecordPull(
  resolved: ResolvedObject,
  keyField: string | undefined,
  context: PullContext,
): RecordPull {
  const { name } = resolved.object;
  let read = 0;
  let used = 0;
  return {
    pull(record) {
      read++;
      // What became of a record that we wrote is told by the record it was merged into.
      const isOwn = keyField !== undefined && record.mergedInto === undefined;
      const key = isOwn ? record.read(keyField) : undefined;
      const isOurs = key !== undefined && (context.wrote?.(key) ?? true);
      const told = pullRecord(record, resolved, context, isOurs ? key : undefined);
      if (told.used) used++;
      return told.pulled;
    },
    progress: (total) => ({
      type: 'progress',
      done: read,
      ...(total !== undefined && total >= read && { total }),
      unit: `records of ${name}`,
    }),
    tally: () => ({ type: 'tally', tally: { place: name, read, used, skipped: read - used } }),
  };
}
