import { textOption, usageError } from '../command.js';
import type { Topic } from './analyze.js';

export const triesTopic: Topic = {
  name: 'tries',
  options: [{ name: 'rep', value: 'R', about: 'whose tries, for that person: connection:rep:id' }],
  read(given) {
    const rep = textOption(given, 'rep');
    if (rep === undefined)
      throw usageError(
        'it needs --rep',
        'Tries are told to their rep alone: --rep connection:rep:id',
      );
    return { topic: 'tries', rep };
  },
};
