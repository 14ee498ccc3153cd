import type { Ramp, RampCurve } from '../analyze-ramp.js';
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
    sections: [
      ...(months.length > 0 ? [monthsSection(found)] : []),
      ...(found.guided ? [guidedSection(found.guided)] : []),
    ],
  };
}

/** Those who had guidance from the beginning beside those who had not. */
function guidedSection({ from, without }: NonNullable<Ramp['guided']>): Section {
  const months = Math.max(from.months.length, without.months.length);
  const won = ({ months: own }: RampCurve, month: number): string => {
    const one = own[month];
    return one
      ? `${one.won.toFixed(1)} (${one.interval.map((end) => end.toFixed(1)).join(' to ')})`
      : 'too few';
  };
  const lead = (who: string, { beginners, ramped, firstWinDays }: RampCurve): string =>
    `${who} (${plural(beginners, 'seller')}): ${ramped === undefined ? 'not yet at four fifths of what the others win' : `at four fifths of what the others win from month ${ramped} on`}, ${firstWinDays === undefined ? 'half have not won yet' : `half had won after ${plural(Math.round(firstWinDays), 'day')}`}.`;
  return {
    heading: 'With guidance from the beginning, and without',
    blocks: [
      {
        kind: 'list',
        items: [
          lead('A card within the first two months', from),
          lead('None within the first two months', without),
        ],
      },
      {
        kind: 'table',
        title: 'Deals won in a month, with 95 % intervals',
        head: ['month', 'with guidance', 'without'],
        rows: Array.from({ length: months }, (_, month) => [
          month + 1,
          won(from, month),
          won(without, month),
        ]),
      },
      text(
        'This is no experiment: who began with guidance began later, or in another team, and may have had it easier. What guidance earns is told by the holdout alone.',
      ),
    ],
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
        'Who has left counts as winning nothing from then on, among beginners and others alike. Territories differ: a new one may need longer than a new seller.',
      ),
    ],
  };
}
