import type { FieldMap } from '@opportune/connector-salesforce';
import type { Store } from 'opportune';

/** How far a connection was read, by which revision of its map. */
interface Kept {
  readonly position: string;
  readonly revision: number;
}

const nameOf = (connection: string): string => `crm/${connection}/position`;

/** The position to go on from; undefined: everything is to be read, because nothing was yet, or the map says something new. */
export async function readPosition(
  store: Pick<Store, 'get'>,
  { connection, revision }: Pick<FieldMap, 'connection' | 'revision'>,
): Promise<string | undefined> {
  const kept = (await store.get(nameOf(connection))) as Kept | undefined;
  return kept?.revision === revision ? kept.position : undefined;
}

/** Call it when the facts before the position are stored. */
export async function keepPosition(
  store: Pick<Store, 'put'>,
  { connection, revision }: Pick<FieldMap, 'connection' | 'revision'>,
  position: string,
): Promise<void> {
  await store.put(nameOf(connection), { position, revision } satisfies Kept);
}
