import type { Attribute, Playbook } from '../domain/playbook.js';
import type { RecordState } from '../domain/subject.js';
import { type AttributeValue, isErased, type RecordId, type SubjectKey } from '../domain/value.js';
import { createModel } from '../model.js';
import { type Rehearsed, type StandingCard, speaks } from '../rehearse.js';
import { ownerIn } from '../replay-journey.js';
import { createSituation } from '../situation.js';

/** A value of one of the two attributes; `undefined` where nobody knows. */
export interface CoverageValue {
  readonly value: string | boolean | undefined;
  readonly label: string;
}

/** A record in a cell. */
export interface CoveredRecord {
  readonly record: RecordId;
  readonly account: SubjectKey;
  readonly owner?: RecordId;
  readonly name?: string;
  readonly accountName?: string;
  /** Open pipeline, in minor units of the playbook's currency. */
  readonly amount: number;
  /** How many plays have something to say there. */
  readonly plays: number;
}

/** How it stands with most of the pipeline in a cell; by number of records where there is no pipeline. */
export type CellState = 'empty' | 'nothing' | 'some' | 'crowded';

export interface CoverageCell {
  readonly row: number;
  readonly column: number;
  readonly state: CellState;
  readonly amount: number;
  /** Records, and those of them where the playbook has nothing to say and where five plays or more compete. */
  readonly count: number;
  readonly nothing: number;
  readonly crowded: number;
  /** The largest pipeline first. */
  readonly records: readonly CoveredRecord[];
}

/** Where the playbook speaks and where it does not, by two attributes. */
export interface Coverage {
  /** What is counted: open opportunities where an attribute is theirs, else accounts. */
  readonly of: 'account' | 'opportunity';
  readonly currency: string;
  readonly rows: readonly CoverageValue[];
  readonly columns: readonly CoverageValue[];
  readonly cells: readonly CoverageCell[];
}

/** So many plays compete for the rep's next hour. */
const CROWDED = 5;
/** Records of a cell that are listed. */
const MOST_LISTED = 100;

/** Attributes by which a map can be drawn. */
export function canMap({ type, values, of }: Attribute): boolean {
  if (of !== 'account' && of !== 'opportunity') return false;
  return type === 'boolean' || ((type === 'choice' || type === 'multi') && values !== undefined);
}

/** A record with several values of an attribute is in the cell of each. */
export function coverage(
  { playbook, accounts, until }: Rehearsed,
  rowId: string,
  columnId: string,
): Coverage | undefined {
  const [row, column] = [rowId, columnId].map((id) =>
    playbook.attributes.find((one) => one.id === id && canMap(one)),
  );
  if (!row || !column) return undefined;
  const of = [row, column].some((one) => one.of === 'opportunity') ? 'opportunity' : 'account';
  const model = createModel(playbook);
  const [rows, columns] = [valuesOf(row), valuesOf(column)];
  const held = rows.map(() => columns.map((): CoveredRecord[] => []));
  for (const { subject: account, cards } of accounts) {
    const { look } = createSituation(model, { account, now: until });
    const all = Object.values(account.records).filter(
      ({ deleted, id }) => !deleted && !isErased(id),
    );
    const open = all.filter(isOpenDeal);
    for (const record of of === 'opportunity'
      ? open
      : all.filter(({ kind }) => kind === 'account')) {
      const { situated } = look(record);
      const deals = of === 'opportunity' ? [record] : open;
      const nameOf = (one: RecordState | undefined): string | undefined =>
        typeof one?.values.name?.value === 'string' ? one.values.name.value : undefined;
      const [owner, name, accountName] = [
        ownerIn(account, record.id),
        nameOf(record),
        nameOf(account.records[account.key]),
      ];
      const covered: CoveredRecord = {
        record: record.id,
        account: account.key,
        ...(owner !== undefined && { owner }),
        ...(name !== undefined && { name }),
        ...(accountName !== undefined && { accountName }),
        amount: deals.reduce((sum, deal) => sum + amountOf(deal), 0),
        plays: playsOn(cards, record, account.key),
      };
      for (const i of placesOf(situated.get(row.id), rows))
        for (const j of placesOf(situated.get(column.id), columns)) held[i]?.[j]?.push(covered);
    }
  }
  const cells = held.flatMap((line, i) => line.map((records, j) => toCell(i, j, records)));
  return { of, currency: playbook.currency, ...withoutUnknown(rows, columns, cells) };
}

function valuesOf({ type, values = [] }: Attribute): readonly CoverageValue[] {
  const known =
    type === 'boolean'
      ? [true, false].map((value) => ({ value, label: '' }))
      : values.map(({ id, label }) => ({ value: id, label }));
  return [...known, { value: undefined, label: '' }];
}

function placesOf(
  value: AttributeValue | undefined,
  values: readonly CoverageValue[],
): readonly number[] {
  const all = Array.isArray(value) ? value : [value];
  const found = all.map((one) => values.findIndex((other) => other.value === one));
  const known = [...new Set(found)].filter((i) => i >= 0);
  return known.length > 0 ? known : [values.length - 1];
}

const isOpenDeal = ({ kind, values }: RecordState): boolean =>
  kind === 'opportunity' && values.open?.value === true;

function amountOf({ values }: RecordState): number {
  const amount = values.amount?.value;
  return typeof amount === 'number' ? amount : 0;
}

/** On the page of a deal stand its own cards and those of its account; on that of an account stand all. */
function playsOn(cards: readonly StandingCard[], record: RecordState, account: SubjectKey): number {
  return cards.filter(
    (card) =>
      speaks(card) &&
      (record.kind === 'account' || card.record === record.id || card.record === account),
  ).length;
}

function toCell(row: number, column: number, records: readonly CoveredRecord[]): CoverageCell {
  const sorted = [...records].sort((a, b) => b.amount - a.amount || (a.record < b.record ? -1 : 1));
  const amount = sum(records);
  const share = (some: readonly CoveredRecord[]): number =>
    amount > 0 ? sum(some) / amount : some.length / Math.max(1, records.length);
  const nothing = records.filter(({ plays }) => plays === 0);
  const crowded = records.filter(({ plays }) => plays >= CROWDED);
  const state =
    records.length === 0
      ? 'empty'
      : share(nothing) > 0.5
        ? 'nothing'
        : share(crowded) > 0.5
          ? 'crowded'
          : 'some';
  return {
    row,
    column,
    state,
    amount,
    count: records.length,
    nothing: nothing.length,
    crowded: crowded.length,
    records: sorted.slice(0, MOST_LISTED),
  };
}

const sum = (records: readonly CoveredRecord[]): number =>
  records.reduce((total, { amount }) => total + amount, 0);

/** What is not known has a row or column only where there is such a record. */
function withoutUnknown(
  rows: readonly CoverageValue[],
  columns: readonly CoverageValue[],
  cells: readonly CoverageCell[],
): Pick<Coverage, 'rows' | 'columns' | 'cells'> {
  const isNeeded = (key: 'row' | 'column', last: number): boolean =>
    cells.some((cell) => cell[key] === last && cell.count > 0);
  const rowCount = rows.length - (isNeeded('row', rows.length - 1) ? 0 : 1);
  const columnCount = columns.length - (isNeeded('column', columns.length - 1) ? 0 : 1);
  return {
    rows: rows.slice(0, rowCount),
    columns: columns.slice(0, columnCount),
    cells: cells.filter(({ row, column }) => row < rowCount && column < columnCount),
  };
}

/** A play for a cell, as far as the cell says it: what is counted, in these two conditions. */
export function playForCell(
  { of, rows, columns }: Pick<Coverage, 'of' | 'rows' | 'columns'>,
  [rowId, columnId]: readonly [string, string],
  { row, column }: Pick<CoverageCell, 'row' | 'column'>,
): {
  readonly about: Playbook['plays'][number]['about'];
  readonly becomes: { readonly [name: string]: string | boolean | { readonly missing: true } };
} {
  const asked = (id: string, one: CoverageValue | undefined) =>
    [
      id.startsWith(`${of}.`) ? id.slice(of.length + 1) : id,
      one?.value ?? ({ missing: true } as const),
    ] as const;
  return {
    about: of,
    becomes: Object.fromEntries([asked(rowId, rows[row]), asked(columnId, columns[column])]),
  };
}
