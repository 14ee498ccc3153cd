import { absorb } from './absorb.js';
import { dayNumber, startOfDay } from './core/zone.js';
import type { Published } from './domain/agent.js';
import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import { openOf, type Subject } from './domain/subject.js';
import { COMPANY, type JsonObject, type SubjectKey } from './domain/value.js';
import type { InForce, Runtime } from './runtime.js';
import { reviseContents } from './update/revisions.js';

/**
 * Makes a playbook the one in force and tells every subject. The past is not judged again: by play id, what still holds
 * stays open, what does not is withdrawn, and what held already opens as such, spread over days by the roll-out limit.
 * A version that was in force before comes back as it was, to the byte.
 */
export async function publish(given: Playbook, runtime: Runtime): Promise<Published> {
  const { store, pause } = runtime.options;
  const held = (await store.get(`playbook/${given.version}`)) as Playbook | undefined;
  const playbook = held ?? reviseContents((await runtime.model()).playbook, given);
  await store.put(`playbook/${playbook.version}`, playbook);
  const order = 1 + (((await store.get('playbook')) as InForce | undefined)?.order ?? 0);
  await store.put('playbook', { version: playbook.version, order } satisfies InForce);
  const context = runtime.absorbing();
  await context.inForce();
  const { now } = context;
  const counts = { stillOpen: 0, opened: 0, withdrawn: 0, waiting: 0 };
  const perOwner = new Map<string, number>();
  const changed = new Set<SubjectKey>();
  for (const key of new Set([COMPANY, ...(await runtime.allKeys())])) {
    const published = toFact('published', key, order, now, { version: playbook.version });
    const { subject, opened, withdrawn } = await absorb(key, [published], context);
    const showFrom = findShowFrom(subject, opened, playbook, now, perOwner);
    if (showFrom !== undefined) {
      await absorb(key, [toFact('roll-out', key, order, now, { showFrom })], context);
      counts.waiting += opened.length;
    }
    counts.opened += opened.length;
    counts.withdrawn += withdrawn.length;
    counts.stillOpen += openOf(subject.openings).length - opened.length;
    changed.add(key);
    await pause?.();
  }
  await runtime.settle(changed);
  return { version: playbook.version, ...counts };
}

/** The day on which what is already true may show, so that no rep meets more than the limit on one day. */
function findShowFrom(
  subject: Subject,
  opened: readonly string[],
  playbook: Playbook,
  now: number,
  perOwner: Map<string, number>,
): number | undefined {
  if (opened.length === 0) return undefined;
  const owner = String(subject.records[subject.key]?.values.owner?.value ?? '');
  const used = perOwner.get(owner) ?? 0;
  perOwner.set(owner, used + opened.length);
  const days = Math.floor(used / Math.max(1, playbook.rollOut));
  return days === 0 ? undefined : startOfDay(dayNumber(now, playbook.zone) + days, playbook.zone);
}

/** `order` counts publishes, so that two of the same millisecond keep their order; `~` puts them after what else happened in it. */
function toFact(type: string, key: SubjectKey, order: number, now: number, data: JsonObject): Fact {
  return {
    id: `~${String(order).padStart(8, '0')}/${type}`,
    type,
    subjects: [key],
    about: [],
    occurredAt: now,
    learnedAt: now,
    grade: 'observed',
    data,
  };
}
