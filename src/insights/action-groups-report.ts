import type { Share } from '../analyze/clustered-share.js';
import type { Answered } from '../analyze-actions.js';
import { isTooLittle } from '../analyze-retention.js';
import { clean } from '../view/format.js';
import { countsOf, intervalRow, sharesChart } from './actions-report.js';
import { type Block, type Report, type Section, text } from './report.js';

/** As the gateway tells it. */
export interface ActionGroupMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly groups: readonly {
    /** Absent: everyone. */
    readonly team?: string;
    readonly reps?: number;
    readonly answered?: Answered;
  }[];
}

/** What groups of five reps and more achieve, month by month; in the order of their names. */
export function actionGroupsReport(months: readonly ActionGroupMonth[]): Report {
  const teams = [...new Set(months.flatMap(({ groups }) => groups.map(({ team }) => team)))];
  const sections = teams.map((team): Section => {
    const told = months
      .flatMap(({ month, groups }) =>
        groups.flatMap(({ answered, reps, ...group }) =>
          group.team === team && answered ? [{ month, reps: reps ?? 0, answered }] : [],
        ),
      )
      .reverse();
    const heading = team === undefined ? 'Everyone' : clean(team, 80);
    return { heading, blocks: [told.length === 0 ? text(TOO_FEW) : blockOf(heading, told)] };
  });
  return {
    title: 'What actions achieve',
    lead: [
      'How often buyers verifiably acted within 14 days of what reps did, by calendar month. A month is told 15 days after its end, with the teams of then, and never changes.',
      'Groups have five reps or more, also when they are added and subtracted in any way. There is no order of people here, and what one of them achieves is told to that person alone.',
    ],
    sections:
      months.length > 0
        ? sections
        : [
            {
              heading: 'Nothing yet',
              blocks: [text('No month is over yet in which reps did something.')],
            },
          ],
  };
}

const TOO_FEW =
  'Too few: this group, or what is left of a larger one without it, has one to four reps.';

function blockOf(
  name: string,
  told: readonly { readonly month: string; readonly reps: number; readonly answered: Answered }[],
): Block {
  const data = {
    kind: 'table',
    title: `${name}, month by month, with 95 % intervals`,
    head: ['month', 'reps', 'actions', 'customers', 'time over', 'followed', 'share', 'from', 'to'],
    rows: told.map(({ month, reps, answered }) => [month, reps, ...countsOf(answered)]),
  } as const;
  const rows = told.flatMap(({ month, answered: { share } }) =>
    isTooLittle<Share>(share) ? [] : [intervalRow(month, share)],
  );
  return rows.length === 0 ? data : sharesChart(`How often buyers acted: ${name}`, rows, data);
}
