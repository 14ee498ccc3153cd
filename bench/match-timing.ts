import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Timing {
  /** Microseconds a call: the median of all calls of all rounds. */
  readonly p50: number;
  /** Microseconds of the processor a call, whatever else runs meanwhile: the mean of a round, the median of the rounds. */
  readonly mean: number;
}

/**
 * Times every call by itself. A round gives each function a slice of time, one call at least, in turning order; the
 * first round warms up and is not counted. The argument counts the calls of that function.
 */
export async function timeInterleaved(
  runs: { readonly [name: string]: (turn: number) => unknown },
  { rounds = 9, sliceMs = 40 }: { readonly rounds?: number; readonly sliceMs?: number } = {},
): Promise<{ readonly [name: string]: Timing }> {
  const list = Object.entries(runs).map(([name, run]) => ({
    name,
    run,
    turn: 0,
    times: [] as number[],
    means: [] as number[],
  }));
  for (let round = 0; round <= rounds; round++) {
    for (let i = 0; i < list.length; i++) {
      const one = list[(round + i) % list.length] as (typeof list)[number];
      const begun = performance.now();
      const cpu = process.cpuUsage();
      let calls = 0;
      let ended = begun;
      do {
        const from = performance.now();
        const result = one.run(one.turn++);
        if (result instanceof Promise) await result;
        ended = performance.now();
        calls++;
        if (round > 0) one.times.push((ended - from) * 1000);
      } while (ended - begun < sliceMs);
      const { user, system } = process.cpuUsage(cpu);
      if (round > 0) one.means.push((user + system) / calls);
    }
  }
  return Object.fromEntries(
    list.map(({ name, times, means }) => [
      name,
      { p50: quantile(times, 0.5), mean: quantile(means, 0.5) },
    ]),
  );
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

/** Milliseconds of the processor. */
export function timedCpu(run: () => unknown): number {
  const cpu = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000;
}

/** Milliseconds. */
export function timed(run: () => unknown): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that what `make` makes holds on to. */
export function bytesOf(make: () => unknown): number {
  const before = bytesHeld();
  const made = make();
  const held = bytesHeld() - before;
  return made === undefined ? 0 : held;
}

function bytesHeld(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export function formatMicros(micros: number): string {
  if (micros >= 1e6) return `${(micros / 1e6).toPrecision(3)} s`;
  return micros >= 1000 ? `${(micros / 1000).toPrecision(3)} ms` : `${micros.toPrecision(3)} µs`;
}

/** What json-rules-engine took for 10,000 plays on the machine for which bars in units of time were written. */
const RULES_THERE = 435_000;

const bars: { readonly shown: string; readonly time: number | undefined }[] = [];
let slower: number | undefined;

/** Notes a figure beside the bar that it is held to. A `time` is shown as it would be on the machine of the bars, too. */
export function holdTo(
  what: string,
  value: number,
  sign: '<=' | '>=',
  bar: number,
  { time = false }: { readonly time?: boolean } = {},
): void {
  const met = sign === '<=' ? value <= bar : value >= bar;
  bars.push({
    shown: `  ${met ? 'met   ' : 'MISSED'}  ${what}: ${formatFigure(value)} (${sign} ${bar})`,
    time: time ? value : undefined,
  });
}

function formatFigure(value: number): string {
  return value >= 1000 ? String(Math.round(value)) : value.toPrecision(3);
}

/** Takes the measure of this machine: microseconds of json-rules-engine for 10,000 plays. Times as long as there. */
export function measureMachine(rules: number): number {
  slower = rules / RULES_THERE;
  return slower;
}

export function printBars(): void {
  console.log('\nBars');
  const factor = slower;
  if (factor !== undefined) {
    console.log(
      `  (by the time of json-rules-engine this machine takes ${factor.toPrecision(2)} times as long as that of the bars; what a time would be there is beside it, and decides nothing)`,
    );
  }
  for (const { shown, time } of bars) {
    const there =
      time === undefined || factor === undefined ? '' : `; there ${formatFigure(time / factor)}`;
    console.log(`${shown}${there}`);
  }
}
