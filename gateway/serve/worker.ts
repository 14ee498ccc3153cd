import { type Agent, type Fact, isOpportuneError } from 'opportune';
import type { Inbox } from '../database/inbox.js';
import { accountOf } from './account-of.js';

export interface WorkerOptions {
  readonly inbox: Pick<Inbox, 'pending' | 'done' | 'refuse'>;
  readonly agent: Pick<Agent, 'record' | 'tick'>;
  /** Whether this process does the work, or another one. */
  leads(): Promise<boolean>;
  /** Long work that was asked for, such as a publish; resolves with false where there is none. */
  job(): Promise<boolean>;
  /** Resolves when there may be something to do, and after a second at the latest. */
  idle(signal: AbortSignal): Promise<void>;
  /** Told of each failure; work is tried again after a while that grows. */
  failed(error: unknown, doing: 'lead' | 'fold' | 'tick' | 'job', tries: number): Promise<void>;
}

const PAGE = 1_000;
/** Accounts that are folded at one time: what they read and commit meanwhile goes to the database together. */
const AT_ONCE = 64;
/** Then it is seen what is due, and what else was asked for. */
const SPELL_MS = 1_000;
/** A fact that fails so often alone, while others go through, is set aside. */
const MOST_TRIES = 3;

/** Folds what is in the inbox, wakes what is due, does what was asked for, until it is told to stop. */
export async function runWorker(options: WorkerOptions, signal: AbortSignal): Promise<void> {
  const { inbox, agent, leads, job, idle, failed } = options;
  const tries = { lead: 0, fold: 0, tick: 0, job: 0 };
  const attempt = async (
    doing: keyof typeof tries,
    work: () => Promise<boolean>,
  ): Promise<boolean> => {
    try {
      const found = await work();
      tries[doing] = 0;
      return found;
    } catch (error) {
      await failed(error, doing, ++tries[doing]);
      return true;
    }
  };
  while (!signal.aborted) {
    let leading = false;
    const checked = await attempt('lead', async () => {
      leading = await leads();
      return false;
    });
    if (!leading) {
      if (!checked) await idle(signal);
      continue;
    }
    const folded = await attempt('fold', () => foldPending({ inbox, agent }, () => idle(signal)));
    const ticked = await attempt('tick', async () => {
      await agent.tick();
      return false;
    });
    const worked = await attempt('job', job);
    if (!folded && !ticked && !worked && !signal.aborted) await idle(signal);
  }
}

type Folding = Pick<WorkerOptions, 'inbox' | 'agent'>;

/**
 * Folds what waits, and what comes meanwhile, for a second at the most. The facts of an account are folded one lot after the
 * other, those of different accounts at the same time, and none waits for another's.
 */
async function foldPending(folding: Folding, rung: () => Promise<void>): Promise<boolean> {
  const until = performance.now() + SPELL_MS;
  const waiting = new Map<string, Fact[]>();
  const busy = new Map<string, Promise<void>>();
  const taken = new Set<string>();
  let failure: { readonly error: unknown } | undefined;
  let place = 0;

  const start = (): void => {
    for (const [account, facts] of waiting) {
      if (busy.size === AT_ONCE || failure) return;
      if (busy.has(account)) continue;
      waiting.delete(account);
      const done = foldLot(facts, folding)
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => {
          busy.delete(account);
          start();
        });
      busy.set(account, done);
    }
  };
  do {
    const more = performance.now() < until && !failure && waiting.size < AT_ONCE;
    for (const one of more ? await folding.inbox.pending(PAGE, place) : []) {
      place = one.place;
      if (taken.has(one.fact.id)) continue;
      taken.add(one.fact.id);
      const account = accountOf(one.fact);
      const facts = waiting.get(account);
      if (facts) facts.push(one.fact);
      else waiting.set(account, [one.fact]);
    }
    start();
    if (busy.size > 0) await Promise.race([...busy.values(), ...(more ? [rung()] : [])]);
  } while (busy.size > 0);
  if (failure) throw failure.error;
  return taken.size > 0;
}

async function foldLot(facts: readonly Fact[], folding: Folding): Promise<void> {
  try {
    await fold(facts, folding);
  } catch (error) {
    if (isPassing(error)) throw error;
    for (const fact of facts) await foldAlone(fact, folding);
  }
}

/** Only what is folded into all its subjects is done; after a crash in between it comes again, and changes nothing. */
async function fold(facts: readonly Fact[], { inbox, agent }: Folding): Promise<void> {
  const { refused } = await agent.record(facts);
  for (const { id, reason } of refused) await inbox.refuse(id, reason);
  await inbox.done(facts.map(({ id }) => id));
}

async function foldAlone(fact: Fact, folding: Folding): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await fold([fact], folding);
    } catch (error) {
      if (isPassing(error)) throw error;
      if (tried < MOST_TRIES) continue;
      // Nothing of the fact itself: it may hold what a person wrote.
      const reason = isOpportuneError(error) ? error.code : 'it cannot be folded';
      return folding.inbox.refuse(fact.id, reason);
    }
  }
}

/** Faults of the surroundings, which go away by themselves, and not of the fact. */
const PASSING = [
  'opportune/database-unavailable',
  'opportune/database-slow',
  'opportune/database-refused',
  'opportune/database-missing',
  'opportune/store-contention',
  'opportune/store-full',
  'opportune/store-closed',
  'opportune/store-damaged',
] as const;

const isPassing = (error: unknown): boolean =>
  PASSING.some((code) => isOpportuneError(error, code));
