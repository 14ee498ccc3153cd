import { textOption } from '../command.js';
import { parseMoment } from '../moments.js';
import type { Topic } from './analyze.js';
import { rateOption } from './read-question.js';
import { PURCHASE_OPTIONS, readPurchases } from './retention.js';

export const proofTopic: Topic = {
  name: 'proof',
  options: [
    ...PURCHASE_OPTIONS.filter(({ name }) => name !== 'product'),
    {
      name: 'since',
      value: 'T',
      about: 'from when on. Default: when the first account got an arm',
    },
    {
      name: 'matters',
      value: 'R',
      about:
        'share of the sales of a held out group, below which a difference changes nothing. Default: 0.05',
    },
  ],
  read(given) {
    const since = textOption(given, 'since');
    const { product: _, ...purchases } = readPurchases(given);
    return {
      topic: 'proof',
      ...purchases,
      ...(since !== undefined && { since: parseMoment(since, '--since') }),
      matters: rateOption(given, 'matters', 0.05),
    };
  },
};
