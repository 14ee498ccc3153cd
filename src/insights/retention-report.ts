import type { AccountBook } from '../account-book.js';
import {
  type BuyingAgain,
  type BuyingCheck,
  type CustomerOutlook,
  isTooLittle,
  type TooLittleData,
} from '../analyze-retention.js';
import { count, plural } from '../view/count.js';
import type { PatternWords } from './pattern-words.js';
import { type Report, type Section, text } from './report.js';
import {
  calibrationBlock,
  listSection,
  nameOf,
  percent,
  tooLittleSection,
} from './report-parts.js';

/** From so far below a half a customer is more likely gone than not. */
const GONE = 0.5;

export function buyingReport(
  buying: BuyingAgain | TooLittleData,
  {
    words,
    days,
    book,
  }: { readonly words: PatternWords; readonly days: number; readonly book: AccountBook },
): Report {
  const title = 'Who is about to leave, and who is due to buy again';
  const lead = [
    `Customers without a contract, by when they bought (${words.words.fullDay(book.today)} ${new Date(book.today * 86_400_000).getUTCFullYear()} is today here; all times are in days). Where a contract runs, silence says nothing: ask for those by who left and who stayed.`,
  ];
  if (isTooLittle<BuyingAgain>(buying))
    return { title, lead, sections: [tooLittleSection(buying)] };
  const { customers, check, value } = buying;
  const money = (minor: number | undefined): string =>
    minor === undefined ? '' : words.words.roughly(minor, 'money');
  const gap = ({ usualGapDays }: CustomerOutlook): string =>
    usualGapDays === undefined ? '' : String(Math.round(usualGapDays));
  const gone = customers
    .filter(
      ({ active, boughtMinor, daysSinceLast }) =>
        active < GONE && (boughtMinor > 0 || daysSinceLast < 365),
    )
    .sort(
      (one, other) => other.boughtMinor * (1 - other.active) - one.boughtMinor * (1 - one.active),
    );
  const due = customers
    .filter(
      ({ active, usualGapDays, daysSinceLast }) =>
        active >= GONE && usualGapDays !== undefined && daysSinceLast >= usualGapDays,
    )
    .sort((one, other) => (other.expectedMinor ?? other.buys) - (one.expectedMinor ?? one.buys));
  const total = customers.reduce((sum, { expected }) => sum + expected, 0);
  const worth = customers.reduce((sum, { expectedMinor = 0 }) => sum + expectedMinor, 0);
  return {
    title,
    lead: [
      ...lead,
      `${plural(customers.length, 'customer')}; in the next ${plural(days, 'day')} ${count(Math.round(total))} purchases are expected of them${value ? `, worth about ${money(worth)}` : ''}.`,
    ],
    sections: [
      checkSection(check),
      listSection(
        'May be gone',
        gone,
        'These bought in the last year, and have now been silent for longer than their rhythm explains. Those who bought most come first. Ask before you assume: the model knows nothing but dates.',
        'Nobody who bought in the last year is more likely gone than not.',
        {
          title: 'Customers who are more likely gone than not',
          head: [
            'customer',
            'still a customer',
            'last bought, days ago',
            'usual gap, days',
            'bought in 12 months',
          ],
          row: (one) => [
            nameOf(one),
            percent(one.active),
            one.daysSinceLast,
            gap(one),
            money(one.boughtMinor),
          ],
        },
      ),
      listSection(
        'Due to buy',
        due,
        `These are past their usual gap, and most likely still customers. Those of whom most is expected in ${plural(days, 'day')} come first.`,
        'Nobody who still is a customer is past the usual gap.',
        {
          title: 'Customers who are due',
          head: [
            'customer',
            `buys in ${days} days`,
            'last bought, days ago',
            'usual gap, days',
            'expected worth',
          ],
          row: (one) => [
            nameOf(one),
            percent(one.buys),
            one.daysSinceLast,
            gap(one),
            money(one.expectedMinor),
          ],
        },
      ),
      basisSection(buying, book),
    ],
  };
}

function checkSection(check: BuyingCheck | TooLittleData): Section {
  const heading = 'How far to trust it';
  if (isTooLittle<BuyingCheck>(check))
    return {
      heading,
      blocks: [
        text(
          `It could not be checked on the past: that takes at least ${check.needed} before the last third of the time, and there are ${count(check.got)}. Take what follows as a first guess.`,
        ),
      ],
    };
  const { days, expected, came, buys, holds } = check;
  return {
    heading,
    blocks: [
      text(
        `The same model, with the last ${plural(days, 'day')} hidden from it, expected ${count(Math.round(expected))} purchases in them; ${count(came)} came. ${holds ? 'It holds.' : 'It does not hold up well: customers do not buy by chance around a rhythm of their own, perhaps by season or by project. Use the order of the lists, not the numbers.'}`,
      ),
      calibrationBlock(
        'How often customers bought, by how probable it was said to be',
        buys.groups,
        'said to buy',
        'bought',
      ),
    ],
  };
}

function basisSection({ model, value }: BuyingAgain, book: AccountBook): Section {
  const items = [
    `Buying: BG/NBD, r ${model.r.toFixed(3)}, alpha ${model.alpha.toFixed(1)} ${model.unit}s, a ${model.a.toFixed(3)}, b ${model.b.toFixed(3)}. Several purchases of one day count as one. It takes 100 customers, 50 of whom bought again.`,
    value
      ? `What a purchase is worth: Gamma-Gamma, which takes it that who buys often does not buy for more. Here that correlation is ${value.correlation.toFixed(2)}${Math.abs(value.correlation) > 0.3 ? ', far enough from 0 that amounts of frequent buyers are doubtful' : ''}.`
      : 'What a purchase is worth is not estimated: it takes 50 customers who bought again for a told amount.',
    'Who bought once only counts as a customer however long ago that was: in this model nobody leaves before the second purchase.',
  ];
  if (book.otherCurrency > 0)
    items.push(
      `${plural(book.otherCurrency, 'purchase')} in another currency: counted, without the amount.`,
    );
  return { heading: 'What it rests on', isAside: true, blocks: [{ kind: 'list', items }] };
}
