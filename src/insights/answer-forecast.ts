import { FEWEST_PEOPLE } from '../analyze-deals.js';
import { analyzeForecast, type ForecastAnalysis } from '../analyze-forecast.js';
import { analyzeRamp, type Ramp } from '../analyze-ramp.js';
import { isTooLittle } from '../analyze-retention.js';
import { OpportuneError } from '../core/errors.js';
import type { Playbook } from '../domain/playbook.js';
import { createForecastBook, type ForecastDeal } from '../forecast-book.js';
import { holdAgainstEvidence, learnEvidence } from '../stage-evidence.js';
import { forecastRows, isWhole, tellsOfFew } from './cut.js';
import { tooFew } from './cut-words.js';
import { forecastReport } from './forecast-report.js';
import type { Answered, Ground, LookOptions } from './ground.js';
import { createPatternWords } from './pattern-words.js';
import type { Cut, ForecastTopicQuestion, RampQuestion } from './question.js';
import { rampReport } from './ramp-report.js';

/** @throws OpportuneError `opportune/no-deals`: none is of the person */
export async function answerForecast(
  asked: ForecastTopicQuestion & { readonly cut?: Cut },
  ground: Ground,
  { shown = [] }: LookOptions = {},
): Promise<Answered> {
  const { playbook } = ground;
  const { outcome: ends, by, rep, until, claims, cut = {} } = asked;
  const outcome = { outcome: ends.attribute, won: ends.won, lost: ends.lost };
  const question = {
    ...outcome,
    said: asked.said ?? ends.attribute,
    ...(by !== undefined && { by }),
  };
  const book = createForecastBook(playbook, { ...question, keep: keptFor([cut, ...shown]) });
  const stages = createForecastBook(playbook, {
    ...outcome,
    said: ends.attribute,
    keep: keptFor([cut]),
  });
  await ground.eachAccount((account, facts) => {
    book.add(account, facts);
    stages.add(account, facts);
  });
  const all = book.finish();
  const now = until ?? all.last;
  const isTheirs = ({ owner }: ForecastDeal): boolean =>
    rep === undefined || owner === rep || owner?.endsWith(`:${rep}`) === true;
  const inCut = (deals: readonly ForecastDeal[]): readonly ForecastDeal[] => {
    const isIn = forecastRows(deals, cut, playbook.zone);
    return deals.filter((deal, row) => isIn[row] === 1 && isTheirs(deal));
  };
  if (rep === undefined && isOfFew(all.deals, cut, shown, playbook.zone)) return tooFew();
  const deals = inCut(all.deals);
  if (rep !== undefined && deals.length === 0)
    throw new OpportuneError('opportune/no-deals', 'no deal is of this person', {
      where: rep,
      remedy: 'Write the id: connection:rep:id',
    });
  const claimed = claims && new Map(Object.entries(claims));
  const options = { zone: playbook.zone, now, ...(claimed && { claimed }) };
  const analysis = analyzeForecast(deals, options);
  const teams =
    rep === undefined && by !== undefined ? teamsOf(deals, options) : { told: [], small: 0 };
  const closed = stages.finish().deals;
  const evidence = learnEvidence(closed, stagesOf(ends, playbook));
  const open = holdAgainstEvidence(inCut(closed), evidence, now);
  const words = createPatternWords(playbook, { now });
  const { deals: entries, ...figures } = analysis;
  return {
    result: {
      question,
      now: new Date(now).toISOString(),
      ...figures,
      teams: teams.told.map(({ forecast: { deals: _, ...own }, ...team }) => ({ ...team, ...own })),
      evidence,
      open: open.map(({ deal: { account, record, name }, ...rest }) => ({
        account,
        record,
        ...(name && { name }),
        ...rest,
      })),
    },
    report: forecastReport({
      analysis,
      teams,
      evidence,
      open,
      words,
      question,
      isPrivate: rep !== undefined,
    }),
    found: entries.length > 0,
  };
}

export async function answerRamp(
  { outcome: { attribute, won, lost }, until, cut = {} }: RampQuestion & { readonly cut?: Cut },
  ground: Ground,
  { shown = [] }: LookOptions = {},
): Promise<Answered> {
  const { playbook } = ground;
  const book = createForecastBook(playbook, {
    outcome: attribute,
    won,
    lost,
    said: attribute,
    keep: keptFor([cut, ...shown]),
  });
  const firstSeen = new Map<string, number>();
  await ground.eachAccount((account, facts) => {
    book.add(account, facts);
    for (const { type, by, occurredAt: at } of facts)
      if (type === 'seen' && by !== undefined)
        firstSeen.set(by, Math.min(firstSeen.get(by) ?? at, at));
  });
  const { deals, last } = book.finish();
  if (isOfFew(deals, cut, shown, playbook.zone)) return tooFew();
  const isIn = forecastRows(deals, cut, playbook.zone);
  const found = analyzeRamp(
    deals.filter((_, row) => isIn[row] === 1),
    until ?? last,
    firstSeen,
  );
  return { result: found, report: rampReport(found), found: !isTooLittle<Ramp>(found) };
}

/** What cuts ask for. */
const keptFor = (cuts: readonly Cut[]): readonly string[] => [
  ...new Set(cuts.flatMap(({ where = [] }) => where.map(({ attribute }) => attribute))),
];

function isOfFew(
  deals: readonly ForecastDeal[],
  cut: Cut,
  shown: readonly Cut[],
  zone: string,
): boolean {
  if (isWhole(cut)) return false;
  const rowsOf = (one: Cut): Uint8Array => forecastRows(deals, one, zone);
  const owners = deals.map(({ owner }) => owner);
  return tellsOfFew(owners, rowsOf(cut), shown.map(rowsOf));
}

export interface TeamForecast {
  readonly group: string;
  readonly people: number;
  readonly forecast: ForecastAnalysis;
}

function teamsOf(
  deals: readonly ForecastDeal[],
  options: Parameters<typeof analyzeForecast>[1],
): { readonly told: readonly TeamForecast[]; readonly small: number } {
  const groups = new Map<string, ForecastDeal[]>();
  for (const deal of deals)
    if (deal.group !== undefined) groups.set(deal.group, [...(groups.get(deal.group) ?? []), deal]);
  const counted = Array.from(groups, ([group, own]) => ({
    group,
    own,
    people: new Set(own.map(({ owner }) => owner)).size,
  }));
  const large = counted.filter(({ people }) => people >= FEWEST_PEOPLE);
  return {
    told: large
      .map(({ group, own, people }) => ({ group, people, forecast: analyzeForecast(own, options) }))
      .sort((one, other) => (one.group < other.group ? -1 : 1)),
    small: counted.length - large.length,
  };
}

/** The values before the end, in their order. */
function stagesOf(
  { attribute, won, lost }: ForecastTopicQuestion['outcome'],
  { attributes }: Playbook,
): readonly string[] {
  const ends = new Set<unknown>([...won, ...lost]);
  const values = attributes.find(({ id }) => id === attribute)?.values ?? [];
  return values.map(({ id }) => id).filter((id) => !ends.has(id));
}
