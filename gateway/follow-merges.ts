import type { Stored, Subject, SubjectKey } from 'opportune';

/** Merges that are followed from one account to the next. */
const MOST_MERGES = 20;

/** What a subject stands for now: itself, or what it was merged into; undefined when it is not there. */
export async function followMerges(
  key: SubjectKey,
  read: (key: SubjectKey) => Promise<Stored | undefined>,
): Promise<Subject | undefined> {
  let next = key;
  for (let merges = 0; merges < MOST_MERGES; merges++) {
    const subject = (await read(next))?.subject;
    if (subject?.mergedInto === undefined) return subject;
    next = subject.mergedInto;
  }
  return undefined;
}
