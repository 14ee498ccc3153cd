import { COMPANY } from '../src/domain/value.js';
import type { StudioSource } from '../src/studio/studio-source.js';
import type { StudioDesk } from './studio-state.js';

/** A person as far as the id tells: `crm:rep:ana` by the last part alone, an address as it is. */
export const personName = (id: string): string => /^[^:]+:rep:(.+)$/.exec(id)?.[1] ?? id;

/** A person by the name in the CRM's data, once that was read. */
export function personIn(desk: StudioDesk, id: string): string {
  const name = personName(id);
  if (name === id) return id;
  queueMicrotask(() => desk.work('people', [], () => readPeople(desk.source)));
  const work = desk.state.works?.people;
  return (work?.is === 'found' ? work.found.get(id) : undefined) ?? name;
}

async function readPeople({ engine }: StudioSource): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { type, about, data } of await engine.factsOf(COMPANY)) {
    const { name } = Object(data.values) as { readonly name?: unknown };
    const [who] = about;
    if (type === 'record-changed' && who !== undefined && typeof name === 'string')
      names.set(who, name);
  }
  return names;
}
