import { performance } from 'node:perf_hooks';

export interface Measured {
  readonly name: string;
  /** Milliseconds a call: the middle of all rounds, and the quarters below and above. */
  readonly medianMs: number;
  readonly lowMs: number;
  readonly highMs: number;
  /** How many times as long as the first one: the median over rounds of the ratio inside a round. */
  readonly ratio: number;
}

export interface MeasureOptions {
  /** Default 31. */
  readonly rounds?: number;
  /** A sample repeats its call until it lasts so long. Default 5. */
  readonly sampleMs?: number;
}

/**
 * Measures functions against the first of them. Every round calls each once, in turning order, so that what else the
 * machine does meanwhile falls on all alike: trust the ratios more than the times.
 */
export async function measure(
  candidates: Readonly<Record<string, () => unknown>>,
  { rounds = 31, sampleMs = 5 }: MeasureOptions = {},
): Promise<readonly Measured[]> {
  const runs: { name: string; sample(): Promise<number>; times: number[] }[] = [];
  for (const [name, run] of Object.entries(candidates)) {
    const calls = await callsFor(run, sampleMs);
    runs.push({ name, sample: () => timeCalls(run, calls), times: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < runs.length; turn++) {
      const one = runs[(round + turn) % runs.length];
      one?.times.push(await one.sample());
    }
  }
  const first = runs[0]?.times ?? [];
  return runs.map(({ name, times }) => ({
    name,
    medianMs: quantile(times, 0.5),
    lowMs: quantile(times, 0.25),
    highMs: quantile(times, 0.75),
    ratio: quantile(
      times.map((time, round) => time / (first[round] ?? time)),
      0.5,
    ),
  }));
}

/** Prints a table and returns it unchanged. */
export function report(title: string, measured: readonly Measured[]): readonly Measured[] {
  console.log(`\n${title}`);
  const width = Math.max(...measured.map(({ name }) => name.length));
  for (const { name, medianMs, lowMs, highMs, ratio } of measured) {
    const time = `${formatMs(medianMs).padStart(10)}  (${formatMs(lowMs)} to ${formatMs(highMs)})`;
    console.log(
      `  ${name.padEnd(width)}  ${time.padEnd(36)}  x ${ratio < 100 ? ratio.toPrecision(3) : Math.round(ratio)}`,
    );
  }
  return measured;
}

async function callsFor(run: () => unknown, sampleMs: number): Promise<number> {
  await timeCalls(run, 1);
  for (let calls = 1; ; calls *= 2) {
    const perCall = await timeCalls(run, calls);
    if (perCall * calls >= sampleMs) return Math.max(1, Math.round(sampleMs / perCall));
  }
}

async function timeCalls(run: () => unknown, calls: number): Promise<number> {
  const from = performance.now();
  for (let call = 0; call < calls; call++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  return (performance.now() - from) / calls;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

function formatMs(ms: number): string {
  if (ms >= 1) return `${ms.toPrecision(3)} ms`;
  return ms >= 0.001 ? `${(ms * 1e3).toPrecision(3)} µs` : `${(ms * 1e6).toPrecision(3)} ns`;
}
