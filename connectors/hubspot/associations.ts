import { missingOf } from './read-pages.js';
import { afterOf, resultsOf, type Wire } from './wire.js';

/** What a field that is an association begins with, such as `association/companies`. */
export const ASSOCIATION = 'association/';

interface Led {
  readonly from?: { readonly id?: unknown };
  readonly to?: readonly {
    readonly toObjectId?: unknown;
    readonly associationTypes?: readonly {
      readonly label?: unknown;
      readonly category?: unknown;
    }[];
  }[];
  readonly paging?: unknown;
}

/** By record, the one that it leads to: its primary one, else the oldest. Search and lists tell no such thing reliably. */
export async function readAssociations(
  wire: Wire,
  from: string,
  to: string,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, End>();
  for await (const [id, end] of eachAssociation(wire, from, to, ids, signal)) {
    const held = found.get(id);
    if (!held || isBetter(end, held)) found.set(id, end);
  }
  return new Map([...found].map(([id, { id: other }]) => [id, other]));
}

/** By record, all that it leads to. */
export async function readEachAssociated(
  wire: Wire,
  from: string,
  to: string,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for await (const [id, end] of eachAssociation(wire, from, to, ids, signal))
    found.set(id, [...(found.get(id) ?? []), end.id]);
  return found;
}

/** Every record that these lead to, each once. */
export async function readAllAssociated(
  wire: Wire,
  from: string,
  to: string,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const [, { id }] of eachAssociation(wire, from, to, ids, signal)) found.add(id);
  return [...found];
}

/** Records that HubSpot takes at once. */
const INPUTS = 1_000;

async function* eachAssociation(
  wire: Wire,
  from: string,
  to: string,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly [from: string, end: End]> {
  const path = `/crm/v4/associations/${from}/${to}/batch/read`;
  let waiting: readonly { readonly id: string; readonly after?: string }[] = ids.map((id) => ({
    id,
  }));
  while (waiting.length > 0) {
    const inputs = waiting.slice(0, INPUTS);
    const reply = await wire.ask({
      method: 'POST',
      path,
      body: { inputs },
      repeatable: true,
      signal,
    });
    // That a record leads nowhere is told as something that is missing.
    missingOf(reply.value, path);
    const more: { id: string; after: string }[] = [];
    for (const { from: start, to: ends = [], paging } of resultsOf<Led>(reply, path)) {
      const id = String(start?.id);
      for (const { toObjectId, associationTypes = [] } of ends)
        yield [
          id,
          {
            id: String(toObjectId),
            primary: associationTypes.some(({ label }) => label === 'Primary'),
          },
        ];
      const after = afterOf({ paging });
      if (after !== undefined) more.push({ id, after });
    }
    waiting = [...more, ...waiting.slice(INPUTS)];
  }
}

interface End {
  readonly id: string;
  readonly primary: boolean;
}

function isBetter(one: End, other: End): boolean {
  if (one.primary !== other.primary) return one.primary;
  return one.id.length === other.id.length ? one.id < other.id : one.id.length < other.id.length;
}
