import type { ProductReasons, ReasonCount, Reasons } from '../analyze-reasons.js';
import type { Playbook } from '../domain/playbook.js';
import { count, plural } from '../view/count.js';
import { clean } from '../view/format.js';
import { intervalRow, sharesChart } from './actions-report.js';
import type { PatternWords } from './pattern-words.js';
import type { ReasonsQuestion } from './question.js';
import { type Block, type Report, type Section, text } from './report.js';
import { percent } from './report-parts.js';

interface ReasonsTold {
  readonly lost: Reasons;
  readonly dismissed?: Reasons;
  readonly question: Pick<ReasonsQuestion, 'reason' | 'products'>;
  readonly words: PatternWords;
  readonly playbook: Playbook;
}

export function reasonsReport(told: ReasonsTold): Report {
  const { lost, dismissed, question, words, playbook } = told;
  const labels = new Map(playbook.products.map(({ id, label }) => [id, label]));
  for (const attribute of [...question.products].reverse())
    for (const { id, label } of playbook.attributes.find((one) => one.id === attribute)?.values ??
      [])
      labels.set(id, label);
  const productName = (id: string): string => clean(labels.get(id) ?? id, 60);
  const why = new Map(playbook.reasons.map(({ id, label }) => [id, label]));
  const ofDeals: Naming = {
    noun: 'lost deal',
    productName,
    reasonName: (id) => words.value(question.reason, id),
    money: (minor) => words.words.roughly(minor, 'money'),
  };
  const ofCards: Naming = {
    ...{ noun: 'dismissed card', productName },
    reasonName: (id) => clean(why.get(id) ?? id, 60),
  };
  return {
    title: 'Why deals are lost and cards dismissed, by product and service',
    lead: [
      `${plural(lost.refused, 'lost deal')}, ${count(lost.told)} of them with a reason${lost.refused > 0 ? ` (${percent(lost.told / lost.refused)})` : ''}. A reason is what the seller wrote, which is not always why the buyer went: take it as where to ask.`,
    ],
    sections: [
      ...(lost.products.length > 0
        ? lost.products.map((one) => productSection(one, ofDeals))
        : [nothing('lost deals', lost)]),
      ...(dismissed
        ? dismissed.products.length > 0
          ? dismissed.products.map((one) => productSection(one, ofCards))
          : [nothing('dismissed cards', dismissed)]
        : []),
      howCounted(told),
    ],
  };
}

interface Naming {
  readonly noun: string;
  productName(id: string): string;
  reasonName(id: string): string;
  /** Absent: nothing is lost by it. */
  money?(minor: number): string;
}

function nothing(what: string, { told, refused }: Reasons): Section {
  return {
    heading: `Nothing to tell of ${what}`,
    blocks: [
      text(
        refused === 0
          ? `There are no ${what} in the data.`
          : `Of no product there are ten reasons from five people or more; ${count(told)} of ${count(refused)} have a reason at all.`,
      ),
    ],
  };
}

function productSection(
  { product, refused, told, reasons, rare }: ProductReasons,
  naming: Naming,
): Section {
  const { noun, productName, reasonName, money } = naming;
  const heading = `${productName(product)}: ${plural(refused, noun)}`;
  const silent = `${count(told)} of ${count(refused)} have a reason.`;
  const [first] = reasons;
  if (!first) return { heading, blocks: [text(`${silent} None is told five times.`)] };
  const table = {
    kind: 'table',
    title: `Reasons, with 95 % intervals`,
    head: ['reason', `${noun}s`, 'share', 'from', 'to', 'elsewhere', ...(money ? ['lost'] : [])],
    rows: reasons.map(({ reason, share, elsewhere, lostMinor, withAmount, ...one }) => [
      reasonName(reason),
      one.count,
      percent(share.rate),
      ...share.interval.map(percent),
      elsewhere === undefined ? '' : percent(elsewhere),
      ...(money ? [withAmount === 0 ? 'not known' : money(lostMinor)] : []),
    ]),
  } as const;
  const records: Block[] = money
    ? [
        {
          kind: 'records',
          title: `${reasonName(first.reason)}: the largest to open`,
          records: first.examples.map(({ account, record, name }) => ({
            ...{ account, record },
            ...(name !== undefined && { name }),
          })),
        },
      ]
    : [];
  return {
    heading,
    blocks: [
      text(sentenceOf(first, naming, told)),
      sharesChart(
        'Of those with a reason',
        reasons.map(({ reason, share }) => intervalRow(reasonName(reason), share)),
        table,
      ),
      ...records,
      text(
        `${silent}${rare > 0 ? ` ${count(rare)} have one that is told fewer than five times.` : ''}`,
      ),
    ],
  };
}

function sentenceOf(
  { reason, count: times, share, elsewhere, lostMinor, withAmount }: ReasonCount,
  { noun, reasonName, money }: Naming,
  told: number,
): string {
  const [low, high] = share.interval;
  const other = elsewhere === undefined ? '' : `; of other products it is ${percent(elsewhere)}`;
  const cost =
    money && withAmount > 0
      ? ` They were worth ${money(lostMinor)}${withAmount < times ? `, as far as ${count(withAmount)} of them say` : ''}.`
      : '';
  return `${reasonName(reason)} is the reason of ${count(times)} of ${plural(told, noun)} with one: about ${Math.round(100 * share.rate)} in 100 (95 % interval ${Math.round(100 * low)} to ${Math.round(100 * high)})${other}.${cost}`;
}

function howCounted({ lost, dismissed, words, question }: ReasonsTold): Section {
  const withheld = lost.withheld + (dismissed?.withheld ?? 0);
  return {
    heading: 'How it is counted',
    isAside: true,
    blocks: [
      {
        kind: 'list',
        items: [
          `Reasons of deals are what ${words.label(question.reason)} says when the deal is lost, products and services what ${words.words.list(question.products.map(words.label), true)} says. A card is about the product on offer, else that of its deal, else the one that its content is tagged with.`,
          'Reasons of one person resemble each other, so a person is one observation in the intervals.',
          'Of a product with fewer than five people or ten reasons nothing is told, nor of a reason that is told fewer than five times.',
          ...(withheld > 0 ? [`That leaves out ${plural(withheld, 'product')}.`] : []),
          ...(lost.withoutProduct > 0
            ? [`${plural(lost.withoutProduct, 'lost deal')} tell no product.`]
            : []),
          ...(dismissed && dismissed.withoutProduct > 0
            ? [`${plural(dismissed.withoutProduct, 'dismissed card')} are about no product.`]
            : []),
          'These are shares and no findings that were searched for: that one product is refused more for its price than others may be chance, or its customers.',
        ],
      },
    ],
  };
}
