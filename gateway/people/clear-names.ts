import type { Playbook, Store } from 'opportune';

/** What a playbook compares, and so stays readable: without it counts and sums would not add up once a person is erased. */
export interface ClearNames {
  /** Qualified choice attributes, by id: the values that are declared; undefined where none are. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string> | undefined>;
  /** Fields of facts. */
  readonly fields: ReadonlySet<string>;
}

const NOTHING_CLEAR: ClearNames = { attributes: new Map(), fields: new Set() };

/** Names under which people write freely; no playbook makes them readable. */
const FREE: readonly string[] = ['text', 'because', 'type', 'by', 'contact'];

function findClearNames(playbook: Playbook): ClearNames {
  const attributes = new Map<string, ReadonlySet<string> | undefined>();
  const fields = new Set<string>();
  for (const { id, type, values, derive } of playbook.attributes) {
    const isChoice = type === 'choice' || type === 'multi';
    if (isChoice) attributes.set(id, values && new Set(values.map((value) => value.id)));
    if (!derive) continue;
    if ('facts' in derive) for (const field in derive.facts.where) fields.add(field);
    if ('field' in derive && (derive.op === 'distinct' || type !== 'text'))
      fields.add(derive.field);
  }
  const moved = [...playbook.plays.map(({ trigger }) => trigger), ...(playbook.machines ?? [])];
  collectFields(moved, fields);
  for (const name of FREE) fields.delete(name);
  return { attributes, fields };
}

/** Fields that conditions read as `event.x`, and those by which moments are told apart. */
function collectFields(compiled: unknown, fields: Set<string>): void {
  if (typeof compiled !== 'object' || compiled === null) return;
  for (const [name, part] of Object.entries(compiled)) {
    if (typeof part !== 'string') collectFields(part, fields);
    else if (name === 'attribute' && part.startsWith('event.')) fields.add(part.slice(6));
    else if (name === 'key' || name === 'time') fields.add(part);
  }
}

/** Those of the playbook in force in a store. */
export async function readClearNames(store: Pick<Store, 'get'>): Promise<ClearNames> {
  const inForce = (await store.get('playbook')) as { readonly version: string } | undefined;
  const playbook = inForce && (await store.get(`playbook/${inForce.version}`));
  return playbook ? findClearNames(playbook as Playbook) : NOTHING_CLEAR;
}
