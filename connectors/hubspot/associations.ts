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
  const found = new Map<string, { readonly id: string; readonly primary: boolean }>();
  const path = `/crm/v4/associations/${from}/${to}/batch/read`;
  let inputs: readonly { readonly id: string; readonly after?: string }[] = ids.map((id) => ({
    id,
  }));
  while (inputs.length > 0) {
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
      for (const { toObjectId, associationTypes = [] } of ends) {
        const primary = associationTypes.some(({ label }) => label === 'Primary');
        const next = { id: String(toObjectId), primary };
        const held = found.get(id);
        if (!held || isBetter(next, held)) found.set(id, next);
      }
      const after = afterOf({ paging });
      if (after !== undefined) more.push({ id, after });
    }
    inputs = more;
  }
  return new Map([...found].map(([id, { id: other }]) => [id, other]));
}

interface End {
  readonly id: string;
  readonly primary: boolean;
}

function isBetter(one: End, other: End): boolean {
  if (one.primary !== other.primary) return one.primary;
  return one.id.length === other.id.length ? one.id < other.id : one.id.length < other.id.length;
}
