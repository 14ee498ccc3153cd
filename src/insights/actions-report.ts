import type { Share } from '../analyze/clustered-share.js';
import type { ActionsOfRep, Answered, AnsweredOfKind } from '../analyze-actions.js';
import { isTooLittle, type TooLittleData } from '../analyze-retention.js';
import type { Channel } from '../domain/playbook.js';
import { count, plural } from '../view/count.js';
import { capital, clean } from '../view/format.js';
import { ENGLISH } from '../view/strings.js';
import { signed } from './finding-words.js';
import type { PatternWords } from './pattern-words.js';
import { type Block, type Report, type Section, text } from './report.js';
import { percent } from './report-parts.js';

interface ActionsTold {
  readonly found: ActionsOfRep;
  readonly words: PatternWords;
  /** What is tried, beside what is done. */
  readonly tries?: readonly Section[];
  /** Of a rep who shares them with the reader, or of so many reps together; absent: the reader's own. */
  readonly of?: string | number;
}

const channelWord = (channel: Channel): string => ENGLISH.channels[channel];

/** For the rep, in the second person; for the one critic whom the rep chose, with the name of the rep; or of many together. */
export function actionsReport({ found, words, tries = [], of }: ActionsTold): Report {
  const { all, windowDays, kinds, months, weeks, machineActs } = found;
  const days = plural(windowDays, 'day');
  const title =
    of === undefined
      ? 'What your actions achieve'
      : typeof of === 'number'
        ? 'What actions achieve'
        : `What the actions of ${clean(of, 80)} achieve`;
  const whose =
    of === undefined
      ? 'These are your own figures. Nobody else sees them, unless you share them with one critic.'
      : typeof of === 'number'
        ? `Of ${plural(of, 'rep')} together. Of fewer than five nothing is told, and nobody is named.`
        : `${clean(of, 80)} shares these figures with you and with nobody else.`;
  if (all.actions === 0)
    return {
      title,
      lead: [whose],
      sections: [
        { heading: 'Nothing yet', blocks: [text('No action towards a buyer is in the data.')] },
        ...tries,
      ],
    };
  return {
    title,
    lead: [
      whose,
      `${plural(all.actions, 'action')} towards ${plural(all.customers, 'customer')}. Of the ${count(all.settled)} after which the buyer has had ${days}, ${count(all.answered)} were followed by something that the buyer verifiably did${isTooLittle<Share>(all.share) ? '' : `: about ${shareText(all.share)}`}.`,
      trendText(found.trend, 'Over all kinds'),
    ],
    sections: [
      kindsSection(kinds, days),
      ...(kinds.some(({ acts }) => acts.length > 0) ? [actsSection(kinds, words)] : []),
      ...(months.length > 1 ? [monthsSection(months)] : []),
      ...tries,
      weeksSection(weeks),
      {
        heading: 'How it is counted',
        isAside: true,
        blocks: [
          {
            kind: 'list',
            items: [
              `An action is what the contact policy counts as a touch, and a card marked done; logged and marked, it is one. What the buyer does within ${days} is credited to the last action before it with that person, else with that customer, whoever of us did it. It came after the action; whether because of it, only a trial can tell.`,
              'What counts is what a person of the buyer verifiably did. Opinions of ours, meetings to which the buyer was copied in, and machines count for nothing.',
              ...(machineActs > 0
                ? [
                    `${plural(machineActs, 'act')} came three or more within a minute: a scanner of mail, not a person. They are in no figure.`,
                  ]
                : []),
              'Actions with one customer resemble each other, so the intervals take a customer as one observation.',
              'An action of which the time is not over is in no share: it is neither a yes nor a no yet.',
            ],
          },
        ],
      },
    ],
  };
}

function shareText({ rate, interval: [low, high] }: Share): string {
  return `${Math.round(100 * rate)} in 100 (95 % interval ${Math.round(100 * low)} to ${Math.round(100 * high)})`;
}

function trendText(trend: ActionsOfRep['trend'], where: string): string {
  if (isTooLittle(trend)) return `${where}, too little data for a trend: ${lackText(trend)}.`;
  const { recent, before, difference, interval } = trend;
  const [low, high] = interval;
  const judged =
    low > 0
      ? 'more than before'
      : high < 0
        ? 'less than before'
        : 'no more than chance would move it';
  return `${where}, the last three months stand at ${percent(recent)}, the three before at ${percent(before)}: ${signed(difference)} points (95 % interval ${signed(low)} to ${signed(high)}), ${judged}.`;
}

const lackText = ({ needed, got }: TooLittleData): string =>
  `it takes ${needed}, and there are ${count(got)}`;

const kindLabel = ({ channel, settled }: AnsweredOfKind): string =>
  `${capital(channelWord(channel))} (${count(settled)})`;

function kindsSection(kinds: readonly AnsweredOfKind[], days: string): Section {
  const rows = kinds.flatMap((kind) =>
    isTooLittle<Share>(kind.share) ? [] : [intervalRow(kindLabel(kind), kind.share)],
  );
  const table = {
    kind: 'table',
    title: `What was done, and how often the buyer acted within ${days}, with 95 % intervals`,
    head: ['kind', 'actions', 'customers', 'time over', 'followed', 'share', 'from', 'to', 'trend'],
    rows: kinds.map((kind) => [
      capital(channelWord(kind.channel)),
      ...countsOf(kind),
      isTooLittle(kind.trend) ? 'too little data' : `${signed(kind.trend.difference)} points`,
    ]),
  } as const;
  return {
    heading: 'By kind of action',
    blocks: [
      rows.length === 0 ? table : sharesChart('How often the buyer acted, by kind', rows, table),
      ...kinds.flatMap(({ channel, share, trend }) =>
        isTooLittle<Share>(share)
          ? [
              text(
                `${capital(channelWord(channel))}: too little data for a share; ${lackText(share)}.`,
              ),
            ]
          : isTooLittle(trend)
            ? []
            : [text(trendText(trend, capital(channelWord(channel))))],
      ),
    ],
  };
}

export function countsOf({
  actions,
  customers,
  settled,
  answered,
  share,
}: Answered): (string | number)[] {
  const figures = isTooLittle<Share>(share)
    ? ['too little data', '', '']
    : [percent(share.rate), ...share.interval.map(percent)];
  return [actions, customers, settled, answered, ...figures];
}

type IntervalRow = Extract<
  Extract<Block, { kind: 'chart' }>['chart'],
  { kind: 'intervals' }
>['rows'][number];

export const intervalRow = (
  label: string,
  { rate, interval: [low, high] }: Share,
): IntervalRow => ({
  ...{ label, value: rate, text: percent(rate), low, high },
});

export function sharesChart(
  title: string,
  rows: readonly IntervalRow[],
  data: Extract<Block, { kind: 'table' }>,
): Block {
  const told = rows.map(
    (one) => `${one.label}: ${one.text}, from ${percent(one.low)} to ${percent(one.high)}`,
  );
  return {
    kind: 'chart',
    chart: { kind: 'intervals', title, description: `${told.join('. ')}.`, rows },
    data,
  };
}

function actsSection(kinds: readonly AnsweredOfKind[], { words }: PatternWords): Section {
  const total = new Map<string, number>();
  for (const { acts } of kinds)
    for (const { type, count: times } of acts) total.set(type, (total.get(type) ?? 0) + times);
  const some = kinds.filter(({ acts }) => acts.length > 0);
  return {
    heading: 'What buyers did',
    blocks: [
      {
        kind: 'table',
        title: 'The first act of the buyer after the action, so many times',
        head: ['the buyer', ...some.map(({ channel }) => `after ${channelWord(channel)}`)],
        rows: [...total]
          .sort(([, one], [, other]) => other - one)
          .map(([type]) => [
            capital(words.event(type)),
            ...some.map(({ acts }) => acts.find((act) => act.type === type)?.count ?? 0),
          ]),
      },
    ],
  };
}

function monthsSection(months: ActionsOfRep['months']): Section {
  const rows = months.flatMap(({ month, settled, share }) =>
    isTooLittle<Share>(share) ? [] : [intervalRow(`${month} (${count(settled)})`, share)],
  );
  const table = {
    kind: 'table',
    title: 'Month by month, over all kinds, with 95 % intervals',
    head: ['month', 'actions', 'customers', 'time over', 'followed', 'share', 'from', 'to'],
    rows: months.map((one) => [one.month, ...countsOf(one)]),
  } as const;
  return {
    heading: 'Month by month',
    blocks: [
      rows.length === 0 ? table : sharesChart('How often the buyer acted, by month', rows, table),
    ],
  };
}

function weeksSection(weeks: ActionsOfRep['weeks']): Section {
  return {
    heading: 'Week by week',
    isAside: true,
    blocks: [
      {
        kind: 'table',
        title: 'What was done, by week',
        head: ['week of', 'done', 'followed so far'],
        rows: weeks.map(({ week, byChannel, answered, isOpen }) => [
          week,
          byChannel
            .map(({ channel, actions }) => `${channelWord(channel)} ${count(actions)}`)
            .join(', '),
          `${count(answered)}${isOpen ? ', time not over' : ''}`,
        ]),
      },
    ],
  };
}
