import type { Product } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import { type Context, resolveName } from './context.js';
import { suggest } from './did-you-mean.js';
import { readQuantity, readStored } from './literal.js';
import { entriesOf, fieldOf, mapsOf, namesOf, scalarOf, textOf, textsOf } from './tree-access.js';
import { reportTwins } from './twins.js';
import type { MapTree, ScalarTree, Tree } from './yaml-tree.js';

/** The catalogue. `requires` is checked here and leaves no trace in the playbook. */
export function readProducts(file: Tree | undefined, context: Context): readonly Product[] {
  const maps = mapsOf(fieldOf(file, 'products'));
  const products: Product[] = [];
  for (const map of maps) {
    const product = readProduct(map, context);
    if (products.every(({ id }) => id !== product.id)) products.push(product);
  }
  reportTwins('product', namesOf(fieldOf(file, 'products')), context.report);
  const first = maps.filter(
    (map, i) => maps.findIndex((one) => textOf(one, 'id') === textOf(map, 'id')) === i,
  );
  checkCombinations(first, products, context);
  return products;
}

function readProduct(map: MapTree, context: Context): Product {
  const id = textOf(map, 'id') ?? '';
  const brand = textOf(map, 'brand');
  const family = textOf(map, 'family');
  const money = (key: string): number | undefined => {
    const tree = scalarOf(map, key);
    const amount = tree && readQuantity(tree, { id: `${id}.${key}`, unit: 'money' }, context);
    if (tree && amount !== undefined && amount < 0)
      context.report.error(
        'out-of-range',
        tree.at,
        `${key} of "${id}" is negative`,
        'write 0 or more',
      );
    return amount;
  };
  const costMinor = money('cost');
  const excludes = textsOf(map, 'excludes').map(({ source }) => source);
  const attributes: { [name: string]: AttributeValue } = {};
  for (const [name, { value, keyAt }] of entriesOf(fieldOf(map, 'attributes'))) {
    const qualified = resolveName(name, keyAt, { bare: 'product', kinds: ['product'] }, context);
    const attribute = qualified === undefined ? undefined : context.attributes.get(qualified);
    const stored = attribute && readStored(value, attribute, context);
    if (attribute && stored !== undefined)
      attributes[attribute.id.slice('product.'.length)] = stored;
  }
  return {
    id,
    label: textOf(map, 'label') ?? id,
    priceMinor: money('price') ?? 0,
    attributes,
    ...(brand !== undefined && { brand }),
    ...(family !== undefined && { family }),
    ...(costMinor !== undefined && { costMinor }),
    ...(excludes.length > 0 && { excludes }),
  };
}

/** Products that nobody could ever order: what they need, directly or not, excludes them or each other. */
function checkCombinations(
  maps: readonly MapTree[],
  products: readonly Product[],
  context: Context,
): void {
  const needs = new Map<string, readonly string[]>();
  const bars = new Map<string, readonly string[]>();
  const names = products.map(({ id, label }) => ({ id, label }));
  for (const map of maps) {
    const id = textOf(map, 'id') ?? '';
    const known = (tree: ScalarTree): boolean => {
      if (names.some((name) => name.id === tree.source)) return true;
      context.report.error(
        'unknown-product',
        tree.at,
        `product "${id}" names "${tree.source}", which is not in the catalogue`,
        suggest(tree.source, names, 'add it to products.yaml'),
      );
      return false;
    };
    const list = (key: string): readonly string[] =>
      textsOf(map, key)
        .filter(known)
        .map(({ source }) => source);
    needs.set(id, list('requires'));
    bars.set(id, list('excludes'));
  }
  const excludes = (a: string, b: string): boolean =>
    bars.get(a)?.includes(b) === true || bars.get(b)?.includes(a) === true;
  for (const map of maps) {
    const id = textOf(map, 'id') ?? '';
    const together = [...closure(id, needs)];
    const clash = together.flatMap((a, index) =>
      together.slice(index).flatMap((b) => (excludes(a, b) ? [[a, b] as const] : [])),
    )[0];
    if (clash)
      context.report.error(
        'contradiction',
        fieldOf(map, 'requires')?.at ?? fieldOf(map, 'excludes')?.at ?? map.at,
        clash[0] === clash[1]
          ? `product "${id}" excludes itself`
          : `product "${id}" can never be ordered: it needs "${clash[0]}" and "${clash[1]}", which exclude each other`,
        'change requires or excludes',
      );
  }
}

function closure(id: string, needs: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([id]);
  for (const one of found) for (const other of needs.get(one) ?? []) found.add(other);
  return found;
}
