import type { Topic } from './analyze.js';

export const tradeoffTopic: Topic = {
  name: 'tradeoff',
  options: [],
  read: () => ({ topic: 'tradeoff' }),
};
