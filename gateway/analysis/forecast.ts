import type { Playbook } from 'opportune';
import { FEWEST_PEOPLE } from '../../src/analyze-deals.js';
import { analyzeForecast, type ForecastAnalysis } from '../../src/analyze-forecast.js';
import { createForecastBook, type ForecastDeal } from '../../src/forecast-book.js';
import { holdAgainstEvidence, learnEvidence } from '../../src/stage-evidence.js';
import { type Given, type Terminal, textOption, usageError } from '../command.js';
import { parseMoment } from '../moments.js';
import { loadPlaybook } from '../playbook-folder.js';
import { printable } from '../text.js';
import type { Analyzed, Topic } from './analyze.js';
import { eachAccount } from './each-account.js';
import { forecastReport } from './forecast-report.js';
import { createPatternWords } from './pattern-words.js';
import { knownAttribute, listOption, readIs } from './read-question.js';

export const forecastTopic: Topic = {
  name: 'forecast',
  options: [
    { name: 'won', value: 'A=V', about: 'what tells that one was won: opportunity.stage=Won' },
    { name: 'lost', value: 'A=V', about: 'what tells that one was lost: opportunity.stage=Lost' },
    {
      name: 'said',
      value: 'A',
      about: 'what deals are forecast by. Default: the attribute of --won',
    },
    {
      name: 'claims',
      value: 'V=P,..',
      about: 'the chance that each value claims: Commit=0.9,Pipeline=0.2',
    },
    {
      name: 'by',
      value: 'A',
      about: 'tell it for each team, too: account.team. Teams under five are not told of',
    },
    { name: 'rep', value: 'ID', about: 'only of the deals of this person, for that person' },
    { name: 'until', value: 'T', about: 'as things stood then. Default: the last fact' },
  ],
  run: forecast,
};

export interface TeamForecast {
  readonly group: string;
  readonly people: number;
  readonly forecast: ForecastAnalysis;
}

async function forecast(given: Given, terminal: Terminal): Promise<Analyzed> {
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', terminal.now());
  const won = readIs(given, 'won', playbook);
  const lost = readIs(given, 'lost', playbook);
  if (won.attribute !== lost.attribute || !won.attribute.startsWith('opportunity.'))
    throw usageError(
      '--won and --lost are not of one attribute of the opportunity',
      'Write --won opportunity.stage=Won --lost opportunity.stage=Lost',
    );
  const said = textOption(given, 'said');
  const by = textOption(given, 'by');
  const outcome = { outcome: won.attribute, won: won.values, lost: lost.values };
  const question = {
    ...outcome,
    said: said === undefined ? won.attribute : knownAttribute(said, 'said', playbook),
    ...(by !== undefined && { by: knownAttribute(by, 'by', playbook) }),
  };
  const book = createForecastBook(playbook, question);
  const stages = createForecastBook(playbook, { ...outcome, said: won.attribute });
  await eachAccount(given, terminal, (account, facts) => {
    book.add(account, facts);
    stages.add(account, facts);
  });
  const until = textOption(given, 'until');
  const all = book.finish();
  const now = until === undefined ? all.last : parseMoment(until, '--until');
  const rep = textOption(given, 'rep');
  const isTheirs = ({ owner }: ForecastDeal): boolean =>
    rep === undefined || owner === rep || owner?.endsWith(`:${rep}`) === true;
  const deals = all.deals.filter(isTheirs);
  if (rep !== undefined && deals.length === 0)
    throw usageError(`--rep: no deal is of "${printable(rep)}"`, 'Write the id: connection:rep:id');
  const claimed = readClaims(given);
  const options = { zone: playbook.zone, now, ...(claimed && { claimed }) };
  const analysis = analyzeForecast(deals, options);
  const teams =
    rep === undefined && by !== undefined ? teamsOf(deals, options) : { told: [], small: 0 };
  const evidence = learnEvidence(
    stages.finish().deals,
    stagesOf(won.attribute, [...won.values, ...lost.values], playbook),
  );
  const open = holdAgainstEvidence(stages.finish().deals.filter(isTheirs), evidence, now);
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

function stagesOf(
  attribute: string,
  ends: readonly unknown[],
  { attributes }: Playbook,
): readonly string[] {
  const values = attributes.find(({ id }) => id === attribute)?.values ?? [];
  return values.map(({ id }) => id).filter((id) => !ends.includes(id));
}

function readClaims(given: Given): ReadonlyMap<string, number> | undefined {
  const claims = listOption(given, 'claims');
  if (claims.length === 0) return undefined;
  return new Map(
    claims.map((claim) => {
      const at = claim.lastIndexOf('=');
      const chance =
        at > 0 && /^(0|1|0?\.\d+|1\.0+)$/.test(claim.slice(at + 1))
          ? Number(claim.slice(at + 1))
          : Number.NaN;
      if (Number.isNaN(chance))
        throw usageError(
          `--claims: "${printable(claim)}" is no chance from 0 to 1`,
          'Write it as --claims Commit=0.9,Pipeline=0.2',
        );
      return [claim.slice(0, at), chance];
    }),
  );
}
