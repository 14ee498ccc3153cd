import { reasonsIn } from '../../src/insights/menu.js';
import { textOption, usageError } from '../command.js';
import { printable } from '../text.js';
import type { Topic } from './analyze.js';
import { knownAttribute, listOption, readOutcome } from './read-question.js';

export const reasonsTopic: Topic = {
  name: 'reasons',
  options: [
    { name: 'won', value: 'A=V', about: 'what tells that one was won: opportunity.stage=Won' },
    { name: 'lost', value: 'A=V', about: 'what tells that one was lost: opportunity.stage=Lost' },
    {
      name: 'reason',
      value: 'A',
      about: 'the attribute of the opportunity with the reason. Default: by its name',
    },
    {
      name: 'about',
      value: 'A,B',
      about:
        'attributes of the opportunity with its product or service, of which the first one told counts. Default: by name',
    },
  ],
  read(given, playbook) {
    const known = reasonsIn(playbook);
    const written = textOption(given, 'reason') ?? known.reason;
    const about = listOption(given, 'about');
    const products = about.length > 0 ? about : known.products;
    const missing = written === undefined ? 'reason' : products.length === 0 ? 'about' : undefined;
    const other = [written ?? '', ...products].find((name) => !name.startsWith('opportunity.'));
    if (written === undefined || missing !== undefined || other !== undefined)
      throw usageError(
        missing === undefined
          ? `"${printable(other ?? '')}" is no attribute of the opportunity`
          : `no attribute of the opportunity in this playbook looks like ${missing === 'reason' ? 'why one was lost' : 'its product or service'}`,
        missing === undefined
          ? 'Write --reason opportunity.lossReason --about opportunity.product'
          : `Name one by --${missing}, or declare one and let the import fill it in`,
      );
    return {
      topic: 'reasons',
      outcome: readOutcome(given, playbook),
      reason: knownAttribute(written, 'reason', playbook),
      products: products.map((name) => knownAttribute(name, 'about', playbook)),
    };
  },
};
