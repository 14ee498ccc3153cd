import { type AccountBook, createAccountBook } from '../../src/account-book.js';
import {
  analyzeBuying,
  analyzeRenewals,
  type BuyingAgain,
  isTooLittle,
  type Renewals,
  type TooLittleData,
} from '../../src/analyze-retention.js';
import { runSliced } from '../../src/core/run-sliced.js';
import { type Given, type Terminal, textOption, usageError } from '../command.js';
import { parseMoment } from '../moments.js';
import { loadPlaybook } from '../playbook-folder.js';
import type { Analyzed, Topic } from './analyze.js';
import { eachAccount } from './each-account.js';
import { createPatternWords } from './pattern-words.js';
import { knownAttribute, listOption, readIs, wholeOption } from './read-question.js';
import { renewalReport } from './renewal-report.js';
import { buyingReport } from './retention-report.js';

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
  run: analyzeRetention,
};

async function analyzeRetention(given: Given, terminal: Terminal): Promise<Analyzed> {
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', terminal.now());
  const words = createPatternWords(playbook, { now: terminal.now() });
  const isContract =
    textOption(given, 'left') !== undefined || textOption(given, 'stayed') !== undefined;
  if (!isContract) {
    const days = wholeOption(given, 'days', 1) ?? 90;
    const book = await gatherAccounts(given, terminal, playbook);
    const buying = analyzeBuying(book, days);
    return {
      result: { today: book.today, days, ...buying },
      report: buyingReport(buying, { words, days, book }),
      found: !isTooLittle<BuyingAgain>(buying),
    };
  }
  const left = readIs(given, 'left', playbook);
  const stayed = readIs(given, 'stayed', playbook);
  if (left.attribute !== stayed.attribute || !left.attribute.startsWith('account.'))
    throw usageError(
      '--left and --stayed are not of one attribute of the account',
      'Write --left account.churned=true --stayed account.churned=false',
    );
  const leaveOut = listOption(given, 'leave-out').map((name) =>
    knownAttribute(name, 'leave-out', playbook),
  );
  const book = await gatherAccounts(given, terminal, playbook);
  const question = {
    attribute: left.attribute,
    left: left.values,
    stayed: stayed.values,
    leaveOut,
  };
  const renewals: Renewals | TooLittleData = await runSliced(
    analyzeRenewals(book, { ...question, seed: textOption(given, 'seed') ?? '1' }),
    {
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      signal: terminal.signal,
      progress: (share) => terminal.progress?.(`${Math.round(100 * share)} % learned`),
    },
  );
  terminal.progress?.('');
  return {
    result: isTooLittle<Renewals>(renewals)
      ? { question, ...renewals }
      : { question, ...toJson(renewals) },
    report: renewalReport(renewals, { words, question }),
    found: !isTooLittle<Renewals>(renewals),
  };
}

function toJson({ risk, accounts, columns, leaks }: Renewals): object {
  const { risk: risks, reasons, ...check } = risk;
  return {
    ...check,
    leaks,
    lookedAt: columns.map(({ id }) => id),
    customers: accounts.map((one, row) => ({ ...one, risk: risks[row], reasons: reasons[row] })),
  };
}

export async function gatherAccounts(
  given: Given,
  terminal: Terminal,
  playbook: Parameters<typeof createAccountBook>[0],
): Promise<AccountBook> {
  const until = textOption(given, 'until');
  const book = createAccountBook(playbook, {
    ...(until !== undefined && { until: parseMoment(until, '--until') }),
    purchase: textOption(given, 'purchase') ?? 'purchase',
    product: textOption(given, 'product') ?? 'product',
    amount: textOption(given, 'amount') ?? 'amount',
  });
  await eachAccount(given, terminal, book.add);
  return book.finish();
}
