import { OpportuneError } from 'opportune';
import { printable } from '../text.js';

/** One line of a log, its actions by their place among all. */
export interface LoggedRound {
  readonly action: number;
  readonly reward: number;
  readonly propensity: number;
  /** The policy that the log names, what the logging one might have done, and what a model predicts: by action. */
  readonly target?: readonly number[];
  readonly logged?: readonly number[];
  readonly predicted?: readonly number[];
  /** What was known, from the coarsest on. */
  readonly context: readonly string[];
  readonly unit?: string;
}

export const logError = (what: string, where: string, remedy: string): OpportuneError =>
  new OpportuneError('opportune/log', what, { where, remedy });

const FIELDS = [
  'action',
  'reward',
  'propensity',
  'target',
  'logged',
  'predicted',
  'context',
  'unit',
];
const LARGEST = 1e12;
const MOST_ACTIONS = 10_000;
/** Probabilities are written with few digits. */
const ROUNDED = 1e-6;

/** A round of what a line says; `place` gives each action its place. Throws with the place of what is wrong. */
export function toLoggedRound(
  given: { readonly [field: string]: unknown },
  where: string,
  place: (name: string) => number,
): LoggedRound {
  const wrong = (what: string, remedy: string): OpportuneError => logError(what, where, remedy);
  const strange = Object.keys(given).find((field) => !FIELDS.includes(field));
  if (strange !== undefined)
    throw wrong(`"${printable(strange)}" is not known`, `A round has ${FIELDS.join(', ')}`);
  const { reward, propensity, unit } = given;
  if (typeof reward !== 'number' || !(Math.abs(reward) <= LARGEST))
    throw wrong(`reward is ${show(reward)}`, 'Give a number');
  if (typeof propensity !== 'number' || !(propensity > 0 && propensity <= 1))
    throw wrong(
      `propensity is ${show(propensity)}`,
      'Give how likely the policy that made the log was to choose this action: above 0, at most 1',
    );
  if (unit !== undefined && typeof unit !== 'string' && typeof unit !== 'number')
    throw wrong(`unit is ${show(unit)}`, 'Give the id of what rounds share, as a text');
  const numbers = (field: 'target' | 'logged' | 'predicted'): number[] | undefined => {
    const value = given[field];
    if (value === undefined) return undefined;
    const entries: [string, unknown][] = Array.isArray(value)
      ? value.map((one, i): [string, unknown] => [String(i), one])
      : typeof value === 'object' && value !== null
        ? Object.entries(value)
        : [];
    if (entries.length === 0 || entries.length > MOST_ACTIONS)
      throw wrong(`${field} is ${show(value)}`, 'Give a number for each action');
    const isShare = field !== 'predicted';
    const list: number[] = [];
    for (const [name, one] of entries) {
      if (typeof one !== 'number' || !(Math.abs(one) <= LARGEST) || (isShare && !(one >= 0)))
        throw wrong(`${field} of ${printable(name)} is ${show(one)}`, 'Give a number');
      list[place(name)] = one;
    }
    for (let i = 0; i < list.length; i++) list[i] ??= 0;
    const sum = list.reduce((total, one) => total + one, 0);
    if (isShare && Math.abs(sum - 1) > ROUNDED * entries.length)
      throw wrong(`${field} adds up to ${sum}`, 'Give probabilities that add up to 1');
    return list;
  };
  // Those of a list have their places by it, whichever of them comes first in the log.
  const [target, logged, predicted] = [numbers('target'), numbers('logged'), numbers('predicted')];
  const name = given.action;
  if (!(typeof name === 'string' && name !== '') && !(Number.isInteger(name) && Number(name) >= 0))
    throw wrong(`action is ${show(name)}`, 'Give a name, or a whole number from 0 on');
  const action = place(String(name));
  if (logged && Math.abs((logged[action] ?? 0) - propensity) > ROUNDED)
    throw wrong(
      `propensity is ${propensity}, and logged says ${logged[action] ?? 0}`,
      'Both are the probability of the same action: correct one',
    );
  return {
    action,
    reward,
    propensity,
    context: toContext(given.context, wrong),
    ...(unit !== undefined && { unit: String(unit) }),
    ...(target && { target }),
    ...(logged && { logged }),
    ...(predicted && { predicted }),
  };
}

function toContext(
  context: unknown,
  wrong: (what: string, remedy: string) => OpportuneError,
): readonly string[] {
  const parts =
    context === undefined || context === null
      ? []
      : Array.isArray(context)
        ? context
        : typeof context === 'object'
          ? Object.values(context)
          : [context];
  if (!parts.every((part) => ['string', 'number', 'boolean'].includes(typeof part)))
    throw wrong(`context is ${show(context)}`, 'Give texts or numbers, the coarsest first');
  return parts.map((_, i) => parts.slice(0, i + 1).join('|'));
}

const show = (value: unknown): string =>
  value === undefined ? 'not there' : printable(String(JSON.stringify(value)).slice(0, 40));
