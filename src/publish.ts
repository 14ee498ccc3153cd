import { absorb } from './absorb.js';
import { advance } from './advance.js';
import { dayNumber, startOfDay } from './core/zone.js';
import type { Published } from './domain/agent.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import { COMPANY, kindOf, type SubjectKey } from './domain/value.js';
import type { Model } from './model.js';
import type { Runtime } from './runtime.js';
import { reviseContents } from './update/revisions.js';

/**
 * Makes a playbook the one in force and tells every subject. The past is not judged again: by play id, what still holds
 * stays open, what does not is withdrawn, and what held already opens as such, spread over days by the roll-out limit.
 * A version that was in force before comes back as it was, to the byte.
 */
export async function publish(given: Playbook, runtime: Runtime): Promise<Published> {
  const { store, clock, pause } = runtime.options;
  const held = (await store.get(`playbook/${given.version}`)) as Playbook | undefined;
  const playbook = held ?? reviseContents(runtime.model()?.playbook, given);
  await store.put(`playbook/${playbook.version}`, playbook);
  const now = clock.now();
  await store.put('playbook', playbook.version);
  const model = runtime.adopt(playbook, true);
  const counts = { stillOpen: 0, opened: 0, withdrawn: 0, waiting: 0 };
  const perOwner = new Map<string, number>();
  const changed = new Set<SubjectKey>();
  for (const key of new Set([COMPANY, ...(await runtime.allKeys())])) {
    const from = await findShowFrom(key, model, now, perOwner, runtime);
    const fact = toPublished(key, playbook.version, now, from);
    const { subject, opened, withdrawn } = await absorb(key, [fact], runtime.absorbing());
    counts.opened += opened.length;
    counts.withdrawn += withdrawn.length;
    if (from !== undefined) counts.waiting += opened.length;
    counts.stillOpen +=
      Object.values(subject.openings).filter(({ end }) => end === undefined).length - opened.length;
    changed.add(key);
    await pause?.();
  }
  await runtime.deliverOutbox(changed);
  runtime.notify(changed);
  return { version: playbook.version, ...counts };
}

/** The day on which what is already true may show, so that no rep meets more than the limit on one day. */
async function findShowFrom(
  key: SubjectKey,
  model: Model,
  now: number,
  perOwner: Map<string, number>,
  { options: { store }, modelOf }: Runtime,
): Promise<number | undefined> {
  const stored = kindOf(key) === 'account' ? await store.read(key) : undefined;
  if (!stored) return undefined;
  const { rollOut, zone } = model.playbook;
  const before = stored.subject;
  const earlier = before.at.occurredAt >= 0 ? await store.facts(key) : [];
  const after = advance(before, {
    facts: [toPublished(key, model.playbook.version, now, undefined)],
    now,
    model: modelOf,
    earlier,
  });
  const fresh = Object.values(after.openings).filter(
    (one) => one.end === undefined && before.openings[one.key] === undefined,
  ).length;
  const owner = String(after.records[key]?.values.owner?.value ?? '');
  const used = perOwner.get(owner) ?? 0;
  perOwner.set(owner, used + fresh);
  const days = Math.floor(used / Math.max(1, rollOut));
  return fresh === 0 || days === 0 ? undefined : startOfDay(dayNumber(now, zone) + days, zone);
}

function toPublished(
  key: SubjectKey,
  version: string,
  now: number,
  showFrom: number | undefined,
): Fact {
  return {
    id: `published/${version}/${now}`,
    type: 'published',
    subjects: [key],
    about: [],
    occurredAt: now,
    learnedAt: now,
    grade: 'observed',
    data: { version, ...(showFrom !== undefined && { showFrom }) },
  };
}
