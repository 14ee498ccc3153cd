import type { Change, Condition, Situated, Truth } from '../domain/condition.js';
import type { AttributeValue } from '../domain/value.js';
import { type Box, type Narrowing, searchBoxes } from './boxes.js';
import { type Candidate, candidatesOf, type Domains, rangeAround } from './candidates.js';
import { isMissing, judge, judgePair, judgeTest, type ValueTest } from './condition.js';
import { type Atom, atomsOf, type Goal, meets, normalForm } from './normal-form.js';
import { stableJson } from './stable-json.js';

/** More altered attributes than this are told as "several". */
const MOST = 3;
/** Far beyond what conditions of ten attributes need; past it the best found so far counts. */
const STEP_LIMIT = 20_000;

interface Variable {
  readonly key: string;
  /** The attribute; for children their kind. */
  readonly name: string;
  readonly list: readonly Candidate[];
  /** Place in the list of what holds now. */
  readonly now: number;
}

/**
 * The fewest attributes to alter so that the condition becomes true, and values that would do; `several` when that takes
 * more than three; undefined when it is true already or can never be. Among equally few: the attributes that appear first
 * in the condition; of each the value nearest to what it holds now or, for values without an order, mentioned first.
 *
 * Children (`has`, `hasNo`) are not looked into: to have such a child, or none, counts as one alteration of an attribute
 * named by the kind (`opportunity`), from false or true to the other.
 */
export function findSmallestChange(
  condition: Condition,
  situated: Situated,
  domains: Domains,
): readonly Change[] | 'several' | undefined {
  if (judge(condition, situated)) return undefined;
  const form = normalForm(condition, 'true');
  const atoms = atomsOf(form);
  const variables = layOut(atoms, situated, domains);
  const places = new Map(variables.map(({ key }, i) => [key, i]));
  const known = new Map<string, readonly Narrowing[]>();
  const numbers = new Map(atoms.map((atom, i) => [atom, i]));
  const narrowings = ({ atom, goal }: { atom: Atom; goal: Goal }): readonly Narrowing[] => {
    const key = `${numbers.get(atom)} ${goal}`;
    const found = known.get(key) ?? narrow(atom, goal, variables, places);
    known.set(key, found);
    return found;
  };
  const start = variables.map(({ list }) => (1n << BigInt(list.length)) - 1n);
  const nowBits = variables.map(({ now }) => 1n << BigInt(now));
  const altered = (box: Box): number[] =>
    [...box.keys()].filter((i) => ((box[i] as bigint) & (nowBits[i] as bigint)) === 0n);

  let best: { readonly order: readonly number[]; readonly box: Box } | undefined;
  let most = MOST;
  const through = searchBoxes(form, start, {
    limit: STEP_LIMIT,
    narrowings,
    isHopeless: (box) => altered(box).length > most,
    found(box) {
      const which = altered(box);
      const order = [...which, ...which.map((i) => firstOf(box[i] as bigint))];
      if (!best || which.length < most || comesFirst(order, best.order)) best = { order, box };
      most = which.length;
      return false;
    },
  });
  if (best) {
    const { box } = best;
    return altered(box).map((i) => toChange(variables[i] as Variable, box[i] as bigint));
  }
  let possible = false;
  const sought = searchBoxes(form, start, {
    limit: STEP_LIMIT,
    narrowings,
    found() {
      possible = true;
      return true;
    },
  });
  return possible || !through || !sought ? 'several' : undefined;
}

/** The variables in order of appearance, each with its candidates and what holds now. */
function layOut(atoms: readonly Atom[], situated: Situated, domains: Domains): Variable[] {
  const variables = new Map<string, Variable>();
  const tests = new Map<string, ValueTest[]>();
  const partners = new Map<string, Set<string>>();
  const names: string[] = [];
  const meet = (attribute: string): void => {
    if (tests.has(attribute)) return;
    tests.set(attribute, []);
    partners.set(attribute, new Set());
    names.push(attribute);
  };
  for (const atom of atoms) {
    if ('has' in atom) {
      const key = keyOf(atom);
      if (!variables.has(key)) names.push(key);
      const truth = judge(atom, situated);
      const now = truth === undefined ? 2 : truth ? 0 : 1;
      variables.set(key, { key, name: atom.has, list: OUTCOMES, now });
    } else {
      meet(atom.attribute);
      if ('inAttribute' in atom) {
        meet(atom.inAttribute);
        partners.get(atom.attribute)?.add(atom.inAttribute);
        partners.get(atom.inAttribute)?.add(atom.attribute);
      } else tests.get(atom.attribute)?.push(atom);
    }
  }
  for (const [attribute, own] of tests) {
    const value = situated.get(attribute);
    const held = isMissing(value) ? undefined : value;
    const domain = domains(attribute);
    const others = [...(partners.get(attribute) ?? [])].flatMap((partner) =>
      valuesFor(domain?.type, partner, situated, tests.get(partner) ?? [], domains),
    );
    const allowed = domain?.values?.length ? domain.values.map(({ id }) => id) : undefined;
    const fitting = others.filter((one) =>
      Array.isArray(one)
        ? one.every((part) => !allowed || allowed.includes(part))
        : !allowed || allowed.includes(String(one)),
    );
    const { list } = candidatesOf(own, domain, held, fitting);
    const now = list.findIndex((one) => one.value === held);
    variables.set(attribute, { key: attribute, name: attribute, list, now });
  }
  return names.map((name) => variables.get(name) as Variable);
}

/** What another attribute holds or is compared with, as values of an attribute of this type. */
function valuesFor(
  type: string | undefined,
  partner: string,
  situated: Situated,
  tests: readonly ValueTest[],
  domains: Domains,
): AttributeValue[] {
  const domain = domains(partner);
  const value = situated.get(partner);
  const { list } = candidatesOf(tests, domain, isMissing(value) ? undefined : value);
  const listed = domain?.type === 'multi' ? (domain.values ?? []).map(({ id }) => id) : [];
  return [...list.map((one) => one.value), ...listed].flatMap((one) =>
    one === undefined
      ? []
      : type === 'multi'
        ? [Array.isArray(one) ? one : [String(one)]]
        : Array.isArray(one)
          ? [...one]
          : [one],
  );
}

const OUTCOMES: readonly Candidate[] = [{ value: true }, { value: false }, {}];

function keyOf(atom: Atom): string {
  return 'has' in atom ? `= ${stableJson(atom)}` : atom.attribute;
}

function narrow(
  atom: Atom,
  goal: Goal,
  variables: readonly Variable[],
  places: ReadonlyMap<string, number>,
): readonly Narrowing[] {
  const variable = places.get(keyOf(atom)) as number;
  const { list } = variables[variable] as Variable;
  if ('has' in atom) {
    return [[{ variable, mask: maskOf(list, ({ value }) => meets(value as Truth, goal)) }]];
  }
  if (!('inAttribute' in atom)) {
    return [[{ variable, mask: maskOf(list, ({ value }) => meets(judgeTest(atom, value), goal)) }]];
  }
  const other = places.get(atom.inAttribute) as number;
  const others = (variables[other] as Variable).list;
  const byOther = new Map<bigint, bigint>();
  for (const [i, { value }] of list.entries()) {
    const mask = maskOf(others, (one) => meets(judgePair(value, one.value), goal));
    byOther.set(mask, (byOther.get(mask) ?? 0n) | (1n << BigInt(i)));
  }
  return [...byOther].map(([mask, own]) => [
    { variable, mask: own },
    { variable: other, mask },
  ]);
}

function maskOf(list: readonly Candidate[], isAllowed: (one: Candidate) => boolean): bigint {
  let mask = 0n;
  for (const [i, one] of list.entries()) if (isAllowed(one)) mask |= 1n << BigInt(i);
  return mask;
}

function isSet(mask: bigint, bit: number): boolean {
  return ((mask >> BigInt(bit)) & 1n) === 1n;
}

function firstOf(mask: bigint): number {
  let bit = 0;
  while (!isSet(mask, bit)) bit++;
  return bit;
}

function comesFirst(order: readonly number[], other: readonly number[]): boolean {
  const at = order.findIndex((one, i) => one !== other[i]);
  return at >= 0 && (order[at] as number) < (other[at] as number);
}

function toChange({ name, list, now }: Variable, mask: bigint): Change {
  const chosen = firstOf(mask);
  const from = list[now]?.value;
  const to = list[chosen]?.value;
  const range = rangeAround(list, (i) => isSet(mask, i), chosen);
  return {
    attribute: name,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(range ? { range } : {}),
  };
}
