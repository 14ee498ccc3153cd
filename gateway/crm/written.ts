import type { Fact, RecordId, Store } from 'opportune';
import { toIso } from '../../src/core/zone.js';
import { connectionOf } from '../access/access-source.js';
import { type NotedAnswer, notedPrefix } from './note-answers.js';

/** What became of an answer at the CRM, as it is told to the rep who gave it. */
export type Written =
  | { readonly status: 'waiting'; readonly because?: string }
  /** `record`: the CRM's own id of what stands for it. */
  | { readonly status: 'written'; readonly record: string }
  | { readonly status: 'not-written'; readonly because: string };

/** How long it is told what became of an answer. */
const KEPT_MS = 90 * 86_400_000;
const DAY_CHARS = 10;

const prefixOf = (connection: string): string => `crm/${connection}/pushed/`;
const nameOf = (connection: string, id: string, at: number): string =>
  `${prefixOf(connection)}${toIso(at).slice(0, DAY_CHARS)}/${id}`;

/** The fact of an answer has an id of its own, made from that of the answer. */
const factIdOf = (response: string): string => `response/${response}`;

export async function keepWritten(
  store: Pick<Store, 'put'>,
  connection: string,
  { id, occurredAt }: Pick<Fact, 'id' | 'occurredAt'>,
  written: Written,
): Promise<void> {
  await store.put(nameOf(connection, id, occurredAt), written);
}

/** Undefined: it is not written back at all, or so long ago that nobody knows. */
export async function readWritten(
  store: Pick<Store, 'get'>,
  {
    record,
    response,
    at,
  }: { readonly record: RecordId; readonly response: string; readonly at: number },
): Promise<Written | undefined> {
  const connection = connectionOf(record);
  const id = factIdOf(response);
  const written = (await store.get(nameOf(connection, id, at))) as Written | undefined;
  if (written) return written;
  const noted = (await store.get(notedPrefix(connection) + id)) as NotedAnswer | undefined;
  return noted && { status: 'waiting', ...(noted.refused && { because: noted.refused.because }) };
}

export async function forgetOldWritten(
  store: Pick<Store, 'names' | 'drop'>,
  connection: string,
  now: number,
): Promise<void> {
  const oldest = toIso(now - KEPT_MS).slice(0, DAY_CHARS);
  const prefix = prefixOf(connection);
  for (const name of await store.names(prefix))
    if (name.slice(prefix.length, prefix.length + DAY_CHARS) < oldest) await store.drop(name);
}
