import type { Condition } from '../domain/condition.js';
import { type Box, type Narrowing, searchBoxes } from './boxes.js';
import { type Candidates, candidatesOf, type Domains } from './candidates.js';
import { judgeTest, type ValueTest } from './condition.js';
import {
  type Atom,
  atomsOf,
  type Goal,
  meets,
  type NormalForm,
  normalForm,
} from './normal-form.js';
import { stableJson } from './stable-json.js';

/** Enough for every condition that a person wrote; past it the answer is the careful one. */
const STEP_LIMIT = 5_000;

/** Why a condition can never be true. */
export interface NeverTrue {
  /** A value that the attribute cannot have, or tests of which one excludes the other. */
  readonly because: 'no-such-value' | 'contradiction';
  /** Absent when no single attribute is to blame. */
  readonly attribute?: string;
  /** The values asked for that do not exist; or what cannot hold together. */
  readonly values?: readonly (string | number | boolean)[];
  readonly tests: readonly Atom[];
}

/**
 * Whether some record could make the condition true. Never wrongly says that it is impossible, given that attributes
 * hold only what their domain declares; may say that a condition is possible which is not (comparisons between
 * attributes and undeclared attributes are hardly looked into).
 */
export function isSatisfiable(condition: Condition, domains: Domains): true | NeverTrue {
  const form = normalForm(condition, 'true');
  return canHold(form, domains) || blame(form, domains);
}

/** True only when every record that makes `b` true surely makes `a` true. */
export function implies(b: Condition, a: Condition, domains: Domains): boolean {
  return !canHold({ all: [normalForm(b, 'true'), normalForm(a, 'not-true')] }, domains);
}

interface Variable {
  readonly candidates: Candidates;
  /** For an atom that is looked at as a whole. */
  readonly opaque?: Atom;
}

/** How an opaque atom comes out: true, false, unknown. */
const OUTCOMES = [true, false, undefined] as const;

function canHold(form: NormalForm, domains: Domains): boolean {
  const variables: Variable[] = [];
  const places = new Map<string, number>();
  const place = (key: string, make: () => Variable): number => {
    let at = places.get(key);
    if (at === undefined) {
      at = variables.push(make()) - 1;
      places.set(key, at);
    }
    return at;
  };
  const atoms = atomsOf(form);
  const masks = new Map<Atom, (goal: Goal) => Narrowing>();
  for (const atom of atoms) {
    if ('attribute' in atom && !('inAttribute' in atom)) {
      const { attribute } = atom;
      const variable = place(attribute, () => {
        const tests = atoms.filter(
          (one): one is ValueTest =>
            'attribute' in one && one.attribute === attribute && !('inAttribute' in one),
        );
        return { candidates: candidatesOf(tests, domains(attribute)) };
      });
      const { list, complete } = (variables[variable] as Variable).candidates;
      if (complete) {
        masks.set(atom, (goal) => [
          { variable, mask: maskOf(list.map(({ value }) => meets(judgeTest(atom, value), goal))) },
        ]);
        continue;
      }
    }
    const variable = place(`= ${stableJson(atom)}`, () => ({
      candidates: { list: [{}, {}, {}], complete: true },
      opaque: atom,
    }));
    const impossible = isNever(atom, domains);
    masks.set(atom, (goal) => [
      {
        variable,
        mask: maskOf(
          OUTCOMES.map((outcome) => meets(outcome, goal) && !(outcome === true && impossible)),
        ),
      },
    ]);
  }
  let possible = false;
  const through = searchBoxes(
    form,
    variables.map(({ candidates }) => full(candidates)),
    {
      limit: STEP_LIMIT,
      narrowings: ({ atom, goal }) => [(masks.get(atom) as (goal: Goal) => Narrowing)(goal)],
      found(box) {
        possible = !childrenClash(variables, box, domains);
        return possible;
      },
    },
  );
  return possible || !through;
}

function full({ list }: Candidates): bigint {
  return (1n << BigInt(list.length)) - 1n;
}

function maskOf(allowed: readonly boolean[]): bigint {
  let mask = 0n;
  for (const [i, one] of allowed.entries()) if (one) mask |= 1n << BigInt(i);
  return mask;
}

/** An opaque atom that nothing can make true. */
function isNever(atom: Atom, domains: Domains): boolean {
  if ('has' in atom) return isSatisfiable(atom.where, domains) !== true;
  if ('in' in atom) return atom.in.length === 0;
  if ('textIn' in atom) return atom.textIn.length === 0;
  if (!('range' in atom)) return false;
  const { gt, gte, lt, lte } = atom.range;
  const low = Math.max(gt ?? Number.NEGATIVE_INFINITY, gte ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(lt ?? Number.POSITIVE_INFINITY, lte ?? Number.POSITIVE_INFINITY);
  return low > high || (low === high && (low === gt || high === lt));
}

/** A child that meets one description meets every wider one. */
function childrenClash(variables: readonly Variable[], box: Box, domains: Domains): boolean {
  const met: Extract<Atom, { has: unknown }>[] = [];
  const unmet: typeof met = [];
  for (const [i, { opaque }] of variables.entries()) {
    if (!opaque || !('has' in opaque)) continue;
    if (box[i] === 1n) met.push(opaque);
    else if (((box[i] as bigint) & 1n) === 0n) unmet.push(opaque);
  }
  return met.some((one) =>
    unmet.some((other) => one.has === other.has && implies(one.where, other.where, domains)),
  );
}

/** Looks for the smallest part of what is asked that cannot hold by itself. */
function blame(form: NormalForm, domains: Domains): NeverTrue {
  if ('all' in form) {
    const part = form.all.find((one) => !canHold(one, domains));
    if (part) return blame(part, domains);
    // Together they clash: leave out what is not needed for the clash.
    let clash = form.all;
    for (const one of form.all) {
      const fewer = clash.filter((other) => other !== one);
      if (!canHold({ all: fewer }, domains)) clash = fewer;
    }
    return contradiction(atomsOf({ all: clash }));
  }
  if ('any' in form) {
    const first = form.any[0];
    return first ? blame(first, domains) : { because: 'contradiction', tests: [] };
  }
  const { atom, goal } = form;
  if (goal === 'true' && 'has' in atom) {
    const inside = isSatisfiable(atom.where, domains);
    if (inside !== true) return inside;
  }
  const asked = goal !== 'true' ? [] : 'in' in atom ? atom.in : 'hasAll' in atom ? atom.hasAll : [];
  const listed = 'attribute' in atom ? domains(atom.attribute)?.values?.map(({ id }) => id) : [];
  const values = asked.filter((one) => !listed?.includes(String(one)));
  return values.length > 0 && listed?.length && 'attribute' in atom
    ? { because: 'no-such-value', attribute: atom.attribute, values, tests: [atom] }
    : contradiction([atom]);
}

function contradiction(tests: readonly Atom[]): NeverTrue {
  const attributes = new Set(
    tests.map((test) => ('attribute' in test ? test.attribute : test.has)),
  );
  const [attribute] = attributes;
  return attributes.size === 1 && attribute !== undefined
    ? { because: 'contradiction', attribute, tests }
    : { because: 'contradiction', tests };
}
