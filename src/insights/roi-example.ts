import { analyzeRoi, WORKED_EXAMPLE } from '../analyze-roi.js';
import { statementAt } from '../prove/roi-model.js';
import { type Section, text } from './report.js';

const percent = (rate: number): string => `${(100 * rate).toFixed(1)} %`;
/** Of revenue, what could be left before tax in the same company with other costs. */
const MARGINS = [0.06, 0.12, 0.18];

/** The published figures, what they assume, and that they follow from one operating leverage and are no law. */
export function publishedCase({ isExample }: { readonly isExample: boolean }): Section {
  const { company } = WORKED_EXAMPLE;
  const found = analyzeRoi(WORKED_EXAMPLE);
  const growth = found.revenueGrowth[1];
  const lead = isExample ? 'It is what this page reckons with' : 'Beside your figures';
  return {
    heading: 'The published case: +12 % revenue, +22 % earnings per share',
    blocks: [
      text(
        `${lead}: a manufacturer with a billion in revenue, ${percent(company.grossMargin)} gross margin, SG&A of ${percent(company.sga)} that grows by commissions alone (${percent(company.commission)} of what is added). Revenue grows by ${percent(growth)} in two years. What goods and commissions leave of that meets ${percent(found.margin)} of revenue that are left before tax today: earnings per share grow ${(found.leverage ?? 0).toFixed(2)} times as fast.`,
      ),
      text(
        'That 12 becomes 22 follows from this one operating leverage, and is no law. The same growth of revenue where more or less is left today:',
      ),
      {
        kind: 'table',
        title: `Earnings per share with ${percent(growth)} more revenue`,
        head: ['left before tax today', 'earnings per share'],
        rows: MARGINS.map((margin) => {
          const other = { ...company, sga: company.grossMargin - margin };
          const [today, then] = [statementAt(other, 0), statementAt(other, growth)];
          return [percent(margin), `+${percent(then.eps / today.eps - 1)}`];
        }),
      },
    ],
  };
}
