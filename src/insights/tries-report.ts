import type { Playbook } from '../domain/playbook.js';
import type { TryCount, TryStand } from '../domain/try.js';
import { count, plural } from '../view/count.js';
import { clean } from '../view/format.js';
import { openTitle } from '../view/reading.js';
import { ENGLISH } from '../view/strings.js';
import { armsChart, points } from './arms-chart.js';
import type { Block, Report, Section } from './report.js';
import { text } from './report.js';

const day = (at: string): string => at.slice(0, 10);
const acted = ({ known, succeeded }: TryCount): string => `${succeeded} of ${known}`;

/** How a rep's own tries stand, beside the own actions; none where nothing was tried. `of`: of a rep who shares them. */
export function triesSections(
  tries: readonly TryStand[],
  playbook: Pick<Playbook, 'plays'>,
  of?: string,
): readonly Section[] {
  if (tries.length === 0) return [];
  return [
    {
      heading: of === undefined ? 'What you try' : `What ${clean(of, 80)} tries`,
      blocks: [
        { kind: 'list', items: tries.map((one) => verdictWords(one, playbook)) },
        differences(tries, playbook),
        text(
          'By lot half of the accounts of a try get the new way, the others as usual. A success is what a person of the buyer verifiably did within the days after a card of the action was seen. The intervals hold however often one looks. Managers see no try.',
        ),
      ],
    },
  ];
}

export function triesReport(tries: readonly TryStand[], playbook: Pick<Playbook, 'plays'>): Report {
  const sections = triesSections(tries, playbook);
  return {
    title: 'What you try, and what comes of it',
    lead: [],
    sections:
      sections.length > 0
        ? sections
        : [
            {
              heading: 'Nothing yet',
              blocks: [text(`Nothing was tried. “${ENGLISH.tryAnother}” is on the cards.`)],
            },
          ],
  };
}

function verdictWords(
  { how, play, startedAt, until, isRunning, because, verdict, waiting, days }: TryStand,
  playbook: Pick<Playbook, 'plays'>,
): string {
  const { is, more } = verdict;
  const stands =
    more === undefined
      ? ENGLISH.tryVerdicts[is]
      : `${ENGLISH.tryVerdicts[is]}, about ${plural(more, 'more account')}`;
  return [
    `“${clean(how)}” with “${openTitle(play, playbook)}”, ${day(startedAt)} to ${day(until)}${isRunning ? '' : ', over'}: ${stands}.`,
    ...(because ? [ENGLISH.tryStopped[because]] : []),
    ...(waiting > 0 ? [`Of ${count(waiting)} more the ${plural(days, 'day')} are not over.`] : []),
  ].join(' ');
}

function differences(tries: readonly TryStand[], playbook: Pick<Playbook, 'plays'>): Block {
  const data = {
    kind: 'table',
    title: 'Buying groups of which the buyer acted, and percentage points between the two ways',
    head: ['what is tried', 'with', 'new way', 'as usual', 'difference', 'from', 'to'],
    rows: tries.map(({ how, play, difference, usual, new: tried }) => [
      clean(how),
      openTitle(play, playbook),
      acted(tried),
      acted(usual),
      ...(difference
        ? [points(difference.value), ...difference.interval.map(points)]
        : ['too few', '', '']),
    ]),
  } as const;
  const told = tries.flatMap(({ how, difference, verdict }) =>
    difference
      ? { label: clean(how), ...difference, isQuiet: verdict.is === 'not-enough-yet' }
      : [],
  );
  return armsChart('How many more of a hundred buyers act, the new way', told, data);
}
