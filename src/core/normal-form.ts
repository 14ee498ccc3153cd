import type { Condition, Test, Truth } from '../domain/condition.js';
import type { RecordKind } from '../domain/value.js';

/** What is asked of a condition. Beside true and false there is unknown, so `not-true` is not `false`. */
export type Goal = 'true' | 'false' | 'not-true' | 'not-false';

/** A leaf that no rule of `all`, `any` and `not` takes apart. */
export type Atom = Test | { readonly has: RecordKind; readonly where: Condition };

/** When a condition meets a goal, in two-valued logic: unknown has gone into what is asked of the atoms. */
export type NormalForm =
  | { readonly all: readonly NormalForm[] }
  | { readonly any: readonly NormalForm[] }
  | { readonly atom: Atom; readonly goal: Goal };

const NEGATED = {
  true: 'false',
  false: 'true',
  'not-true': 'not-false',
  'not-false': 'not-true',
} as const;

export function normalForm(condition: Condition, goal: Goal): NormalForm {
  if ('not' in condition) return normalForm(condition.not, NEGATED[goal]);
  if ('hasNo' in condition) {
    const { hasNo, where } = condition;
    return { atom: { has: hasNo, where }, goal: NEGATED[goal] };
  }
  if ('all' in condition) {
    const parts = condition.all.map((part) => normalForm(part, goal));
    return goal === 'true' || goal === 'not-false' ? { all: parts } : { any: parts };
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => normalForm(part, goal));
    return goal === 'true' || goal === 'not-false' ? { any: parts } : { all: parts };
  }
  return { atom: condition, goal };
}

export function meets(truth: Truth, goal: Goal): boolean {
  return goal === 'true'
    ? truth === true
    : goal === 'false'
      ? truth === false
      : goal === 'not-true'
        ? truth !== true
        : truth !== false;
}

/** Every atom, in order of appearance, repeated ones too. */
export function atomsOf(form: NormalForm, into: Atom[] = []): Atom[] {
  if ('atom' in form) into.push(form.atom);
  else for (const part of 'all' in form ? form.all : form.any) atomsOf(part, into);
  return into;
}
