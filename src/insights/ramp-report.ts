import type { Ramp } from '../analyze-ramp.js';
import { isTooLittle, type TooLittleData } from '../analyze-retention.js';
import { plural } from '../view/count.js';
import { type Report, type Section, text } from './report.js';
import { tooLittleSection } from './report-parts.js';

export function rampReport(found: Ramp | TooLittleData): Report {
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
  const format = (number: number): string => number.toFixed(1);
  const rows = months.map(({ month, sellers, won, interval }) => ({
    label: `Month ${month} (${plural(sellers, 'seller')})`,
    value: won,
    text: format(won),
    low: interval[0],
    high: interval[1],
  }));
  return {
    heading: 'Month by month',
    blocks: [
      {
        kind: 'chart',
        chart: {
          kind: 'intervals',
          title: 'Deals won in a month, by months since the beginning',
          description: `${rows.map(({ label, value }) => `${label}: ${format(value)}`).join('. ')}. The dashed line is ${format(usual)}, what the others win.`,
          zero: { value: usual, text: `others ${format(usual)}` },
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
