import { estimateWallets, type WalletEstimate, type Wallets } from '../../src/analyze-wallet.js';
import { type Given, type Terminal, textOption } from '../command.js';
import { loadPlaybook } from '../playbook-folder.js';
import { count, plural } from '../text.js';
import type { Analyzed, Topic } from './analyze.js';
import { createPatternWords, type PatternWords } from './pattern-words.js';
import { PEERS_OPTION, peerText, readPeers } from './peer-words.js';
import { type Report, text } from './report.js';
import { listSection, nameOf, percent } from './report-parts.js';
import { gatherAccounts, PURCHASE_OPTIONS } from './retention.js';

export const walletTopic: Topic = {
  name: 'wallet',
  options: [...PURCHASE_OPTIONS, PEERS_OPTION],
  run: analyzeWallet,
};

async function analyzeWallet(given: Given, terminal: Terminal): Promise<Analyzed> {
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', terminal.now());
  const comparableIn = readPeers(given, playbook);
  const book = await gatherAccounts(given, terminal, playbook);
  const wallets = estimateWallets(book, comparableIn);
  const words = createPatternWords(playbook, { now: terminal.now() });
  return {
    result: { today: book.today, ...wallets },
    report: walletReport(wallets, words),
    found: wallets.estimates.length > 0,
  };
}

function walletReport(wallets: Wallets, words: PatternWords): Report {
  const { estimates, groups, alikeIn, nearIn, without, lost, best, below } = wallets;
  const money = (minor: number): string => words.words.roughly(minor, 'money');
  const alike = words.words.list([
    ...(alikeIn.length > 0 ? [`alike in ${alikeIn.map(words.label).join(', ')}`] : []),
    ...(nearIn.length > 0 ? [`nearest in ${nearIn.map(words.label).join(', ')}`] : []),
  ]);
  const peers = ({ peers: { group, size, ranges } }: WalletEstimate): string => {
    const told = [
      ...(alikeIn.length > 0 ? [peerText(alikeIn, groups.alike[group] ?? [], words)] : []),
      ...ranges.map(([from, to], i) => {
        const id = nearIn[i] ?? '';
        return `${words.label(id)} ${words.value(id, from)} to ${words.value(id, to)}`;
      }),
    ];
    return `${size} (${told.join(', ')})`;
  };
  const small = groups.sizes.filter((size) => size <= 17).length;
  const sorted = estimates.toSorted((one, other) => other.headroomMinor - one.headroomMinor);
  return {
    title: 'Share of wallet',
    lead: [
      `What customers bought in 365 days, against what the best comparable ones buy: the ${100 * best} % quantile of the others ${alike}. What they spend elsewhere is not in the data, so this is what could realistically be sold by us, and not all that they spend.${lost > 0 ? ` ${plural(lost, 'customer')} who bought earlier and nothing in this time are left out: see opportune analyze retention.` : ''}`,
    ],
    sections: [
      ...(estimates.length === 0
        ? []
        : [
            {
              heading: 'How far to trust it',
              blocks: [
                text(
                  `Each wallet comes from the others alone. ${percent(below)} of the customers buy no more than their wallet says; it should be about ${100 * best} %. The interval is that of the quantile: with few peers it is wide.`,
                ),
              ],
            },
          ]),
      listSection<WalletEstimate>(
        'Most to be had',
        sorted,
        'Those where most is left come first. A low share is a question, and not yet an opportunity: ask what they buy elsewhere, and whether they need it at all.',
        `No number for any customer: it takes 17 comparable ones beside it, and an interval of the ${100 * best} % quantile does not exist for fewer. Name fewer attributes with --peers.`,
        {
          title: 'Customers by what is left of their wallet',
          head: ['customer', 'bought, 12 months', 'wallet', 'share of wallet', 'left', 'peers'],
          row: (one) => [
            nameOf(one),
            money(one.salesMinor),
            `${money(one.walletMinor)} (${money(one.interval[0])} to ${money(one.interval[1])})`,
            `${percent(one.share)} (${percent(one.shareInterval[0])} to ${percent(one.shareInterval[1])})`,
            money(one.headroomMinor),
            peers(one),
          ],
        },
      ),
      ...(without > 0
        ? [
            {
              heading: 'Without a number',
              blocks: [
                text(
                  `${plural(without, 'customer')}: too few peers (${count(small)} of ${plural(groups.sizes.length, 'group')} have fewer than 18 customers), or one of the attributes is not known.`,
                ),
              ],
            },
          ]
        : []),
    ],
  };
}
