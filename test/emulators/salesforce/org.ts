import { salesforceId } from '../../../connectors/salesforce/salesforce-id.js';
import { ApiError } from './api-error.js';
import { calculate, checkValue, rollUp } from './field-values.js';
import { SCHEMA } from './schema.js';
import type { FieldSpec, ObjectSpec } from './schema-fields.js';

/** Date-times are epoch milliseconds here, and days `YYYY-MM-DD`. */
export type Value = string | number | boolean | null;
export interface Row {
  readonly Id: string;
  [field: string]: Value;
}

export interface Saved {
  readonly id: string;
  readonly created: boolean;
}

/** What happened to a record, for those who listen. */
export interface Change {
  readonly object: string;
  readonly type: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly row: Row;
  readonly fields: readonly string[];
}

/** The records of one company, with the rules that Salesforce keeps over them. */
export class Org {
  readonly id: string = '00D000000000001EAA';
  readonly now: () => number;
  readonly listeners: ((change: Change) => void)[] = [];
  /** How often a record is still refused because somebody else holds it. */
  readonly locks: Map<string, number> = new Map();
  /** Validation rules of the admins, by object: what they say to every record that is saved. */
  readonly rules: Map<string, string> = new Map();
  readonly #rows = new Map<string, Map<string, Row>>();
  readonly #byKey = new Map<string, string>();
  readonly #specs: Map<string, ObjectSpec> = new Map(
    SCHEMA.map((spec) => [spec.name.toLowerCase(), spec]),
  );
  /** By opportunity. */
  readonly #items = new Map<string, Row[]>();
  /** Counted for each object, so that equal steps give equal ids. */
  readonly #counts = new Map<string, number>();

  constructor(now: () => number) {
    this.now = now;
  }

  get objects(): readonly ObjectSpec[] {
    return [...this.#specs.values()];
  }

  /** The admin changes an object. */
  alter(object: string, change: (fields: readonly FieldSpec[]) => readonly FieldSpec[]): void {
    const spec = this.spec(object);
    this.#specs.set(object.toLowerCase(), { ...spec, fields: change(spec.fields) });
  }

  /** The company has not bought it, or switched it off. */
  withdraw(object: string): void {
    this.#specs.delete(object.toLowerCase());
  }

  spec(object: string): ObjectSpec {
    const spec = this.#specs.get(object.toLowerCase());
    if (!spec)
      throw new ApiError(
        400,
        'INVALID_TYPE',
        `sObject type '${object}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name.`,
      );
    return spec;
  }

  rows(object: string): ReadonlyMap<string, Row> {
    return this.#rows.get(this.spec(object).name) ?? new Map();
  }

  /** A record that is there, by its id in 15 or 18 characters. */
  find(object: string, id: string): Row | undefined {
    const row = this.rows(object).get(salesforceId(id) ?? '');
    return row?.IsDeleted === true ? undefined : row;
  }

  get(object: string, id: string): Row {
    const row = this.find(object, id);
    if (!row) throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
    return row;
  }

  create(object: string, values: { readonly [field: string]: unknown }, by: string): Saved {
    const spec = this.spec(object);
    const given = this.#check(spec, values, undefined);
    for (const { name, required } of spec.fields)
      if (required && (given[name] ?? null) === null)
        throw new ApiError(
          400,
          'REQUIRED_FIELD_MISSING',
          `Required fields are missing: [${name}]`,
          [name],
        );
    const count = (this.#counts.get(spec.name) ?? 0) + 1;
    this.#counts.set(spec.name, count);
    const digits = count.toString(36).padStart(9, '0');
    const Id = salesforceId(`${spec.keyPrefix}Em0${digits}`) ?? '';
    const at = this.#stamp();
    const row: Row = { Id };
    for (const { name } of spec.fields) row[name] = given[name] ?? null;
    for (const { name, type } of spec.fields)
      if (type === 'boolean' && row[name] === null) row[name] = false;
    Object.assign(row, { Id, IsDeleted: false, CreatedDate: at, LastModifiedDate: at });
    row.CreatedById = by;
    row.SystemModstamp = at;
    if ('OwnerId' in row && row.OwnerId === null) row.OwnerId = by;
    calculate(this, spec, row);
    this.#table(spec.name).set(Id, row);
    this.#remember(spec, row);
    this.#tell(spec.name, 'CREATE', row, Object.keys(given));
    this.#rollUp(spec, row);
    return { id: Id, created: true };
  }

  update(object: string, id: string, values: { readonly [field: string]: unknown }): Saved {
    const spec = this.spec(object);
    const row = this.get(object, id);
    this.#checkLock(row.Id);
    const given = this.#check(spec, values, row.Id);
    for (const { name, required } of spec.fields)
      if (required && name in given && given[name] === null)
        throw new ApiError(
          400,
          'REQUIRED_FIELD_MISSING',
          `Required fields are missing: [${name}]`,
          [name],
        );
    this.#forget(spec, row);
    Object.assign(row, given);
    this.#touch(spec, row);
    this.#remember(spec, row);
    this.#tell(spec.name, 'UPDATE', row, Object.keys(given));
    this.#rollUp(spec, row);
    return { id: row.Id, created: false };
  }

  delete(object: string, id: string): void {
    const spec = this.spec(object);
    const row = this.find(object, id);
    if (!row) throw new ApiError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
    this.#checkLock(row.Id);
    this.#forget(spec, row);
    row.IsDeleted = true;
    this.#touch(spec, row);
    if (!spec.fields.some(({ name }) => name === 'IsDeleted'))
      this.#table(spec.name).delete(row.Id);
    this.#tell(spec.name, 'DELETE', row, []);
    this.#cascade(spec.name, row.Id);
    this.#rollUp(spec, row);
  }

  /** What hangs on the losing records is moved to the one that stays. */
  merge(object: string, winner: string, loser: string): void {
    const stays = this.get(object, winner);
    const goes = this.get(object, loser);
    for (const spec of this.objects)
      for (const row of this.rows(spec.name).values())
        for (const { name, refersTo } of spec.fields)
          if (name !== 'MasterRecordId' && refersTo?.includes(object) && row[name] === goes.Id) {
            row[name] = stays.Id;
            this.#touch(spec, row);
          }
    goes.MasterRecordId = stays.Id;
    this.delete(object, loser);
    this.#touch(this.spec(object), stays);
  }

  upsert(
    object: string,
    fieldName: string,
    value: string,
    values: { readonly [field: string]: unknown },
    by: string,
  ): Saved {
    const spec = this.spec(object);
    const field = spec.fields.find(({ name }) => name.toLowerCase() === fieldName.toLowerCase());
    if (!field || (!field.externalId && field.name !== 'Id'))
      throw new ApiError(
        404,
        'NOT_FOUND',
        `Provided external ID field does not exist or is not accessible: ${fieldName}`,
      );
    const id = field.name === 'Id' ? value : this.#byKey.get(keyOf(spec, field, value));
    if (id !== undefined && this.find(object, id)) return this.update(object, id, values);
    return this.create(object, { ...values, [field.name]: value }, by);
  }

  findByKey(object: string, fieldName: string, value: string): Row | undefined {
    const spec = this.spec(object);
    const field = spec.fields.find(({ name, externalId }) => externalId && name === fieldName);
    const id = field && this.#byKey.get(keyOf(spec, field, value));
    return id === undefined ? undefined : this.find(object, id);
  }

  #check(
    spec: ObjectSpec,
    values: { readonly [field: string]: unknown },
    self: string | undefined,
  ): { [field: string]: Value } {
    const rule = this.rules.get(spec.name);
    if (rule !== undefined) throw new ApiError(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', rule);
    const given: { [field: string]: Value } = {};
    for (const [name, value] of Object.entries(values)) {
      if (name === 'attributes') continue;
      const field = spec.fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (!field)
        throw new ApiError(
          400,
          'INVALID_FIELD',
          `No such column '${name}' on sobject of type ${spec.name}`,
        );
      if (field.readOnly)
        throw new ApiError(
          400,
          'INVALID_FIELD_FOR_INSERT_UPDATE',
          `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
          [field.name],
        );
      const checked = checkValue(this, field, value);
      const holder = this.#byKey.get(keyOf(spec, field, checked));
      if (field.unique && holder !== undefined && holder !== self)
        throw new ApiError(
          400,
          'DUPLICATE_VALUE',
          `duplicate value found: ${field.name} duplicates value on record with id: ${holder}`,
        );
      given[field.name] = checked;
    }
    return given;
  }

  #cascade(object: string, id: string): void {
    for (const { name, fields } of this.objects)
      for (const field of fields)
        if (field.cascades && field.refersTo?.includes(object))
          for (const row of [...this.rows(name).values()])
            if (row[field.name] === id && row.IsDeleted !== true) this.delete(name, row.Id);
  }

  /** What an opportunity says of its products follows them. */
  #rollUp({ name }: ObjectSpec, row: Row): void {
    const above =
      name === 'OpportunityLineItem' && this.find('Opportunity', String(row.OpportunityId));
    if (!above) return;
    const items = this.#items.get(above.Id) ?? [];
    this.#items.set(above.Id, items);
    if (!items.includes(row)) items.push(row);
    rollUp(above, items);
    this.#touch(this.spec('Opportunity'), above);
    this.#tell('Opportunity', 'UPDATE', above, ['Amount']);
  }

  #checkLock(id: string): void {
    const left = this.locks.get(id) ?? 0;
    if (left === 0) return;
    this.locks.set(id, left - 1);
    throw new ApiError(
      400,
      'UNABLE_TO_LOCK_ROW',
      `unable to obtain exclusive access to this record or 1 records: ${id}`,
    );
  }

  #table(object: string): Map<string, Row> {
    let table = this.#rows.get(object);
    if (!table) {
      table = new Map();
      this.#rows.set(object, table);
    }
    return table;
  }

  #touch(spec: ObjectSpec, row: Row): void {
    row.LastModifiedDate = this.#stamp();
    row.SystemModstamp = this.#stamp();
    calculate(this, spec, row);
  }

  /** Salesforce counts in seconds. */
  #stamp(): number {
    return Math.floor(this.now() / 1_000) * 1_000;
  }

  #remember(spec: ObjectSpec, row: Row): void {
    for (const field of spec.fields)
      if (field.externalId && row[field.name] !== null)
        this.#byKey.set(keyOf(spec, field, row[field.name] ?? null), row.Id);
  }

  #forget(spec: ObjectSpec, row: Row): void {
    for (const field of spec.fields)
      if (field.externalId) this.#byKey.delete(keyOf(spec, field, row[field.name] ?? null));
  }

  #tell(object: string, type: Change['type'], row: Row, fields: readonly string[]): void {
    for (const listener of this.listeners) listener({ object, type, row: { ...row }, fields });
  }
}

function keyOf(spec: ObjectSpec, field: FieldSpec, value: Value): string {
  return JSON.stringify([spec.name, field.name, value]);
}
