import type { Fact } from './domain/fact.js';
import type { Store } from './domain/store.js';
import { isRunning, type Try, type TryEnd, type TryStand } from './domain/try.js';
import type { RecordId, SubjectKey } from './domain/value.js';
import { toTryEndFact } from './interact/try-facts.js';
import { findSurvivor } from './merge.js';
import type { Runtime } from './runtime.js';
import { standOfTry } from './stand-of-try.js';

/** Values of the store: of each rep with a try, when its tries are looked at next. */
const KEPT_TRIES = 'tries/';
const DAY = 86_400_000;
/** Of a rep: those before the last so many are told no more. */
const MOST_TOLD = 20;

/** Has the tries of a rep looked at by the ticks to come. */
export const noteToKeep = (rep: RecordId, store: Pick<Store, 'put'>): Promise<void> =>
  store.put(KEPT_TRIES + rep, 0);

/** Once a day: a try of which a guardrail breaks, or whose arms are not as they were dealt out, ends. */
export async function keepTries(names: readonly string[], runtime: Runtime): Promise<void> {
  const { store, clock } = runtime.options;
  const now = clock.now();
  for (const name of names) {
    if (Number(await store.get(name)) > now) continue;
    const rep = name.slice(KEPT_TRIES.length);
    const running = (await triesOf(rep, runtime)).filter((one) => isRunning(one, now));
    const ends: Fact[] = [];
    for (const one of running) {
      const { stop } = await lookAt(one, rep, runtime);
      if (stop) ends.push(toTryEndFact(rep, one.id, stop, now));
    }
    if (ends.length > 0) await runtime.record(ends);
    if (running.length > 0) await store.put(name, now + DAY);
    else await store.drop(name);
  }
}

/** How the tries of a rep stand, newest first. */
export async function tellTries(rep: RecordId, runtime: Runtime): Promise<readonly TryStand[]> {
  const stands: TryStand[] = [];
  for (const one of (await triesOf(rep, runtime)).slice(0, MOST_TOLD))
    stands.push((await lookAt(one, rep, runtime)).stand);
  return stands;
}

async function triesOf(
  rep: RecordId,
  { options: { store } }: Pick<Runtime, 'options'>,
): Promise<readonly Try[]> {
  return Object.values((await store.read(rep))?.subject.tries ?? {}).sort(
    (a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1),
  );
}

/** Of two accounts of a try that became one, the survivor counts, in its own arm: what both lived through is there. */
async function lookAt(
  own: Try,
  rep: RecordId,
  { options: { store, clock, pause }, model }: Runtime,
): Promise<{ readonly stand: TryStand; readonly stop?: TryEnd }> {
  const { playbook } = await model();
  const timelines = new Map<SubjectKey, readonly Fact[]>();
  const dealt = new Set(own.accounts.map(({ account }) => account));
  for (const account of dealt) {
    const survivor = await findSurvivor(store, account);
    if (survivor === account || !dealt.has(survivor))
      timelines.set(account, await store.facts(account));
    await pause?.();
  }
  const accounts = own.accounts.filter(({ account }) => timelines.has(account));
  return standOfTry({ ...own, accounts }, timelines, { rep, playbook, now: clock.now() });
}
