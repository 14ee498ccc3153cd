import { textOption } from '../command.js';
import { parseMoment } from '../moments.js';
import type { Topic } from './analyze.js';
import { readOutcome } from './read-question.js';

export const rampTopic: Topic = {
  name: 'ramp',
  options: [
    { name: 'won', value: 'A=V', about: 'what tells that one was won: opportunity.stage=Won' },
    { name: 'lost', value: 'A=V', about: 'what tells that one was lost: opportunity.stage=Lost' },
    { name: 'until', value: 'T', about: 'as things stood then. Default: the last fact' },
  ],
  read(given, playbook) {
    const until = textOption(given, 'until');
    return {
      topic: 'ramp',
      outcome: readOutcome(given, playbook),
      ...(until !== undefined && { until: parseMoment(until, '--until') }),
    };
  },
};
