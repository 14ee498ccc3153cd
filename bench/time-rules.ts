import { jsonRulesEngine } from './match-peers.js';
import { timeInterleaved } from './match-timing.js';
import { plainWorkload } from './match-workload.js';

/** Microseconds of the processor for json-rules-engine over 10,000 plays, by which one machine is held against another. */
export async function timeRules(): Promise<number> {
  const workload = plainWorkload(10_000);
  const { records } = workload;
  const peer = jsonRulesEngine(workload);
  const run = (turn: number): unknown => peer(records[turn % records.length] ?? {});
  const { rules } = await timeInterleaved({ rules: run }, { rounds: 3 });
  return rules?.mean ?? Number.NaN;
}
