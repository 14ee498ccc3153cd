import type { AttributeValue, Playbook } from 'opportune';
import { type Given, usageError } from '../command.js';
import type { PatternWords } from './pattern-words.js';
import { knownAttribute, listOption } from './read-question.js';

export const PEERS_OPTION = {
  name: 'peers',
  value: 'A,B',
  about:
    'attributes of the account in which customers are comparable: alike in choices, near in numbers',
} as const;

/** The attributes of `--peers`; who is comparable is for people to say. */
export function readPeers(given: Given, playbook: Playbook): readonly string[] {
  const names = listOption(given, 'peers').map((name) => knownAttribute(name, 'peers', playbook));
  const possible = playbook.attributes.filter(
    ({ of, type, derive }) =>
      of === 'account' && !derive && (type === 'choice' || type === 'number'),
  );
  const wrong = names.find((name) => !name.startsWith('account.'));
  if (names.length > 0 && wrong === undefined) return names;
  throw usageError(
    wrong === undefined ? 'it needs --peers' : `--peers: ${wrong} is not of the account`,
    `Say in what comparable customers are alike, such as --peers ${possible
      .slice(0, 2)
      .map(({ id }) => id)
      .join(',')}`,
  );
}

/** `Segment Core, Employees 100 to 500`. */
export function peerText(
  alikeIn: readonly string[],
  alike: readonly (AttributeValue | { readonly from?: number; readonly to?: number })[],
  words: PatternWords,
): string {
  return alikeIn
    .map((attribute, i) => {
      const one = alike[i];
      const label = words.label(attribute);
      if (typeof one === 'object' && !Array.isArray(one)) {
        const { from, to } = one as { readonly from?: number; readonly to?: number };
        const value = (bound: number): string => words.value(attribute, bound);
        if (from !== undefined && to !== undefined)
          return `${label} ${value(from)} to ${value(to)}`;
        if (from !== undefined) return `${label} from ${value(from)}`;
        return to === undefined ? label : `${label} below ${value(to)}`;
      }
      return `${label} ${words.value(attribute, one as AttributeValue)}`;
    })
    .join(', ');
}
