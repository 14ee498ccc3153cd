import { readFileSync } from 'node:fs';
import type { Round } from '../../src/off-policy/weigh-log.js';
import { usageError } from '../command.js';
import { printable } from '../text.js';
import { type LoggedRound, logError } from './log-line.js';
import type { Log } from './read-log.js';

/** What a policy would do in each round, in place of what was done: `uniform`, `given`, `greedy`, `only=ACTION`, or a file. */
export function targetsOf(
  policy: string,
  { actions, rounds }: Log,
  predicted: readonly (readonly number[])[],
): readonly Round['target'][] {
  const shared = new Map<string, readonly number[]>();
  /** One list for all rounds in which the same actions are open. */
  const among = (round: LoggedRound, make: (open: readonly number[]) => readonly number[]) => {
    const open = openIn(round, actions.length);
    const key = open.join();
    const made = shared.get(key) ?? make(open);
    shared.set(key, made);
    return made;
  };
  const only = (chosen: number): readonly number[] => actions.map((_, i) => (i === chosen ? 1 : 0));
  if (policy === 'uniform')
    return rounds.map((round) =>
      among(round, (open) => {
        const isOpen = new Set(open);
        return actions.map((_, i) => (isOpen.has(i) ? 1 / open.length : 0));
      }),
    );
  if (policy === 'given')
    return rounds.map(({ target }, i) => {
      if (target) return target;
      throw usageError(
        `--policy given: round ${i + 1} names no target`,
        'Give target with every round, or another policy',
      );
    });
  if (policy === 'greedy') {
    const single = actions.map((_, i) => only(i));
    return rounds.map((round, i) => {
      const worth = predicted[i] as readonly number[];
      let best: number | undefined;
      for (const action of openIn(round, actions.length))
        if (best === undefined || (worth[action] as number) > (worth[best] as number))
          best = action;
      return single[best ?? 0] as readonly number[];
    });
  }
  const fixed = policy.startsWith('only=')
    ? only(placeOf(policy.slice('only='.length), actions, '--policy'))
    : readPolicy(policy, actions);
  return rounds.map(() => fixed);
}

/** Actions that could have been chosen then, as far as the log says. */
const openIn = ({ logged }: LoggedRound, size: number): readonly number[] => {
  const all = Array.from({ length: size }, (_, i) => i);
  return logged ? all.filter((i) => (logged[i] as number) > 0) : all;
};

function placeOf(name: string, actions: readonly string[], where: string): number {
  const at = actions.indexOf(name);
  if (at >= 0) return at;
  const some = actions.slice(0, 12).map(printable).join(', ');
  throw usageError(
    `${where}: the log has no action "${printable(name)}"`,
    `It has ${some}${actions.length > 12 ? ', ...' : ''}`,
  );
}

/** How often a policy chooses each action whatever is known: a list, or an object by action. */
function readPolicy(file: string, actions: readonly string[]): readonly number[] {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError) && (error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw error;
    throw usageError(
      `--policy ${printable(file)} is no policy, and no file of JSON`,
      'Give uniform, given, greedy, only=ACTION, or a file of probabilities by action',
    );
  }
  const entries: readonly (readonly [string, unknown])[] =
    typeof read === 'object' && read !== null ? Object.entries(read) : [];
  const shares = actions.map(() => 0);
  for (const [name, share] of entries) {
    if (typeof share !== 'number' || !(share >= 0 && share <= 1))
      throw logError(`"${printable(name)}" is no probability`, file, 'Give numbers from 0 to 1');
    shares[placeOf(name, actions, file)] = share;
  }
  const sum = shares.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) > 1e-6)
    throw logError(`probabilities add up to ${sum}`, file, 'Give some that add up to 1');
  return shares;
}
