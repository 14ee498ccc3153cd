import { type AccountBook, createAccountBook } from '../account-book.js';
import {
  analyzeBuying,
  analyzeRenewals,
  type BuyingAgain,
  isTooLittle,
  type Renewals,
  type TooLittleData,
} from '../analyze-retention.js';
import { estimateWallets } from '../analyze-wallet.js';
import { findWhitespace } from '../analyze-whitespace.js';
import { YEAR } from '../customers.js';
import { accountsIn } from './cut.js';
import { type Answered, type Ground, work } from './ground.js';
import { createPatternWords } from './pattern-words.js';
import type {
  Cut,
  PurchaseQuestion,
  RenewalQuestion,
  RetentionQuestion,
  WalletQuestion,
  WhitespaceQuestion,
} from './question.js';
import { renewalReport } from './renewal-report.js';
import type { Report } from './report.js';
import { tooLittleSection } from './report-parts.js';
import { buyingReport } from './retention-report.js';
import { walletReport } from './wallet-report.js';
import { whitespaceReport } from './whitespace-report.js';

type Asked<Question> = Question & { readonly cut?: Cut };

export async function answerWhitespace(
  { peers, seed = '1', ...asked }: Asked<WhitespaceQuestion>,
  ground: Ground,
): Promise<Answered> {
  const { playbook, now } = ground;
  const book = await gatherAccounts(asked, ground);
  const lacking = lackingPurchases(book, asked, 'product');
  if (lacking)
    return { ...lacking, report: shortReport('What customers could still buy', lacking) };
  const whitespace = await work(findWhitespace(book, playbook, { alikeIn: peers, seed }), ground);
  const words = createPatternWords(playbook, { now });
  const { cells, groups, together, products } = whitespace;
  const pairs = whitespace.pairs.map(({ item, other, ...pair }) => ({
    ...{ product: products[item], other: products[other] },
    ...pair,
  }));
  return {
    result: { today: book.today, alikeIn: peers, groups, together, pairs, cells },
    report: whitespaceReport(whitespace, { book, playbook, words, alikeIn: peers }),
    found: cells.some(({ state, pays }) => state === 'gap' && pays !== false),
  };
}

export async function answerWallet(
  { peers, ...asked }: Asked<WalletQuestion>,
  ground: Ground,
): Promise<Answered> {
  const book = await gatherAccounts(asked, ground);
  const lacking = lackingPurchases(book, asked, 'amountMinor');
  if (lacking) return { ...lacking, report: shortReport('Share of wallet', lacking) };
  const wallets = estimateWallets(book, peers);
  const words = createPatternWords(ground.playbook, { now: ground.now });
  return {
    result: { today: book.today, ...wallets },
    report: walletReport(wallets, words),
    found: wallets.estimates.length > 0,
  };
}

export async function answerRetention(
  { days = 90, ...asked }: Asked<RetentionQuestion>,
  ground: Ground,
): Promise<Answered> {
  const book = await gatherAccounts(asked, ground);
  const buying = analyzeBuying(book, days);
  const words = createPatternWords(ground.playbook, { now: ground.now });
  return {
    result: { today: book.today, days, ...buying },
    report: buyingReport(buying, { words, days, book }),
    found: !isTooLittle<BuyingAgain>(buying),
  };
}

export async function answerRenewal(
  { attribute, left, stayed, leaveOut = [], seed = '1', ...asked }: Asked<RenewalQuestion>,
  ground: Ground,
): Promise<Answered> {
  const book = await gatherAccounts(asked, ground);
  const question = { attribute, left, stayed, leaveOut };
  const renewals = await work(analyzeRenewals(book, { ...question, seed }), ground);
  const words = createPatternWords(ground.playbook, { now: ground.now });
  const isShort = isTooLittle<Renewals>(renewals);
  return {
    result: { question, ...(isShort ? renewals : toJson(renewals)) },
    report: renewalReport(renewals, { words, question }),
    found: !isShort,
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

/** No purchase of the last 365 days tells what is asked for. */
function lackingPurchases(
  { accounts, today }: AccountBook,
  { purchase = 'purchase', product = 'product', amount = 'amount' }: PurchaseQuestion,
  field: 'product' | 'amountMinor',
): { readonly result: TooLittleData; readonly found: false } | undefined {
  const isTold = accounts.some(({ purchases }) =>
    purchases.some((one) => one.day > today - YEAR && one[field] !== undefined),
  );
  if (isTold) return undefined;
  const what = field === 'product' ? `a product ("${product}")` : `an amount ("${amount}")`;
  const needed = `1 purchase in the last 365 days (a fact of type "${purchase}") that tells ${what}`;
  return { result: { needed, got: 0 }, found: false };
}

const shortReport = (title: string, { result }: { readonly result: TooLittleData }): Report => ({
  title,
  lead: [],
  sections: [tooLittleSection(result)],
});

async function gatherAccounts(
  {
    purchase = 'purchase',
    product = 'product',
    amount = 'amount',
    until,
    cut = {},
  }: Asked<PurchaseQuestion>,
  { playbook, eachAccount }: Ground,
): Promise<AccountBook> {
  const told = { purchase, product, amount };
  const book = createAccountBook(playbook, { ...told, ...(until !== undefined && { until }) });
  await eachAccount(book.add);
  return accountsIn(book.finish(), cut);
}
