import type { DealTimeline } from './analyze/add-behaviour.js';
import type { Column, Table } from './analyze/table.js';
import { stableJson } from './core/stable-json.js';
import { dateOfDay, dayNumber } from './core/zone.js';
import { findEndings, stepsOf } from './deal-endings.js';
import { draftRecords } from './domain/draft.js';
import type { Fact } from './domain/fact.js';
import type { Attribute, Playbook } from './domain/playbook.js';
import type { AttributeValue, RecordId, SubjectKey } from './domain/value.js';
import { fittingValue } from './fitting-value.js';
import { createAttributePlan, placeOf } from './record/attribute-plan.js';
import { type Folding, foldFact } from './record/fold.js';
import { readAttribute, readPlace, sceneOf } from './record/situate.js';

/** What is a deal, how it ended, and what of it is looked at. */
export interface DealQuestion {
  /** A qualified attribute that facts set, of an opportunity or of an account: such a record is one deal. */
  readonly outcome: string;
  readonly won: readonly AttributeValue[];
  readonly lost: readonly AttributeValue[];
  /** Qualified; absent: the owner of the record, else of the account. */
  readonly seller?: string;
  /**
   * Days from a deal's first fact on. What was known then counts, and deals decided sooner are left out, so that nothing
   * is explained by what the outcome brought.
   */
  readonly firstDays: number;
  /** In place of won or lost, an amount of those that were won: days to the decision, or a qualified number attribute. */
  readonly measure?: 'cycle' | (string & {});
  /** Qualified attributes that are not looked at. */
  readonly leaveOut?: readonly string[];
}

export interface Deal {
  readonly account: SubjectKey;
  readonly record: RecordId;
  readonly name?: string;
}

export interface Deals {
  readonly table: Table;
  /** One a row of the table. */
  readonly deals: readonly Deal[];
  /** What was done on each of them before it was decided. */
  readonly timelines: readonly DealTimeline[];
  readonly left: {
    /** Not decided yet. */
    readonly open: number;
    /** Decided before the first days were over. */
    readonly decidedSooner: number;
    /** Without a seller, where others have one. */
    readonly withoutSeller: number;
  };
  /** Who sold is told with one outcome and hardly ever with the other, so that it says how it ended and is left out. */
  readonly sellerByOutcome?: true;
  /** Rows of which nothing is told from before the decision. */
  readonly timeNotTold: number;
  /** Days from the first fact to the decision that a quarter of the deals do not reach; absent: no times are told. */
  readonly quickQuarterDays?: number;
  /** Activities on any deal before it was decided: types. */
  readonly activities: readonly string[];
  /** One a row, where the measure is an attribute: its value as it stands in the end. */
  readonly measured?: readonly (number | undefined)[];
  /** Since when those are open that are not decided, epoch milliseconds. */
  readonly openSince: readonly number[];
}

interface Row extends Deal {
  readonly won: boolean;
  readonly began: number;
  readonly decidedAt: number;
  readonly readAt: number;
  readonly steps: DealTimeline['steps'];
  values: readonly (AttributeValue | undefined)[];
  seller: string | undefined;
  name?: string;
  measured?: number;
  isRead: boolean;
}

const DAY = 86_400_000;
/** What the agent notes for itself, and what tells of records, is nothing that anybody did. */
const NO_ACTIVITY = new Set(
  'record-changed record-deleted response tip seen bid bid-withdrawn published roll-out holdout-assigned arm-assigned rate'.split(
    ' ',
  ),
);
const ANALYZED = new Set<Attribute['type']>(['choice', 'multi', 'number', 'boolean']);

/**
 * The column of the calendar quarter in which a deal began, or of the month where days are measured, which change sooner;
 * there is none where all is told as of one time.
 */
export const QUARTER = 'deal.quarter';

const quarterOf = (date: string): string =>
  `${date.slice(0, 4)}-${Math.ceil(Number(date.slice(5, 7)) / 3)}`;

/** Gathers deals account by account; facts come in order, each once. */
export function createDealTable(
  playbook: Playbook,
  question: DealQuestion,
): {
  add(account: SubjectKey, facts: readonly Fact[]): void;
  finish(): Deals;
} {
  const plan = createAttributePlan(playbook);
  const { kind, bare } = placeOf(plan, question.outcome);
  const measure = question.measure === 'cycle' ? undefined : question.measure;
  const left = new Set([
    question.outcome,
    question.seller,
    question.measure,
    ...(question.leaveOut ?? []),
  ]);
  const attributes = playbook.attributes.filter(
    ({ id, of, type, machine }) =>
      (of === kind || of === 'account') && ANALYZED.has(type) && !machine && !left.has(id),
  );
  const rows: Row[] = [];
  let decidedSooner = 0;
  const openSince: number[] = [];
  const quick: number[] = [];

  function add(account: SubjectKey, facts: readonly Fact[]): void {
    const own = facts.filter(({ subjects }) => subjects.includes(account));
    const activities = own.filter(({ type }) => !NO_ACTIVITY.has(type));
    const pending: Row[] = [];
    for (const [record, ending] of findEndings(own, kind, bare)) {
      const { began, at: decidedAt, value } = ending;
      const won = question.won.includes(value);
      if (!won && !question.lost.includes(value)) {
        openSince.push(began);
        continue;
      }
      if (decidedAt > began) quick.push((decidedAt - began) / DAY);
      const landmark = began + question.firstDays * DAY;
      if (decidedAt > began && decidedAt < landmark) {
        decidedSooner++;
        continue;
      }
      const readAt = decidedAt > began ? landmark : decidedAt;
      const steps = stepsOf(activities, record, kind, ending);
      const row = { account, record, won, began, decidedAt, readAt, steps };
      pending.push({ ...row, values: [], seller: undefined, isRead: false });
    }
    pending.sort((one, other) => one.readAt - other.readAt);
    const folding: Folding = { ...draftRecords({}, true), rates: {} };
    let next = 0;
    for (const fact of own) {
      for (let i = next; (pending[i]?.readAt ?? Number.POSITIVE_INFINITY) <= fact.occurredAt; i++) {
        const row = pending[i] as Row;
        // Of what comes with the decision nothing counts, where anything was told before it.
        const decides = row.decidedAt > row.began && fact.occurredAt >= row.decidedAt;
        if (!row.isRead && (row.readAt < fact.occurredAt || decides)) read(row, folding);
        if (i === next && row.isRead) next++;
      }
      foldFact(folding, fact, plan);
      folding.changes.length = 0;
    }
    for (const row of pending) {
      if (!row.isRead) read(row, folding);
      const record = folding.records[row.record];
      if (!record || record.deleted) continue;
      row.seller ??= sellerOf(row, folding);
      const name = record.values.name?.value;
      if (typeof name === 'string') row.name = name;
      if (measure !== undefined) {
        const today = dayNumber(own.at(-1)?.occurredAt ?? 0, plan.zone);
        const scene = sceneOf(plan, { key: account, records: folding.records, today }, record);
        const measured = readAttribute(scene, measure);
        if (typeof measured === 'number') row.measured = measured;
      }
      rows.push(row);
    }
  }

  function read(row: Row, folding: Folding): void {
    row.isRead = true;
    const record = folding.records[row.record];
    if (!record) return;
    const today = dayNumber(row.readAt, plan.zone);
    const scene = sceneOf(plan, { key: row.account, records: folding.records, today }, record);
    row.values = attributes.map(({ id, type }) =>
      fittingValue(readPlace(scene, placeOf(plan, id)), type),
    );
    row.seller = sellerOf(row, folding);
  }

  function sellerOf({ account, record: id }: Row, { records }: Folding): string | undefined {
    const record = records[id];
    if (!record) return undefined;
    const { seller } = question;
    const scene = sceneOf(plan, { key: account, records, today: 0 }, record);
    const found = seller
      ? readAttribute(scene, seller)
      : (record.values.owner?.value ?? records[account]?.values.owner?.value);
    return typeof found === 'string' ? found : undefined;
  }

  function finish(): Deals {
    const told = rows.filter(({ seller }) => seller !== undefined);
    const sellerByOutcome = question.measure === undefined && isToldByOutcome(rows);
    const isSold = told.length > 0 && !sellerByOutcome;
    const kept = isSold ? told : rows;
    const timeNotTold = kept.filter(({ began, decidedAt }) => decidedAt === began).length;
    const knownAt = timeNotTold * 2 < kept.length && kept.map(({ readAt }) => readAt);
    const columns = attributes.flatMap(({ id, type }, place): Column[] => {
      const values = kept.map((row) => row.values[place]);
      const first = stableJson(values[0] ?? null);
      if (values.every((value) => stableJson(value ?? null) === first)) return [];
      return [{ id, type: type as Column['type'], values, ...(knownAt && { knownAt }) }];
    });
    const times = kept.map(({ began }) => {
      const date = dateOfDay(dayNumber(began, plan.zone));
      return question.measure === 'cycle' ? date.slice(0, 7) : quarterOf(date);
    });
    if (knownAt || new Set(times).size > 1)
      columns.push({ id: QUARTER, type: 'choice', values: times, ...(knownAt && { knownAt }) });
    quick.sort((one, other) => one - other);
    const quarter = quick[quick.length >> 2];
    return {
      table: {
        columns,
        outcome: kept.map(({ won }) => Number(won)),
        ...(isSold && { sellers: kept.map(({ seller }) => seller as string) }),
        decidedAt: kept.map(({ decidedAt }) => decidedAt),
      },
      deals: kept.map(({ account, record, name }) => ({
        account,
        record,
        ...(name !== undefined && { name }),
      })),
      left: { open: openSince.length, decidedSooner, withoutSeller: rows.length - kept.length },
      ...(sellerByOutcome && { sellerByOutcome }),
      timeNotTold,
      ...(quarter !== undefined && { quickQuarterDays: Math.floor(quarter) }),
      activities: [
        ...new Set(kept.flatMap(({ steps }) => steps.flatMap(({ kinds }) => kinds))),
      ].sort(),
      timelines: kept.map(({ began, steps }) => ({ began, steps })),
      ...(measure !== undefined && { measured: kept.map((row) => row.measured) }),
      openSince,
    };
  }
  return { add, finish };
}

/** Rows of an outcome that tell it is no chance. */
const FEWEST_OF_OUTCOME = 10;
const OFTEN = 0.8;
const SELDOM = 0.02;

function isToldByOutcome(rows: readonly Row[]): boolean {
  const shares = [true, false].map((isWon) => {
    const own = rows.filter(({ won }) => won === isWon);
    return own.length < FEWEST_OF_OUTCOME
      ? undefined
      : own.filter(({ seller }) => seller !== undefined).length / own.length;
  });
  return (
    shares.some((share) => share !== undefined && share <= SELDOM) &&
    shares.some((share) => share !== undefined && share >= OFTEN)
  );
}
