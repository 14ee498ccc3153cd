import { analyzeRamp, type Ramp } from '../../src/analyze-ramp.js';
import { isTooLittle, type TooLittleData } from '../../src/analyze-retention.js';
import { createForecastBook } from '../../src/forecast-book.js';
import { type Given, type Terminal, textOption, usageError } from '../command.js';
import { parseMoment } from '../moments.js';
import { loadPlaybook } from '../playbook-folder.js';
import { plural } from '../text.js';
import type { Analyzed, Topic } from './analyze.js';
import { eachAccount } from './each-account.js';
import { readIs } from './read-question.js';
import { type Report, type Section, text } from './report.js';
import { tooLittleSection } from './report-parts.js';

export const rampTopic: Topic = {
  name: 'ramp',
  options: [
    { name: 'won', value: 'A=V', about: 'what tells that one was won: opportunity.stage=Won' },
    { name: 'lost', value: 'A=V', about: 'what tells that one was lost: opportunity.stage=Lost' },
    { name: 'until', value: 'T', about: 'as things stood then. Default: the last fact' },
  ],
  run: ramp,
};

async function ramp(given: Given, terminal: Terminal): Promise<Analyzed> {
  const playbook = loadPlaybook(textOption(given, 'playbook') ?? '', terminal.now());
  const won = readIs(given, 'won', playbook);
  const lost = readIs(given, 'lost', playbook);
  if (won.attribute !== lost.attribute || !won.attribute.startsWith('opportunity.'))
    throw usageError(
      '--won and --lost are not of one attribute of the opportunity',
      'Write --won opportunity.stage=Won --lost opportunity.stage=Lost',
    );
  const book = createForecastBook(playbook, {
    outcome: won.attribute,
    won: won.values,
    lost: lost.values,
    said: won.attribute,
  });
  await eachAccount(given, terminal, book.add);
  const { deals, last } = book.finish();
  const until = textOption(given, 'until');
  const found = analyzeRamp(deals, until === undefined ? last : parseMoment(until, '--until'));
  return { result: found, report: rampReport(found), found: !isTooLittle<Ramp>(found) };
}

function rampReport(found: Ramp | TooLittleData): Report {
  const title = 'How long until new sellers win as the others do';
  if (isTooLittle<Ramp>(found)) return { title, lead: [], sections: [tooLittleSection(found)] };
  const { beginners, others, usual, ramped, firstWinDays, months } = found;
  const tenth = (number: number): string => number.toFixed(1);
  const begun =
    ramped === undefined
      ? `In the ${plural(months.length, 'month')} that can be seen, they do not yet win four fifths of that for two months running.`
      : `From month ${ramped} on they win at least four fifths of that.`;
  return {
    title,
    lead: [
      `${plural(beginners, 'seller')} began within the data, ${plural(others, 'seller')} were there before. A seller begins with the first deal; a seller is one observation, and nobody is named.`,
      `Those who were there before win ${tenth(usual)} deals a month. ${begun} ${firstWinDays === undefined ? 'Half of them have not won a first deal yet.' : `Half of them had won their first deal after ${plural(Math.round(firstWinDays), 'day')}.`}`,
    ],
    sections: [...(months.length > 0 ? [monthsSection(found)] : [])],
  };
}

function monthsSection({ months, usual }: Ramp): Section {
  const rows = months.map(({ month, sellers, won, interval }) => ({
    label: `Month ${month} (${plural(sellers, 'seller')})`,
    value: won,
    low: interval[0],
    high: interval[1],
  }));
  const format = (number: number): string => number.toFixed(1);
  return {
    heading: 'Month by month',
    blocks: [
      {
        kind: 'chart',
        chart: {
          kind: 'intervals',
          title: 'Deals won in a month, by months since the beginning',
          description: `${rows.map(({ label, value }) => `${label}: ${format(value)}`).join('. ')}. The dashed line is ${format(usual)}, what the others win.`,
          zero: usual,
          format,
          rows,
        },
        data: {
          kind: 'table',
          title: 'Deals won in a month, with 95 % intervals',
          head: ['month', 'sellers seen', 'won', 'from', 'to'],
          rows: months.map(({ month, sellers, won, interval }) => [
            month,
            sellers,
            format(won),
            format(interval[0]),
            format(interval[1]),
          ]),
        },
      },
      text(
        'Who left early is seen for less long, and late months are of those who stayed. Territories differ: a new one may need longer than a new seller.',
      ),
    ],
  };
}
