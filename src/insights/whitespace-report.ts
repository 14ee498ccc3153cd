import type { AccountBook, AccountEntry } from '../account-book.js';
import { FEWEST_PEERS, type Whitespace, type WhitespaceCell } from '../analyze-whitespace.js';
import type { Playbook } from '../domain/playbook.js';
import { count, plural } from '../view/count.js';
import { clean } from '../view/format.js';
import { gapsSection, shareOf, worthSection } from './gap-sections.js';
import type { PatternWords } from './pattern-words.js';
import { peerText } from './peer-text.js';
import { type Report, type Section, text } from './report.js';
import { listSection, nameOf } from './report-parts.js';
import { togetherSection } from './together-section.js';

interface Asked {
  readonly book: AccountBook;
  readonly playbook: Playbook;
  readonly words: PatternWords;
  readonly alikeIn: readonly string[];
}

/** More lines are looked up and not read. */
const MOST_PRODUCTS = 30;

/** The seven P's: why a customer buys. */
const SEVEN_PS = new Set([
  'product',
  'price',
  'place',
  'promotion',
  'people',
  'process',
  'evidence',
  'physicalEvidence',
]);

export function whitespaceReport(whitespace: Whitespace, asked: Asked): Report {
  const { book, playbook, words, alikeIn } = asked;
  const { cells, products, groups } = whitespace;
  const labels = new Map(playbook.products.map(({ id, label }) => [id, clean(label, 60)]));
  const label = (product: string): string => labels.get(product) ?? clean(product, 60);
  const money = (minor: number | undefined): string =>
    minor === undefined ? '' : words.words.roughly(minor, 'money');
  const of = (state: WhitespaceCell['state']): readonly WhitespaceCell[] =>
    cells.filter((cell) => cell.state === state);
  const gaps = of('gap');
  const worth = ({ marginMinor, spendMinor }: WhitespaceCell): number =>
    marginMinor ?? spendMinor?.median ?? 0;
  const good = gaps
    .filter(({ pays }) => pays !== false)
    .sort((one, other) => worth(other) - worth(one) || shareOf(other) - shareOf(one));
  const losing = gaps
    .filter(({ pays }) => pays === false)
    .sort((one, other) => worth(one) - worth(other));
  const isWorthTold = good.some((cell) => worth(cell) > 0);
  const barred = of('not-eligible');
  const reason = reasonsIn(book, words);
  const buyers = ({ peers: found, goesWith }: WhitespaceCell): string =>
    goesWith
      ? `${goesWith.both} of ${goesWith.having} who have ${label(goesWith.product)}`
      : found
        ? `${found.buy} of ${found.size} alike (${peerText(alikeIn, groups.alike[found.group] ?? [], words)})`
        : '';
  const customers = new Set(cells.map(({ account }) => account)).size;
  return {
    title: 'What customers could still buy',
    lead: [
      `${plural(customers, 'customer')}, ${plural(products.length, 'product')}. A gap is a product that this customer did not buy, and at least 40 % of the comparable ones did; or at least 40 % of those who have something that it has as well, where the two go together beyond chance. Comparable are those alike in ${words.words.list(alikeIn.map(words.label))}; fewer than ${FEWEST_PEERS} of them make no number.`,
    ],
    sections: [
      ...(isWorthTold ? [worthSection(good, { label, worth, money })] : []),
      gridOf(whitespace, label),
      gapsSection(gaps, good, {
        money,
        columns: [
          ['customer', nameOf],
          ['product', ({ product }) => label(product)],
          ['bought by', buyers],
        ],
        ...(reason && { reason }),
      }),
      ...(losing.length > 0
        ? [
            listSection(
              'Gaps that do not pay',
              losing,
              'Not worth an offer at list price: what is left after the product and serving this account is below the gate of the playbook.',
              '',
              {
                title: 'Gaps below the gate',
                head: ['customer', 'product', 'spend a year', 'margin', 'cost to serve'],
                row: (cell) => [
                  nameOf(cell),
                  label(cell.product),
                  money(cell.spendMinor?.median),
                  money(cell.marginMinor),
                  money(
                    book.accounts.find(({ account }) => account === cell.account)?.costToServeMinor,
                  ),
                ],
              },
            ),
          ]
        : []),
      ...(barred.length > 0
        ? [
            listSection(
              'Not eligible',
              barred,
              'Every play that offers it is barred here, or they have what excludes it.',
              '',
              {
                title: 'Products that may not be offered',
                head: ['customer', 'product', 'it would need'],
                row: (cell) => [
                  nameOf(cell),
                  label(cell.product),
                  cell.excludedBy === undefined
                    ? words.pattern(cell.barredBy ?? [])
                    : `to be without ${label(cell.excludedBy)}`,
                ],
              },
            ),
          ]
        : []),
      togetherSection(whitespace, label),
    ],
  };
}

function gridOf({ cells, products }: Whitespace, label: (product: string) => string): Section {
  const counts = new Map(products.map((product) => [product, new Map<string, number>()]));
  for (const { product, state } of cells) {
    const own = counts.get(product);
    own?.set(state, (own.get(state) ?? 0) + 1);
  }
  const sorted = [...counts].sort(
    ([, one], [, other]) => (other.get('owned') ?? 0) - (one.get('owned') ?? 0),
  );
  return {
    heading: 'By product',
    blocks: [
      ...(sorted.length > MOST_PRODUCTS
        ? [
            text(
              `The ${MOST_PRODUCTS} that most customers own, of ${count(sorted.length)}; the JSON has all.`,
            ),
          ]
        : []),
      {
        kind: 'table',
        title: 'Customers by product',
        head: [
          'product',
          'owned',
          'in pipeline',
          'gap',
          'not eligible',
          'few peers buy it',
          'too few peers',
        ],
        rows: sorted
          .slice(0, MOST_PRODUCTS)
          .map(([product, own]) => [
            label(product),
            ...(
              ['owned', 'pipeline', 'gap', 'not-eligible', 'no-gap', 'too-few-peers'] as const
            ).map((state) => own.get(state) ?? 0),
          ]),
      },
    ],
  };
}

/** Why a customer buys, and how that is known: `Price (claimed, Tue 3 Mar 2026)`. Undefined: no attribute says so. */
function reasonsIn(
  book: AccountBook,
  words: PatternWords,
): ((account: string) => string) | undefined {
  const place = book.attributes.findIndex(
    ({ values }) =>
      values !== undefined && values.length > 1 && values.every(({ id }) => SEVEN_PS.has(id)),
  );
  const attribute = book.attributes[place];
  if (!attribute) return undefined;
  const byAccount = new Map<string, AccountEntry>(book.accounts.map((one) => [one.account, one]));
  return (account) => {
    const entry = byAccount.get(account);
    const value = entry?.values[place];
    if (value === undefined) return 'not known: ask';
    const known = entry?.known[place];
    return `${words.value(attribute.id, value)}${known ? ` (${known.grade}, ${words.words.day(known.day)})` : ''}`;
  };
}
