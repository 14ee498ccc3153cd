import { sample, stringMatching } from 'fast-check';
import type { Dice } from './dice.js';

/** As much of JSON Schema as the gateway's document uses. */
export interface Schema {
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

/** Values that mean something to the gateway, by the name of the field that takes them. */
export interface Known {
  readonly [name: string]: readonly [unknown, ...(readonly unknown[])];
}

/** A value that the schema allows; of what is known more often than not. */
export function makeValue(schema: Schema, name: string, known: Known, dice: Dice): unknown {
  // A list is known by its name with brackets; its items by the name alone.
  const key = schema.type === 'array' ? `${name}[]` : name;
  const pool = Object.hasOwn(known, key) ? known[key] : undefined;
  if (pool && dice.chance(0.9)) return dice.pick(pool);
  const [first, ...others] = schema.anyOf ?? [];
  if (first) return makeValue(dice.pick([first, ...others]), name, known, dice);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[dice.below(schema.enum.length)];
  switch (schema.type) {
    case 'string':
      return makeText(schema, dice);
    case 'integer':
    case 'number':
      return makeNumber(schema, dice);
    case 'boolean':
      return dice.chance(0.5);
    case 'array':
      return makeList(schema, name, known, dice);
    case 'object':
      return makeObject(schema, known, dice);
    default:
      return dice.pick<unknown>(['text', 7, true, null, [], { deep: { deeper: ['x'] } }]);
  }
}

const matching = new Map<string, readonly string[]>();

function makeText({ pattern, minLength = 0, maxLength = 40 }: Schema, dice: Dice): string {
  // Of a pattern that looks ahead nothing can be made; a name that it allows is.
  if (pattern?.includes('(?!')) return `plays/${'x'.repeat(1 + dice.below(9))}.yaml`;
  if (pattern !== undefined) {
    const texts = matching.get(pattern) ?? sample(stringMatching(new RegExp(pattern, 'u')), SAMPLE);
    matching.set(pattern, texts);
    return (texts[dice.below(texts.length)] ?? '').slice(0, maxLength);
  }
  const length = dice.pick([minLength, maxLength, Math.min(maxLength, minLength + 9)]);
  return dice.pick(['x', 'ü', '猫']).repeat(length);
}

const SAMPLE = { numRuns: 60, seed: 1 };

function makeNumber(schema: Schema, dice: Dice): number {
  const { type, minimum = -1e6, maximum = 1e6 } = schema;
  const number = dice.pick([minimum, maximum, minimum + dice.below(1000)]);
  return type === 'integer' ? number : number + 0.25 * dice.below(2);
}

function makeList(schema: Schema, name: string, known: Known, dice: Dice): readonly unknown[] {
  const { items = {}, minItems = 0, maxItems = 4, uniqueItems } = schema;
  const length = Math.max(minItems, Math.min(maxItems, dice.below(4)));
  const list = Array.from({ length }, () => makeValue(items, name, known, dice));
  return uniqueItems ? [...new Set(list)] : list;
}

function makeObject(schema: Schema, known: Known, dice: Dice): object {
  const { properties = {}, required = [], additionalProperties } = schema;
  const entries = Object.entries(properties).flatMap(([name, one]) =>
    required.includes(name) || dice.chance(0.5) ? [[name, makeValue(one, name, known, dice)]] : [],
  );
  if (typeof additionalProperties === 'object')
    for (const name of ['account.sales', 'values'].slice(dice.below(3)))
      entries.push([name, makeValue(additionalProperties, name, known, dice)]);
  return Object.fromEntries(entries);
}
