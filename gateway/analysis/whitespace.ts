import { textOption } from '../command.js';
import type { Topic } from './analyze.js';
import { PEERS_OPTION, readPeers } from './read-peers.js';
import { PURCHASE_OPTIONS, readPurchases } from './retention.js';

export const whitespaceTopic: Topic = {
  name: 'whitespace',
  options: [
    ...PURCHASE_OPTIONS,
    PEERS_OPTION,
    { name: 'seed', value: 'S', about: 'hides other products in the check. Default: 1' },
  ],
  read: (given, playbook) => ({
    topic: 'whitespace',
    peers: readPeers(given, playbook),
    seed: textOption(given, 'seed') ?? '1',
    ...readPurchases(given),
  }),
};
