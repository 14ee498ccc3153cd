import type { Playbook } from 'opportune';
import { dateOfDay, dayNumber } from '../../src/core/zone.js';
import { createBell } from './bell.js';

export interface Daily {
  playbook(): Promise<Playbook | undefined>;
  readonly clock: { now(): number };
  leads(): Promise<boolean>;
  failed(error: unknown): void;
  /** When what was done last had begun, by this process or one before; epoch milliseconds. */
  doneAt(): Promise<number | undefined>;
  /** False: there was nothing to do yet, and it is looked again in an hour. */
  work(playbook: Playbook): Promise<boolean>;
}

const HOUR = 3_600_000;
const IDLE_MS = 1_000;

/** Does it once a day, by the playbook's zone, in the process that leads; what failed is tried again in an hour. */
export async function runDaily(
  { playbook: find, clock, leads, failed, doneAt, work }: Daily,
  signal: AbortSignal,
): Promise<void> {
  const bell = createBell(IDLE_MS);
  let done: string | undefined;
  let notBefore = 0;
  while (!signal.aborted) {
    try {
      const playbook = await find();
      const dayIn = (at: number): string => dateOfDay(dayNumber(at, playbook?.zone ?? 'UTC'));
      const day = dayIn(clock.now());
      if (playbook && done !== day && notBefore <= clock.now() && (await leads())) {
        // Another process may have done it meanwhile.
        const before = await doneAt();
        const isDone = (before !== undefined && dayIn(before) === day) || (await work(playbook));
        if (isDone) done = day;
        else notBefore = clock.now() + HOUR;
      }
    } catch (error) {
      failed(error);
      notBefore = clock.now() + HOUR;
    }
    await bell.wait(signal);
  }
}
