import { OpportuneError } from '../core/errors.js';
import type { Fact } from '../domain/fact.js';
import type { Try, TryStand } from '../domain/try.js';
import type { RecordId, SubjectKey } from '../domain/value.js';
import { foldTry } from '../interact/fold-try.js';
import { standOfTry } from '../stand-of-try.js';
import type { Answered, Ground } from './ground.js';
import type { TriesQuestion } from './question.js';
import { triesReport } from './tries-report.js';

/**
 * How a rep's own tries stand, for that rep.
 *
 * @throws OpportuneError `opportune/no-tries`: nothing is recorded of this person
 */
export async function answerTries({ rep }: TriesQuestion, ground: Ground): Promise<Answered> {
  const own = (await ground.ofRep?.(rep)) ?? [];
  if (own.length === 0)
    throw new OpportuneError('opportune/no-tries', 'nothing is recorded of this person', {
      where: rep,
      remedy: 'Write the id: connection:rep:id',
    });
  const tries = await standOfTries(rep, own, ground);
  return {
    result: { rep, tries },
    report: triesReport(tries, ground.playbook),
    found: tries.length > 0,
  };
}

/** Newest first. */
export async function standOfTries(
  rep: RecordId,
  ofRep: readonly Fact[],
  { playbook, now, eachAccount }: Ground,
): Promise<readonly TryStand[]> {
  const tries = triesIn(ofRep);
  if (tries.length === 0) return [];
  const wanted = new Set(tries.flatMap(({ accounts }) => accounts.map(({ account }) => account)));
  const timelines = new Map<SubjectKey, readonly Fact[]>();
  await eachAccount((account, facts) => {
    if (wanted.has(account)) timelines.set(account, facts);
  });
  return tries.map((one) => standOfTry(one, timelines, { rep, playbook, now }).stand);
}

function triesIn(facts: readonly Fact[]): readonly Try[] {
  let tries: ReturnType<typeof foldTry>;
  for (const fact of facts) tries = foldTry(tries, fact);
  return Object.values(tries ?? {}).sort((a, b) => b.startedAt - a.startedAt);
}
