import type { TooLittleData } from '../analyze-retention.js';
import type { PlayDraft } from '../draft-play.js';
import { count } from '../view/count.js';
import { clean } from '../view/format.js';
import { type Block, type NamedRecord, type Section, text } from './report.js';

/** How many of a long list a report shows. */
const LISTED = 20;

export const percent = (rate: number): string => `${Math.round(100 * rate)} %`;
export const nameOf = ({
  name,
  account,
}: {
  readonly name?: string;
  readonly account: string;
}): string => clean(name ?? account, 60);

export const recordNames = (records: readonly NamedRecord[]): string =>
  records.map(({ name, record }) => clean(name ?? record, 80)).join('; ') || 'none';

/** What it would take, in place of a number. */
export function tooLittleSection({ needed, got }: TooLittleData): Section {
  return {
    heading: 'Too little data',
    blocks: [
      text(`This takes at least ${needed}; the data have ${count(got)}. So there is no number.`),
    ],
  };
}

/** The first ones of a list in a table, or a sentence that there are none. */
export function listSection<Item>(
  heading: string,
  items: readonly Item[],
  some: string,
  none: string,
  table: {
    readonly title: string;
    readonly head: readonly string[];
    readonly row: (item: Item) => readonly (string | number)[];
  },
): Section {
  if (items.length === 0) return { heading, blocks: [text(none)] };
  const rows = items.slice(0, LISTED).map(table.row);
  const more =
    items.length > LISTED
      ? ` The first ${LISTED} of ${count(items.length)}; the JSON has all.`
      : '';
  return {
    heading: `${heading}: ${count(items.length)}`,
    blocks: [text(`${some}${more}`), { kind: 'table', title: table.title, head: table.head, rows }],
  };
}

/** A draft with what the compiler says of it, or why there is none. */
export function draftBlocks(draft: PlayDraft | undefined, none: string): readonly Block[] {
  if (!draft) return [text(none)];
  const { path, text: file, attributes, warnings } = draft;
  return [
    {
      kind: 'draft',
      title: 'A draft play that would test it, which compiles with this playbook',
      path,
      text: file,
      ...(attributes !== undefined && { attributes }),
    },
    ...warnings.map(({ message, remedy }) => text(`The compiler adds: ${message}; ${remedy}.`)),
  ];
}

export function calibrationBlock(
  title: string,
  groups: readonly {
    readonly count: number;
    readonly said: number;
    readonly came: number;
    readonly interval: readonly [number, number];
  }[],
  said: string,
  came: string,
  noun = 'customers',
): Block {
  return {
    kind: 'chart',
    chart: {
      kind: 'calibration',
      title,
      description: `${groups.map((group) => `Of ${group.count} ${said} at ${percent(group.said)}, ${percent(group.came)} ${came}`).join('. ')}. On the dashed line what was said came true.`,
      said,
      came,
      points: groups.map((group) => ({
        said: group.said,
        came: group.came,
        low: group.interval[0],
        high: group.interval[1],
      })),
    },
    data: {
      kind: 'table',
      title: `${title}, with 95 % intervals`,
      head: [said, came, 'from', 'to', noun],
      rows: groups.map((group) => [
        percent(group.said),
        percent(group.came),
        percent(group.interval[0]),
        percent(group.interval[1]),
        group.count,
      ]),
    },
  };
}
