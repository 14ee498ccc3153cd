import { bareName } from '../core/bare-name.js';
import type { Domain } from '../core/candidates.js';
import type { Attribute } from '../domain/playbook.js';
import type { RecordKind } from '../domain/value.js';
import type { Candidate } from './did-you-mean.js';
import type { Place } from './problem.js';

export const KINDS: readonly RecordKind[] = [
  'account',
  'contact',
  'opportunity',
  'rep',
  'product',
  'company',
];

/** Names that a condition gives a meaning of its own, or that a plain object already has. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...['any', 'all', 'not', 'has', 'hasNo', 'gt', 'gte', 'lt', 'lte', 'in', 'hasAll', 'hasNone'],
  ...['startsWith', 'missing'],
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** Letters and digits, beginning with a small letter. */
export const NAME_PATTERN = '^[a-z][A-Za-z0-9]*$';
/** Ids of plays, content, products, facts: also with hyphens. */
export const ID_PATTERN = '^[A-Za-z0-9][A-Za-z0-9_-]*$';

export function isReservedName(name: string): boolean {
  return RESERVED_NAMES.has(name);
}

/** An id that a plain object would answer for by itself. */
export function isUnsafeId(id: string): boolean {
  return id in Object.prototype;
}

type Reserved = Pick<Attribute, 'label' | 'type' | 'unit'>;

/** Attributes that connectors and the agent know by name. A playbook may declare them again, to give labels and values. */
const RESERVED: { readonly [kind in RecordKind]: { readonly [name: string]: Reserved } } = {
  account: {
    name: { label: 'Name', type: 'text' },
    owner: { label: 'Owner', type: 'text' },
    ultimateParent: { label: 'Ultimate parent', type: 'text' },
  },
  contact: {
    name: { label: 'Name', type: 'text' },
    email: { label: 'Email', type: 'text' },
    phone: { label: 'Phone', type: 'text' },
    role: { label: 'Role', type: 'multi' },
  },
  opportunity: {
    name: { label: 'Name', type: 'text' },
    stage: { label: 'Stage', type: 'choice' },
    amount: { label: 'Amount', type: 'number', unit: 'money' },
    closeDate: { label: 'Close date', type: 'date' },
    owner: { label: 'Owner', type: 'text' },
    contacts: { label: 'Contacts', type: 'multi' },
    open: { label: 'Open', type: 'boolean' },
  },
  rep: {
    name: { label: 'Name', type: 'text' },
    team: { label: 'Team', type: 'text' },
    role: { label: 'Role', type: 'text' },
    partner: { label: 'Works for a partner', type: 'boolean' },
  },
  product: {
    name: { label: 'Name', type: 'text' },
    brand: { label: 'Brand', type: 'text' },
    family: { label: 'Family', type: 'text' },
    price: { label: 'Price', type: 'number', unit: 'money' },
  },
  company: {},
};

/** Undefined when the name is free. A text may be declared as a choice; every other type is fixed. */
export function reservedAttribute(of: RecordKind, name: string): Reserved | undefined {
  return Object.hasOwn(RESERVED[of], name) ? RESERVED[of][name] : undefined;
}

/** Every attribute by qualified id: the reserved ones and those of the playbook. */
export interface AttributeTable {
  get(id: string): Attribute | undefined;
  /** Bare ids of one kind, for "did you mean". */
  candidates(kind: RecordKind): readonly Candidate[];
  /** Undefined for a reserved one that the playbook does not declare. */
  placeOf(id: string): Place | undefined;
  /** Reserved ones first, then as declared. */
  all(): readonly Attribute[];
  domain(id: string): Domain | undefined;
  /** States with states inside of a machine's attribute: each with those that stand for it in a condition. */
  groups(id: string): ReadonlyMap<string, readonly string[]>;
  isReserved(id: string): boolean;
  /** Declared with an error that is already told: not in the table, and nothing more is said about its uses. */
  isBroken(id: string): boolean;
}

export interface Declared {
  readonly attribute: Attribute;
  readonly at: Place;
  readonly groups?: ReadonlyMap<string, readonly string[]>;
}

const NO_GROUPS: ReadonlyMap<string, readonly string[]> = new Map();

export function createAttributeTable(
  declared: readonly Declared[],
  broken: ReadonlySet<string>,
): AttributeTable {
  const table = new Map<string, Attribute>();
  const places = new Map<string, Place>();
  const groups = new Map<string, NonNullable<Declared['groups']>>();
  for (const of of KINDS)
    for (const [name, reserved] of Object.entries(RESERVED[of]))
      if (!broken.has(`${of}.${name}`))
        table.set(`${of}.${name}`, { id: `${of}.${name}`, of, ...reserved });
  for (const { attribute, at, groups: inside } of declared) {
    if (broken.has(attribute.id)) continue;
    if (inside) groups.set(attribute.id, inside);
    table.set(attribute.id, attribute);
    places.set(attribute.id, at);
  }
  const get = (id: string): Attribute | undefined => table.get(id);
  return {
    get,
    candidates: (kind) =>
      [...table.values()]
        .filter(({ of }) => of === kind)
        .map(({ id, label }) => ({ id: bareName(id), label })),
    placeOf: (id) => places.get(id),
    all: () => [...table.values()],
    domain: get,
    groups: (id) => groups.get(id) ?? NO_GROUPS,
    isBroken: (id) => broken.has(id),
    isReserved: (id) => reservedAttribute(kindOfName(id) as RecordKind, bareName(id)) !== undefined,
  };
}

export function kindOfName(id: string): string {
  return id.slice(0, id.indexOf('.'));
}
