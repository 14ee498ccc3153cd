import { kindSwitch } from './deliver/stages.js';
import { noteFact } from './domain/fact.js';
import { ACTION_KINDS } from './domain/playbook.js';
import type { RecordId } from './domain/value.js';
import type { Runtime } from './runtime.js';

/** Kinds of action that a rep has switched off. */
export async function kindsOff(rep: RecordId, { options }: Runtime): Promise<readonly string[]> {
  const values = (await options.store.read(rep))?.subject.records[rep]?.values ?? {};
  return ACTION_KINDS.filter((kind) => values[kindSwitch(kind)]?.value === true);
}

export async function setKind(
  rep: RecordId,
  kind: string,
  on: boolean,
  { options, record }: Runtime,
): Promise<void> {
  const now = options.clock.now();
  const held = (await options.store.read(rep))?.subject.records[rep]?.values[kindSwitch(kind)]?.at;
  const fact = noteFact(
    {
      // Two within one millisecond keep their order.
      id: held?.occurredAt === now ? `${held.id}+` : `kind-off/${rep}/${kind}/${now}`,
      type: 'record-changed',
      subjects: [rep],
      about: [rep],
      grade: 'claimed',
      by: rep,
      data: { values: { [kindSwitch(kind)]: !on } },
    },
    now,
  );
  await record([fact]);
}
