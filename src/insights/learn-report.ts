import type { TooLittleData } from '../analyze/too-little-data.js';
import { FEWEST_PLANS, type Parameters } from '../domain/parameters.js';
import type { Playbook } from '../domain/playbook.js';
import type { JudgedPropensity } from '../judge-propensity.js';
import type { Outcomes } from '../outcome-book.js';
import { plural } from '../view/count.js';
import { clean } from '../view/format.js';
import { type Report, text } from './report.js';
import { trustSection } from './trust-section.js';

interface Learned extends Outcomes {
  readonly parameters: Parameters;
  readonly success: readonly string[];
  readonly judged: JudgedPropensity | TooLittleData;
  /** Whether cards go by it; undefined: somebody only looks. */
  readonly isStored?: boolean;
  /** Whether minutes and touches are priced by plans of days. */
  readonly pricesPlans?: boolean;
}

const inHundred = (rate: number): string =>
  rate < 0.095 ? (100 * rate).toFixed(1) : String(Math.round(100 * rate));

export function learnReport(
  { plays, propensity: otherwise, contents: all, costs }: Playbook,
  { parameters, exposures, acceptance, success, judged, isStored, pricesPlans }: Learned,
): Report {
  const { propensity, situation, explore, contents } = parameters;
  const rows = plays.map((play) => {
    const own = propensity[play.id];
    const told = acceptance.get(play.id);
    return [
      clean(play.id, 40),
      inHundred(play.propensity ?? otherwise),
      own
        ? `${inHundred(own.rate)} (${inHundred(own.low ?? 0)} to ${inHundred(own.high ?? 1)})`
        : '',
      own?.sampleSize ?? 0,
      told?.seen ?? 0,
      told?.followed ?? 0,
      told ? `${told.helpful} / ${told.notHelpful}` : '',
    ];
  });
  const titles = new Map(all.map(({ id, title }) => [id, title]));
  const situations = Object.entries(propensity).filter(([key]) => key.includes('|'));
  return {
    title: 'How likely plays come off',
    lead: [
      `A play came off when a rep acted on its card and the buyer did one of these after that, verified: ${success.join(', ')}. ${plural(exposures.length, 'card')} were seen. What still waits is no "no", what reps accept or find helpful is told beside it and counts for nothing.`,
      ...(isStored === undefined
        ? []
        : [
            isStored
              ? `Stored as version ${parameters.version}: cards go by it from now on.`
              : 'Nothing was stored.',
          ]),
    ],
    sections: [
      {
        heading: 'Play by play',
        blocks: [
          {
            kind: 'table',
            title:
              'In 100 cards, with 95 % intervals; a play with little data is drawn towards those of its kind',
            head: ['play', 'guess', 'learned', 'counts for', 'seen', 'acted on', 'helpful / not'],
            rows,
          },
          ...(situations.length === 0
            ? []
            : [
                {
                  kind: 'table' as const,
                  title: `By ${situation}`,
                  head: ['play | value', 'learned', 'counts for'],
                  rows: situations.map(([key, { rate, low = 0, high = 1, sampleSize }]) => [
                    clean(key, 60),
                    `${inHundred(rate)} (${inHundred(low)} to ${inHundred(high)})`,
                    sampleSize,
                  ]),
                },
              ]),
        ],
      },
      trustSection(judged),
      ...(contents
        ? [
            {
              heading: 'How helpful content is',
              blocks: [
                {
                  kind: 'table' as const,
                  title:
                    'In 100 opinions of reps on a card that brought it, with 95 % intervals. It orders content that fits as well, and values no card; what little was said of gets its turn',
                  head: ['content', 'helpful', 'counts for'],
                  rows: Object.entries(contents).map(
                    ([content, { rate, low = 0, high = 1, sampleSize }]) => [
                      clean(titles.get(content) ?? content, 60),
                      `${inHundred(rate)} (${inHundred(low)} to ${inHundred(high)})`,
                      sampleSize,
                    ],
                  ),
                },
              ],
            },
          ]
        : []),
      ...(pricesPlans
        ? [
            {
              heading: 'What a minute and a touch are worth',
              blocks: [text(priceWords(costs, parameters.costs))],
            },
          ]
        : []),
      ...(explore
        ? [
            {
              heading: 'What is tried',
              blocks: [
                text(
                  `At ${plural(explore.accounts.length, 'account')} (those that bought least in a year and have no deal open) the last of three cards is drawn among those at least half as good as the best. Each card says with which probability.`,
                ),
              ],
            },
          ]
        : []),
    ],
  };
}

function priceWords(declared: Playbook['costs'], learned: Parameters['costs']): string {
  const { plans = 0, days = 0, minute = 0, touch = 0 } = learned ?? {};
  const from = `${plural(Math.floor(plans), 'plan')} of a rep’s day on ${plural(days, 'day')}, of which one two weeks old counts half`;
  if (plans < FEWEST_PLANS)
    return `Too little data, about ${plural(Math.ceil(FEWEST_PLANS - plans), 'more plan')}: there are ${from}. Cards are ranked by the costs that the playbook declares.`;
  const price = (own: number, more: number): string =>
    `${(own + more).toPrecision(2)} (${own} as the playbook declares, and ${more.toPrecision(2)} that it would bring elsewhere)`;
  return `In units of priority, by ${from}: a minute of a rep ${price(declared.minute, minute)}, a touch of a buyer ${price(declared.touch, touch)}. Cards are ordered by it, and none that is worth its declared costs is left out for it.`;
}
