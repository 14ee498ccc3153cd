import type { Replayed } from '../src/replay-journey.js';
import type { OverrunCounts, Overrunning } from './replay-attention.js';
import { LISTED, type Listing } from './replay-list.js';
import type { DisplacedRow, Instead, OpeningTally } from './replay-tally.js';
import { count, moment, plural, table } from './text.js';

/** Openings as JSON has them. */
export function* toOpenings(openings: Listing<Replayed>): Generator<object> {
  for (const { begin, end, ...rest } of openings.all())
    yield {
      ...rest,
      begin: new Date(begin).toISOString(),
      ...(end !== undefined && { end: new Date(end).toISOString() }),
    };
}

export function openingsText(
  { openings, plays }: OpeningTally,
  { accounts, facts }: { readonly accounts: number; readonly facts: number },
): string {
  const head = `${plural(openings.size, 'opening')} in ${plural(accounts, 'account')} (${plural(facts, 'fact')})\n`;
  if (openings.size === 0) return head;
  const rows = [...plays()]
    .map(([play, one]) => [play, one.openings, one.accounts, one.reps, one.stillOpen] as const)
    .sort((a, b) => b[1] - a[1]);
  return `${head}\n${table(['play', 'openings', 'accounts', 'reps', 'still open'], rows)}\n${listOf(openings)}`;
}

export interface DifferenceTold {
  /** Short versions of the first and of the second playbook. */
  readonly versions: readonly [string, string];
  readonly both: number;
  readonly onlyBefore: Listing<Replayed>;
  readonly onlyAfter: Listing<Replayed>;
  readonly plays: ReadonlyMap<
    string,
    { readonly both: number; readonly onlyBefore: number; readonly onlyAfter: number }
  >;
  readonly instead: readonly (Instead & { readonly times: number })[];
  readonly displaced: readonly DisplacedRow[];
  readonly overrun: OverrunCounts;
  readonly overruns: Listing<Overrunning>;
}

export function differenceText(told: DifferenceTold): string {
  const { versions, both, onlyBefore, onlyAfter, plays } = told;
  const [before, after] = versions;
  const parts = [
    `${plural(both, 'opening')} in both, ${count(onlyBefore.size)} only in ${before}, ${count(onlyAfter.size)} only in ${after}\n`,
  ];
  const rows = [...plays]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([play, one]) => [play, one.both, one.onlyBefore, one.onlyAfter]);
  if (rows.length > 0)
    parts.push('\n', table(['play', 'both', `only ${before}`, `only ${after}`], rows));
  if (onlyBefore.size > 0) parts.push(`\nNo longer opened\n${listOf(onlyBefore)}`);
  if (onlyAfter.size > 0) parts.push(`\nNewly opened\n${listOf(onlyAfter)}`);
  return `${parts.join('')}${insteadText(told)}${displacedText(told)}${attentionText(told)}`;
}

function insteadText({ instead }: DifferenceTold): string {
  if (instead.length === 0) return '';
  const rows = instead.map(({ owner, before, after, times }) => [
    owner ?? 'nobody',
    before ?? '(nothing)',
    after ?? '(nothing)',
    times,
  ]);
  return `\nWho would have seen what instead: openings of the same record at the same time\n${cutTable(['for', 'instead of', 'would see', 'times'], rows, rows.length)}`;
}

function displacedText({ displaced, versions: [before, after] }: DifferenceTold): string {
  if (displaced.length === 0) return '';
  const rows = displaced.map((row) => [row.by, row.play, row.before, row.after]);
  const head = ['play', 'displaces', `only ${before}`, `only ${after}`];
  return `\nWhat displaces what among the three cards of an account, as a card opens that only one playbook has\n${cutTable(head, rows, rows.length)}`;
}

function attentionText({ overrun, overruns, versions }: DifferenceTold): string {
  const [before, after] = versions;
  if (overrun.before + overrun.after === 0) return '';
  const head = `\nLimits of the contact policy overrun, if every card that touches the buyer were acted on when it opens: ${count(overrun.before)} under ${before}, ${count(overrun.after)} under ${after}; ${count(overrun.onlyBefore)} no longer, ${count(overrun.onlyAfter)} newly\n`;
  const rows = overruns
    .first()
    .map(({ who, day, demand, limit }) => [
      who,
      day,
      demand,
      `${limit.touches} in ${plural(limit.days, 'day')}${limit.channel === undefined ? '' : ` by ${limit.channel}`}`,
    ]);
  return rows.length === 0
    ? head
    : `${head}${cutTable(['newly over', 'on', 'touches', 'limit'], rows, overruns.size)}`;
}

function listOf(openings: Listing<Replayed>): string {
  const rows = openings
    .first()
    .map(({ begin, end, ended, play, record, owner }) => [
      moment(begin),
      play,
      record,
      owner ?? '',
      end === undefined ? 'open' : `${ended ?? 'ended'} ${moment(end).slice(0, 10)}`,
    ]);
  return cutTable(['when', 'play', 'record', 'for', 'until'], rows, openings.size);
}

/** The first rows, and how many more there are. */
function cutTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  size: number,
): string {
  const more = size > LISTED ? `and ${count(size - LISTED)} more: --json lists all\n` : '';
  return `${table(head, rows.slice(0, LISTED))}${more}`;
}
