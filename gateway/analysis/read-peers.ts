import type { Playbook } from 'opportune';
import { type Given, usageError } from '../command.js';
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
