import type { Proof } from '../analyze-proof.js';
import { isTooLittle, type TooLittleData } from '../analyze-retention.js';
import type { LayerWorth } from '../compare-standing-arms.js';
import { plural } from '../view/count.js';
import { capital } from '../view/format.js';
import { type Report, type Section, text } from './report.js';
import { tooLittleSection } from './report-parts.js';

interface Told {
  money(minor: number): string;
  readonly otherCurrency: number;
  readonly layers: readonly LayerWorth[];
}

export function proofReport(found: Proof | TooLittleData, told: Told): Report {
  const title = 'What the guidance earned';
  if (isTooLittle<Proof>(found))
    return { title, lead: [], sections: [tooLittleSection(found), ...layersSection(told)] };
  const { days, arms, net, total, verdict } = found;
  const { money } = told;
  const range = ([low, high]: readonly [number, number]): string =>
    `${money(low)} to ${money(high)}`;
  return {
    title,
    lead: [
      `Over ${plural(days, 'day')}, ${leadWords(found, money)} In all: ${money(total.minor)}, and with 95 % certainty between ${range(total.interval)}, however often one looks.`,
      'It is counted by what was meant: every buying group that was to be guided, whether or not anybody looked at a card. What came from groups that were held out is what would have come anyway.',
    ],
    sections: [
      {
        heading: 'Guided against held out',
        blocks: [
          {
            kind: 'chart',
            chart: {
              kind: 'intervals',
              title: 'What a guided buying group brings beyond a held out one',
              description: `Sales ${money(found.sales.difference)}, ${range(found.sales.interval)}. Less what interruptions cost ${money(net.difference)}, ${range(net.interval)}. The line is no difference.`,
              zero: { value: 0, text: money(0) },
              rows: [
                { label: 'Sales', estimate: found.sales },
                { label: 'Less interruptions', estimate: net },
              ].map(({ label, estimate }) => ({
                label,
                value: estimate.difference,
                text: money(estimate.difference),
                low: estimate.interval[0],
                high: estimate.interval[1],
                isQuiet: verdict.is === 'not-enough-yet',
              })),
            },
            data: {
              kind: 'table',
              title: 'A buying group, on average',
              head: [
                'arm',
                'groups',
                'accounts',
                'sales',
                'sales before',
                'touches',
                'cards seen',
                'minutes',
              ],
              rows: arms.map((arm) => [
                arm.arm === 'guided' ? 'guided' : 'held out',
                arm.groups,
                arm.accounts,
                money(arm.boughtMinor),
                money(arm.boughtBeforeMinor),
                arm.touches.toFixed(1),
                arm.seen.toFixed(1),
                arm.minutes.toFixed(0),
              ]),
            },
          },
          text(
            `Sales before explain ${Math.round(100 * found.sales.explained)} % of the difference between groups; that much is taken out of it (CUPED).`,
          ),
        ],
      },
      { heading: 'What an interruption costs', blocks: [text(costWords(found, money))] },
      ...layersSection(told),
      ...cautionSection(found, told),
    ],
  };
}

function leadWords({ verdict, net }: Proof, money: Told['money']): string {
  const each = `${money(Math.abs(net.difference))} a buying group, what interruptions cost taken off`;
  switch (verdict.is) {
    case 'better':
      return `guidance brought ${each}.`;
    case 'worse':
      return `guidance cost ${each}: without it more would have come.`;
    case 'no-difference-that-matters':
      return 'guidance made no difference that matters.';
    case 'not-enough-yet':
      return `it cannot be told yet whether guidance helps${
        verdict.more === undefined
          ? '.'
          : `: that takes about ${plural(verdict.more, 'more buying group')} of so uneven sales, or more time.`
      }`;
  }
}

const LAYERS = {
  random: 'choosing at all, against an eligible card by lot',
  propensity: 'all beyond the likelihood that the buyer acts',
  'no-levers': 'weights set by hand',
};

/** What each part of the ranking adds, by accounts that go without it. */
function layersSection({ layers, money }: Told): readonly Section[] {
  if (layers.length === 0) return [];
  const [estimated, short] = [layers.filter(({ net }) => net), layers.filter(({ net }) => !net)];
  const told = ({ arm, net, verdict }: LayerWorth): string =>
    `${capital(LAYERS[arm])}: ${verdictWords(verdict)}${net ? ` ${money(net.difference)} a buying group, and with 95 % certainty for all of these together between ${money(net.interval[0])} and ${money(net.interval[1])}, however often one looks.` : ''}`;
  return [
    {
      heading: 'What each part of the ranking adds',
      blocks: [
        { kind: 'list', items: [...estimated, ...short].map(told) },
        {
          kind: 'table',
          title: 'Buying groups that go without it, and groups with the whole product beside them',
          head: ['without', 'groups', 'with all'],
          rows: layers.map(({ arm, groups, full }) => [LAYERS[arm], groups, full]),
        },
      ],
    },
  ];
}

function verdictWords(verdict: LayerWorth['verdict']): string {
  switch (verdict.is) {
    case 'better':
      return 'it brings more than going without it.';
    case 'worse':
      return 'it brings less than going without it.';
    case 'no-difference-that-matters':
      return 'no difference that matters.';
    case 'not-enough-yet':
      return `too little data${verdict.more === undefined ? '.' : `, about ${plural(verdict.more, 'more buying group')}.`}`;
  }
}

function costWords({ costs, arms }: Proof, money: Told['money']): string {
  if (costs.minuteMinor === undefined || costs.touchMinor === undefined)
    return 'Nothing is taken off: the playbook has no goal in money that says what a minute and a touch are worth.';
  const [heldOut, guided] = arms;
  const more = (guided?.touches ?? 0) - (heldOut?.touches ?? 0);
  return `The playbook says so (costs, by the scale and weight of its goal in money): a touch of a buyer ${money(costs.touchMinor)}, a minute of a rep ${money(costs.minuteMinor)}; looking at a card counts ${plural(costs.minutesASeenCard, 'minute')}. A guided group was touched ${Math.abs(more).toFixed(1)} times ${more < 0 ? 'less' : 'more'} often than a held out one.`;
}

function cautionSection(
  { excluded, ratio, oneGroupWeighs }: Proof,
  { otherCurrency }: Told,
): readonly Section[] {
  const items = [
    ...(ratio.alarming
      ? [
          `The arms are not as large as the playbook's rate makes them (p ${ratio.p.toPrecision(2)}): accounts got lost, or the rate was changed. Do not use these figures before that is understood.`,
        ]
      : []),
    ...(excluded.sharing > 0
      ? [
          `${plural(excluded.sharing, 'buying group')} left out: people of theirs are in other groups too, and what one sees the other hears.`,
        ]
      : []),
    ...(excluded.split > 0
      ? [`${plural(excluded.split, 'buying group')} left out: companies of both arms have merged.`]
      : []),
    ...(oneGroupWeighs
      ? [
          'One buying group makes more than a fifth of the sales of its arm: a single order may be all there is to see.',
        ]
      : []),
    ...(otherCurrency > 0
      ? [`${plural(otherCurrency, 'amount')} in other currencies are not counted.`]
      : []),
  ];
  return items.length === 0
    ? []
    : [{ heading: 'Before you rely on it', blocks: [{ kind: 'list', items }] }];
}
