import type { Playbook } from 'opportune';
import type { PurchaseQuestion, Question } from '../../src/insights/question.js';
import { type Given, textOption, usageError } from '../command.js';
import { parseMoment } from '../moments.js';
import type { Topic } from './analyze.js';
import { knownAttribute, listOption, readIs, wholeOption } from './read-question.js';

/** How purchases are told, and up to when. */
export const PURCHASE_OPTIONS: Topic['options'] = [
  { name: 'purchase', value: 'TYPE', about: 'the facts that are purchases. Default: purchase' },
  { name: 'product', value: 'FIELD', about: 'their field with the product. Default: product' },
  { name: 'amount', value: 'FIELD', about: 'their field with what was paid. Default: amount' },
  { name: 'until', value: 'T', about: 'as things stood then. Default: the last fact' },
];

export const retentionTopic: Topic = {
  name: 'retention',
  options: [
    ...PURCHASE_OPTIONS,
    { name: 'days', value: 'N', about: 'how far to look ahead. Default: 90' },
    { name: 'left', value: 'A=V', about: 'under contract: who left, account.churned=true' },
    { name: 'stayed', value: 'A=V', about: 'under contract: who stayed, account.churned=false' },
    { name: 'leave-out', value: 'A,B', about: 'attributes that are not looked at' },
    { name: 'seed', value: 'S', about: 'deals customers out anew for the check. Default: 1' },
  ],
  read: readRetention,
};

function readRetention(given: Given, playbook: Playbook): Question {
  const isContract =
    textOption(given, 'left') !== undefined || textOption(given, 'stayed') !== undefined;
  const purchases = readPurchases(given);
  if (!isContract)
    return { topic: 'retention', days: wholeOption(given, 'days', 1) ?? 90, ...purchases };
  const left = readIs(given, 'left', playbook);
  const stayed = readIs(given, 'stayed', playbook);
  if (left.attribute !== stayed.attribute || !left.attribute.startsWith('account.'))
    throw usageError(
      '--left and --stayed are not of one attribute of the account',
      'Write --left account.churned=true --stayed account.churned=false',
    );
  return {
    topic: 'renewal',
    attribute: left.attribute,
    left: left.values,
    stayed: stayed.values,
    leaveOut: listOption(given, 'leave-out').map((name) =>
      knownAttribute(name, 'leave-out', playbook),
    ),
    seed: textOption(given, 'seed') ?? '1',
    ...purchases,
  };
}

export function readPurchases(given: Given): PurchaseQuestion {
  const until = textOption(given, 'until');
  return {
    purchase: textOption(given, 'purchase') ?? 'purchase',
    product: textOption(given, 'product') ?? 'product',
    amount: textOption(given, 'amount') ?? 'amount',
    ...(until !== undefined && { until: parseMoment(until, '--until') }),
  };
}
