import { ApiError, invalid, notFound } from './api-error.js';
import { calculate, LINE_ITEMS } from './calculate.js';
import { Links } from './links.js';
import { checkValue, type Value } from './property-values.js';
import { type ObjectSpec, type PropertySpec, SCHEMA } from './schema.js';

export interface Values {
  readonly [property: string]: Value;
}

export interface Held {
  readonly id: string;
  readonly createdAt: number;
  updatedAt: number;
  archivedAt?: number;
  properties: Values;
  /** Earlier values of what merges leave behind, newest first. */
  readonly merges: { readonly value: string; readonly at: number }[];
  /** How many line items it held, newest first. */
  readonly counts: { readonly value: string; readonly at: number }[];
  /** States that search may still show, newest last. */
  readonly states: { readonly at: number; readonly properties: Values; readonly gone: boolean }[];
}

export interface Owner {
  readonly id: string;
  readonly userId: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly createdAt: number;
  updatedAt: number;
  archived: boolean;
}

/** What one currency is worth in the company's own, from a moment on. */
export interface Rate {
  readonly id: string;
  readonly from: string;
  worth: number;
  readonly effectiveAt: number;
  updatedAt: number;
}

/** What happened, for those who listen. */
export interface Change {
  readonly object: ObjectSpec;
  readonly id: string;
  readonly type:
    | 'creation'
    | 'propertyChange'
    | 'deletion'
    | 'merge'
    | 'restore'
    | 'associationChange'
    | 'privacyDeletion';
  readonly more: { readonly [name: string]: unknown };
}

const MOST_STATES = 20;

/** The records of one account at HubSpot, with the rules that HubSpot keeps over them. */
export class Portal {
  readonly id: number = 62_515;
  readonly now: () => number;
  readonly links: Links = new Links();
  readonly owners: Owner[] = [];
  readonly rates: Rate[] = [];
  readonly listeners: ((change: Change) => void)[] = [];
  readonly #specs = new Map(SCHEMA.map((spec) => [spec.name, spec]));
  readonly #records = new Map<string, Map<string, Held>>();
  /** Merged ids, and the record that stands for them. */
  readonly #merged = new Map<string, string>();
  #count = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  get objects(): readonly ObjectSpec[] {
    return [...this.#specs.values()];
  }

  /** By name, type id or fully qualified name. */
  spec(name: string): ObjectSpec {
    const found = this.objects.find(
      (spec) =>
        spec.name === name ||
        spec.typeId === name ||
        `p${this.id}_${spec.labels.plural.toLowerCase()}` === name,
    );
    if (!found)
      throw new ApiError(400, 'VALIDATION_ERROR', `Unable to infer object type from: ${name}`);
    return found;
  }

  alter(
    object: string,
    change: (properties: readonly PropertySpec[]) => readonly PropertySpec[],
  ): void {
    const spec = this.spec(object);
    this.#specs.set(spec.name, { ...spec, properties: change(spec.properties) });
  }

  rows(object: string): ReadonlyMap<string, Held> {
    return this.#table(this.spec(object).name);
  }

  /** A merged id leads to the record that stands for it. */
  find(object: string, id: string, idProperty?: string): Held | undefined {
    const { name, properties } = this.spec(object);
    if (idProperty === undefined || idProperty === 'hs_object_id')
      return this.#table(name).get(this.#merged.get(`${name}/${id}`) ?? id);
    if (properties.find((one) => one.name === idProperty)?.unique !== true)
      throw invalid(`Property ${idProperty} is not a unique property`);
    for (const held of this.#table(name).values())
      if (held.archivedAt === undefined && held.properties[idProperty] === id) return held;
    return undefined;
  }

  get(object: string, id: string, idProperty?: string): Held {
    const held = this.find(object, id, idProperty);
    if (!held || held.archivedAt !== undefined) throw notFound();
    return held;
  }

  create(object: string, given: { readonly [name: string]: unknown }): Held {
    const spec = this.spec(object);
    const checked = this.#check(spec, given, undefined);
    const missing = spec.properties.find(
      ({ name, required }) => required && (checked[name] ?? null) === null,
    );
    if (missing) throw invalid(`Some required properties were not set: ["${missing.name}"]`);
    const at = this.now();
    const id = String(20_000_000 + ++this.#count);
    const properties = { ...checked, hs_object_id: id, [spec.created]: iso(at) };
    const held: Held = {
      id,
      createdAt: at,
      updatedAt: at,
      properties,
      merges: [],
      counts: [],
      states: [],
    };
    this.#table(spec.name).set(id, held);
    this.#touch(spec, held);
    this.#tell({ object: spec, id, type: 'creation', more: { changeFlag: 'NEW' } });
    return held;
  }

  update(
    object: string,
    id: string,
    given: { readonly [name: string]: unknown },
    idProperty?: string,
  ): Held {
    const spec = this.spec(object);
    const held = this.get(object, id, idProperty);
    const checked = this.#check(spec, given, held.id);
    held.properties = { ...held.properties, ...checked };
    this.#touch(spec, held);
    for (const [propertyName, propertyValue] of Object.entries(checked))
      this.#tell({
        object: spec,
        id: held.id,
        type: 'propertyChange',
        more: { propertyName, propertyValue },
      });
    return held;
  }

  archive(object: string, id: string): void {
    const spec = this.spec(object);
    const held = this.find(object, id);
    if (!held || held.archivedAt !== undefined) return;
    held.archivedAt = this.now();
    for (const { to, other } of this.links.around(spec.name, held.id)) {
      this.links.remove(spec.name, held.id, to, other);
      this.#recount(to, other);
    }
    this.#remember(held);
    this.#tell({ object: spec, id: held.id, type: 'deletion', more: { changeFlag: 'DELETED' } });
  }

  /** For the law: nothing is left of it. */
  erase(object: string, id: string): void {
    const spec = this.spec(object);
    this.archive(object, id);
    this.#table(spec.name).delete(id);
    this.#tell({ object: spec, id, type: 'privacyDeletion', more: {} });
  }

  merge(object: string, primary: string, loser: string): Held {
    const spec = this.spec(object);
    const stays = this.get(object, primary);
    const goes = this.get(object, loser);
    if (stays === goes) throw invalid('Cannot merge a record with itself');
    for (const { to, other } of this.links.around(spec.name, goes.id)) {
      this.links.remove(spec.name, goes.id, to, other);
      this.links.add(spec.name, stays.id, to, other);
    }
    const left = [
      stays.properties.hs_merged_object_ids,
      goes.properties.hs_merged_object_ids,
      goes.id,
    ];
    const value = left.filter(Boolean).join(';');
    stays.properties = {
      ...goes.properties,
      ...present(stays.properties),
      hs_merged_object_ids: value,
    };
    stays.merges.unshift({ value, at: this.now() });
    this.#table(spec.name).delete(goes.id);
    for (const [id, into] of this.#merged) if (into === goes.id) this.#merged.set(id, stays.id);
    this.#merged.set(`${spec.name}/${goes.id}`, stays.id);
    this.#touch(spec, stays);
    this.#tell({
      object: spec,
      id: stays.id,
      type: 'merge',
      more: {
        primaryObjectId: Number(stays.id),
        mergedObjectIds: [Number(goes.id)],
        newObjectId: Number(stays.id),
      },
    });
    return stays;
  }

  /** As in HubSpot, neither record is thereby changed. */
  link(from: string, id: string, to: string, other: string, asPrimary = false): void {
    const [one, two] = [this.spec(from), this.spec(to)];
    this.links.add(one.name, this.get(from, id).id, two.name, this.get(to, other).id, asPrimary);
    this.#tellLink(one, id, two, other, false);
  }

  unlink(from: string, id: string, to: string, other: string): void {
    const [one, two] = [this.spec(from), this.spec(to)];
    this.links.remove(one.name, id, two.name, other);
    this.#tellLink(one, id, two, other, true);
  }

  #tellLink(
    one: ObjectSpec,
    id: string,
    two: ObjectSpec,
    other: string,
    associationRemoved: boolean,
  ): void {
    const associationType = `${one.singular}_TO_${two.singular}`.toUpperCase();
    const more = {
      associationType,
      fromObjectId: Number(id),
      toObjectId: Number(other),
      associationRemoved,
    };
    for (const name of [one.name, two.name])
      for (const held of [this.find(name, name === one.name ? id : other)])
        if (held) this.#calculate(this.spec(name), held);
    this.#recount(one.name, id);
    this.#recount(two.name, other);
    this.#tell({ object: one, id, type: 'associationChange', more });
  }

  #check(
    spec: ObjectSpec,
    given: { readonly [name: string]: unknown },
    self: string | undefined,
  ): Values {
    const checked: { [name: string]: Value } = {};
    for (const [name, value] of Object.entries(given)) {
      checked[name] = checkValue(spec, name, value);
      const unique = spec.properties.find((one) => one.name === name)?.unique === true;
      const holder =
        unique && checked[name] !== null && this.find(spec.name, checked[name] ?? '', name);
      if (holder && holder.id !== self)
        throw new ApiError(
          409,
          'CONFLICT',
          `${spec.labels.singular} already exists. Existing ID: ${holder.id}`,
        );
    }
    return checked;
  }

  #table(name: string): Map<string, Held> {
    const table = this.#records.get(name) ?? new Map<string, Held>();
    this.#records.set(name, table);
    return table;
  }

  #touch(spec: ObjectSpec, held: Held): void {
    held.updatedAt = this.now();
    held.properties = { ...held.properties, [spec.modified]: iso(held.updatedAt) };
    this.#calculate(spec, held);
    this.#remember(held);
  }

  #calculate({ name }: ObjectSpec, held: Held): void {
    held.properties = {
      ...held.properties,
      ...calculate(name, held.id, held.properties, this.links),
    };
  }

  /** A deal that holds more or fewer products than before has changed. */
  #recount(name: string, id: string): void {
    const held = name === 'deals' && this.#table(name).get(id);
    if (!held || held.archivedAt !== undefined) return;
    this.#calculate(this.spec(name), held);
    const value = held.properties[LINE_ITEMS] ?? '0';
    if (value === (held.counts[0]?.value ?? '0')) return;
    held.counts.unshift({ value, at: this.now() });
    this.#touch(this.spec(name), held);
  }

  #remember(held: Held): void {
    const gone = held.archivedAt !== undefined;
    held.states.push({ at: this.now(), properties: held.properties, gone });
    if (held.states.length > MOST_STATES) held.states.shift();
  }

  #tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}

export const iso = (at: number): string => new Date(at).toISOString();

const present = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
