import { judge } from '../core/condition.js';
import { ALWAYS, type Condition, type Situated } from '../domain/condition.js';
import type { Attribute, Phrase, Play, Product, Serves } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import type { Context } from './context.js';
import type { PlayDraft } from './read-play.js';
import { conjoin } from './read-tests.js';

/** Nothing meets it. */
const NEVER: Condition = { any: [] };

/**
 * The play with the product it offers written into it: which product that is does not depend on the record, so that no
 * `product.x` is left to look up later. Content that is tagged with attributes of products must fit the product.
 */
export function settleProduct(
  draft: PlayDraft,
  products: readonly Product[],
  tags: ReadonlySet<string>,
  context: Context,
): PlayDraft {
  const { play, at } = draft;
  const product = products.find(({ id }) => id === play.offers);
  if (!product) return draft;
  const values = valuesOf(product);
  const fill = (phrase: Phrase): Phrase =>
    phrase.map((part) => {
      if (typeof part === 'string' || !part.attribute.startsWith('product.')) return part;
      const value = values.get(part.attribute);
      const printed =
        value === undefined ? undefined : printValue(value, context.attributes.get(part.attribute));
      const words = printed ?? part.otherwise;
      if (words === undefined)
        context.report.error(
          'no-value',
          at,
          `"{${part.attribute}}" cannot be filled from product "${product.id}"`,
          'write the words out, or what to print instead: {product.brand|ours}',
        );
      return words ?? '';
    });
  const { eligibility, applicability, suitability, action, content, context: fits, ...rest } = play;
  const { verb, ...act } = action;
  return {
    ...draft,
    play: {
      ...rest,
      title: fill(play.title),
      why: fill(play.why),
      action: { ...act, ...(verb && { verb: fill(verb) }) },
      ...settleFilter('eligibility', eligibility, values),
      ...settleFilter('applicability', applicability, values),
      ...settleFilter('suitability', suitability, values),
      serves: Object.fromEntries(
        Object.entries(play.serves).map(([goal, serves]) => [goal, settleServes(serves, values)]),
      ),
      ...(fits && {
        context: fits.map(({ when, points }) => ({ when: settle(when, values), points })),
      }),
      ...(content && { content: settleQuery(content, values, tags) }),
    },
  };
}

type Values = ReadonlyMap<string, AttributeValue>;

function valuesOf({ label, brand, family, priceMinor, attributes }: Product): Values {
  const own = { name: label, brand, family, price: priceMinor, ...attributes };
  return new Map(
    Object.entries(own).flatMap(([name, value]) =>
      value === undefined ? [] : [[`product.${name}`, value] as const],
    ),
  );
}

/** The filter, unless the product alone always meets it. */
function settleFilter(
  name: 'eligibility' | 'applicability' | 'suitability',
  filter: Condition | undefined,
  values: Values,
): Partial<Play> {
  const settled = filter && settle(filter, values);
  if (!settled || ('all' in settled && settled.all.length === 0)) return {};
  return { [name]: settled };
}

function settle(condition: Condition, values: Values): Condition {
  const all = (parts: readonly Condition[]): readonly Condition[] =>
    parts.map((part) => settle(part, values));
  if ('all' in condition) return conjoin(all(condition.all));
  if ('any' in condition) return { any: all(condition.any) };
  if ('not' in condition) return { not: settle(condition.not, values) };
  if ('where' in condition) return { ...condition, where: settle(condition.where, values) };
  const { attribute } = condition;
  if ('inAttribute' in condition) {
    const other = condition.inAttribute;
    const [here, there] = [values.get(attribute), values.get(other)];
    if (here !== undefined && there === undefined) return { attribute: other, in: listOf(here) };
    if (here === undefined && there !== undefined) return { attribute, in: listOf(there) };
  }
  if (!attribute.startsWith('product.')) return condition;
  const situated: Situated = { get: (name) => values.get(name), children: () => [] };
  const truth = judge(condition, situated);
  // Unknown stays what it is: a product without that value has none later either.
  return truth === undefined ? condition : truth ? ALWAYS : NEVER;
}

function listOf(value: AttributeValue): readonly (string | number | boolean)[] {
  return typeof value === 'object' ? value : [value];
}

function settleServes(serves: Serves, values: Values): Serves {
  const amount = 'share' in serves ? values.get(serves.of) : undefined;
  return 'share' in serves && typeof amount === 'number'
    ? { value: Math.round(serves.share * amount) }
    : serves;
}

function settleQuery(
  query: NonNullable<Play['content']>,
  values: Values,
  tags: ReadonlySet<string>,
): NonNullable<Play['content']> {
  const settled: { [name: string]: readonly AttributeValue[] | 'same' } = { ...query };
  for (const name of [...tags].sort()) {
    const value = values.get(name);
    if (value !== undefined && (query[name] === undefined || query[name] === 'same'))
      settled[name] = listOf(value);
  }
  for (const [name, wanted] of Object.entries(query))
    if (wanted === 'same' && name.startsWith('product.'))
      settled[name] = listOf(values.get(name) ?? []);
  return settled;
}

/** Words of a value; money has none that suit every reader. */
function printValue(value: AttributeValue, attribute: Attribute | undefined): string | undefined {
  const unit = attribute?.unit;
  if (unit === 'money' || unit === 'rate' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return unit === undefined ? String(value) : `${value} ${unit}`;
  const labelOf = (id: string): string =>
    attribute?.values?.find((one) => one.id === id)?.label ?? id;
  return typeof value === 'string' ? labelOf(value) : value.map(labelOf).join(', ');
}

/** Attributes of products that some content is tagged with. */
export function productTags(
  contents: readonly { readonly content: { readonly attributes: object } }[],
): ReadonlySet<string> {
  return new Set(
    contents.flatMap(({ content }) =>
      Object.keys(content.attributes).filter((name) => name.startsWith('product.')),
    ),
  );
}
