import { textOption } from '../command.js';
import { parseMoment } from '../moments.js';
import type { Topic } from './analyze.js';
import { wholeOption } from './read-question.js';

export const actionsTopic: Topic = {
  name: 'actions',
  options: [
    {
      name: 'rep',
      value: 'R',
      about: 'whose actions, for that person: connection:rep:id. Default: of all together',
    },
    {
      name: 'within',
      value: 'N',
      about: 'days in which what a buyer does counts as after an action. Default: 14',
    },
    { name: 'until', value: 'T', about: 'as things stood then. Default: the last fact' },
  ],
  read(given) {
    const rep = textOption(given, 'rep');
    const windowDays = wholeOption(given, 'within', 1);
    const until = textOption(given, 'until');
    return {
      topic: 'actions',
      ...(rep !== undefined && { rep }),
      ...(windowDays !== undefined && { windowDays }),
      ...(until !== undefined && { until: parseMoment(until, '--until') }),
    };
  },
};
