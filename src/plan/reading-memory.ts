import type { Context } from './context.js';
import type { Report } from './problem.js';

/**
 * What reading the parts of a playbook came to, for a playbook that is read again and again while one part of it changes.
 * A part is read anew when one of the things that it is read from is another one; else what it came to is given again, and
 * what it reported is reported again.
 */
export interface ReadingMemory {
  once<Result>(
    part: string,
    from: readonly unknown[],
    report: Report,
    read: (report: Report) => Result,
  ): Result;
  /** Forgets parts that were not read since the last time. */
  settle(): void;
}

interface Held {
  readonly from: readonly unknown[];
  readonly told: readonly ['error' | 'warn', ...Parameters<Report['error']>][];
  readonly result: unknown;
}

export function createReadingMemory(): ReadingMemory {
  let held = new Map<string, Held>();
  let next = new Map<string, Held>();
  return {
    once<Result>(
      part: string,
      from: readonly unknown[],
      report: Report,
      read: (report: Report) => Result,
    ): Result {
      const known = held.get(part);
      if (known?.from.length === from.length && known.from.every((one, i) => one === from[i])) {
        next.set(part, known);
        for (const [kind, ...finding] of known.told) report[kind](...finding);
        return known.result as Result;
      }
      const told: Held['told'][number][] = [];
      const tee =
        (kind: 'error' | 'warn'): Report['error'] =>
        (...finding) => {
          told.push([kind, ...finding]);
          report[kind](...finding);
        };
      const result = read({ ...report, error: tee('error'), warn: tee('warn') });
      // A file that is given twice is read twice.
      if (!next.has(part)) next.set(part, { from, told, result });
      return result;
    },
    settle() {
      held = next;
      next = new Map();
    },
  };
}

/** Every part is read once, and nothing is remembered. */
export const NO_MEMORY: ReadingMemory = {
  once: (_part, _from, report, read) => read(report),
  settle: () => undefined,
};

/** Reads a part by a context, whose reads are told again with what it came to. */
export function readOnce<Result>(
  memory: ReadingMemory,
  part: string,
  from: readonly unknown[],
  context: Context,
  read: (context: Context) => Result,
): Result {
  const { result, reads } = memory.once(part, from, context.report, (report) => {
    const own: Context = { ...context, report, reads: new Set() };
    return { result: read(own), reads: own.reads };
  });
  for (const id of reads) context.reads.add(id);
  return result;
}
