import type { Topic } from './analyze.js';
import { PEERS_OPTION, readPeers } from './read-peers.js';
import { PURCHASE_OPTIONS, readPurchases } from './retention.js';

export const walletTopic: Topic = {
  name: 'wallet',
  options: [...PURCHASE_OPTIONS, PEERS_OPTION],
  read: (given, playbook) => ({
    topic: 'wallet',
    peers: readPeers(given, playbook),
    ...readPurchases(given),
  }),
};
