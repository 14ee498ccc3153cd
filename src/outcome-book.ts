import { type BuyerAct, isBuyerAct, withoutBursts } from './buyer-acts.js';
import { bareName } from './core/bare-name.js';
import type { Draw } from './domain/decision.js';
import { comparePositions, type Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import { type JsonObject, kindOf, type RecordId, type SubjectKey } from './domain/value.js';
import type { Exposure } from './learn/exposure.js';
import type { Opinion } from './learn/rate-contents.js';

export interface OutcomeQuestion {
  /** Types of facts, each of which is a success where the buyer did it, verified. */
  readonly success: readonly string[];
  /** What the buyer does later than this after a card was seen is not its doing. */
  readonly windowMs: number;
  /** Qualified choice attribute of the account by whose value situations differ. */
  readonly situation?: string;
}

/** What reps made of a play: told, and never taken for success. */
export interface Acceptance {
  readonly seen: number;
  readonly followed: number;
  readonly helpful: number;
  readonly notHelpful: number;
}

/** A card that was drawn among others. */
export interface DrawnExposure extends Exposure {
  readonly account: SubjectKey;
  readonly draw: Draw;
}

export interface Outcomes {
  readonly exposures: readonly Exposure[];
  /** Those of them that were drawn. */
  readonly drawn: readonly DrawnExposure[];
  readonly acceptance: ReadonlyMap<string, Acceptance>;
  /** What was said of cards, once for each content that the card brought when it was last seen before. */
  readonly opinions: readonly Opinion[];
}

const isOwnType = new Set(['seen', 'response', 'record-changed']);

/**
 * Folds facts into what came of cards. A fact counts once, by its id, and the order does not matter: parts of several
 * devices, redelivered and mixed, add up to the same.
 */
export function createOutcomeBook(
  playbook: Playbook,
  question: OutcomeQuestion,
): { add(account: SubjectKey, fact: Fact): void; finish(): Outcomes } {
  const accounts = new Map<SubjectKey, Map<string, Fact>>();
  const { success, situation = '' } = question;
  const touches = playbook.contactPolicy.touches;
  const attribute = bareName(situation);
  const matters = ({ type, about, data }: Fact, account: SubjectKey): boolean => {
    if (type === 'record-changed')
      return about[0] === account && Object.hasOwn((data.values ?? {}) as JsonObject, attribute);
    return isOwnType.has(type) || success.includes(type) || Object.hasOwn(touches, type);
  };
  return {
    add(account, fact) {
      if (!matters(fact, account)) return;
      const own = accounts.get(account) ?? new Map<string, Fact>();
      accounts.set(account, own.set(fact.id, fact));
    },
    finish() {
      const exposures: Exposure[] = [];
      const drawn: DrawnExposure[] = [];
      const acceptance = new Map<string, { -readonly [part in keyof Acceptance]: number }>();
      const opinions: Opinion[] = [];
      for (const key of [...accounts.keys()].sort()) {
        const facts = [...(accounts.get(key) as Map<string, Fact>).values()].sort(comparePositions);
        const found = readExposures(facts, { playbook, question, attribute });
        exposures.push(...found.exposures);
        drawn.push(...found.drawn.map((one) => ({ ...one, account: key })));
        for (const { play, followed } of found.exposures) {
          const own = acceptanceOf(acceptance, play);
          own.seen++;
          if (followed) own.followed++;
        }
        for (const opinion of found.opinions) {
          const { data, occurredAt: at } = opinion;
          const own = acceptanceOf(acceptance, String(data.play));
          const helpful = kindOfResponse(data) === 'helpful';
          if (helpful) own.helpful++;
          else own.notHelpful++;
          for (const content of contentsSeen(facts, opinion))
            opinions.push({ content, at, helpful });
        }
      }
      return { exposures, drawn, acceptance, opinions };
    },
  };
}

/** What the card brought when it was last seen before somebody said something of it. */
function contentsSeen(facts: readonly Fact[], opinion: Fact): readonly string[] {
  const last = facts.findLast(
    (fact) =>
      fact.type === 'seen' &&
      fact.data.opening === opinion.data.opening &&
      comparePositions(fact, opinion) < 0,
  );
  return Array.isArray(last?.data.contents) ? last.data.contents.map(String) : [];
}

function acceptanceOf<One>(all: Map<string, One>, play: string): One {
  const own = all.get(play) ?? ({ seen: 0, followed: 0, helpful: 0, notHelpful: 0 } as One);
  all.set(play, own);
  return own;
}

const kindOfResponse = (data: JsonObject): string =>
  String((data.response as JsonObject | undefined)?.kind);

interface Reading {
  readonly playbook: Playbook;
  readonly question: OutcomeQuestion;
  /** Bare. */
  readonly attribute: string;
}

type Card = {
  -readonly [part in keyof Exposure]: Exposure[part];
} & { readonly record: RecordId; readonly draw?: Draw; followedAt?: number };

/** Of one account, whose facts stand in order. */
function readExposures(
  facts: readonly Fact[],
  { playbook, question, attribute }: Reading,
): {
  readonly exposures: readonly Exposure[];
  readonly drawn: readonly Omit<DrawnExposure, 'account'>[];
  readonly opinions: readonly Fact[];
} {
  const { windowMs, success } = question;
  const { plays, contactPolicy } = playbook;
  const channelOf = new Map(plays.map(({ id, action }) => [id, action.touch]));
  const undone = new Set(
    facts
      .filter(({ type, data }) => type === 'response' && kindOfResponse(data) === 'undo')
      .map(({ data }) => `response/${(data.response as JsonObject).of}`),
  );
  const answers = facts.filter(({ id, type }) => type === 'response' && !undone.has(id));
  const cards = new Map<string, Card>();
  let situation = '';
  for (const { type, data, occurredAt: at } of facts) {
    if (type === 'record-changed') situation = String((data.values as JsonObject)[attribute] ?? '');
    if (type !== 'seen') continue;
    const opening = String(data.opening);
    const [play = '', record = ''] = opening.split('|');
    const draw = readDraw(data.draw);
    const card = { play, record, situation, at, followed: false, ...(draw && { draw }) };
    if (!cards.has(opening)) cards.set(opening, card);
  }
  for (const card of cards.values()) {
    const until = card.at + windowMs;
    const followed = [
      ...answers.filter(
        ({ data }) =>
          ['done', 'already-done'].includes(kindOfResponse(data)) &&
          data.play === card.play &&
          data.record === card.record,
      ),
      ...facts.filter(
        ({ type, by, about }) =>
          contactPolicy.touches[type] !== undefined &&
          contactPolicy.touches[type] === channelOf.get(card.play) &&
          by !== undefined &&
          kindOf(by) === 'rep' &&
          mayConcern(about, card.record),
      ),
    ]
      .filter(({ occurredAt: at }) => at >= card.at && at <= until)
      .sort(comparePositions);
    const [first] = followed;
    if (!first) continue;
    card.followed = true;
    card.followedAt = first.occurredAt;
    if (first.by !== undefined) card.by = first.by;
  }
  const acts = facts.filter((fact) => success.includes(fact.type) && isBuyerAct(fact));
  const counted = new Set(withoutBursts(acts.map(toAct)).map(({ at, type }) => `${at}|${type}`));
  for (const act of acts) {
    const { at, type } = toAct(act);
    if (!counted.has(`${at}|${type}`)) continue;
    const card = creditedCard(cards, act, windowMs);
    if (card) card.answeredAfter ??= at - card.at;
  }
  const toExposure = ({ record: _, followedAt: __, draw: ___, ...card }: Card): Exposure => card;
  return {
    exposures: Array.from(cards.values(), toExposure),
    drawn: [...cards.values()].flatMap((card) =>
      card.draw ? [{ ...toExposure(card), draw: card.draw }] : [],
    ),
    opinions: answers.filter(({ data }) =>
      ['helpful', 'not-helpful'].includes(kindOfResponse(data)),
    ),
  };
}

/** As a card said it of itself; undefined where it does not add up. */
function readDraw(told: unknown): Draw | undefined {
  const { probability, among } = Object(told) as Partial<Draw>;
  if (!isShare(probability) || !Array.isArray(among)) return undefined;
  const isWhole = among.every((one) => typeof one?.play === 'string' && isShare(one.probability));
  const sum = among.reduce((total, one) => total + one?.probability, 0);
  return isWhole && Math.abs(sum - 1) < 1e-6 ? { probability, among } : undefined;
}

const isShare = (value: unknown): value is number =>
  typeof value === 'number' && value > 0 && value <= 1;

const toAct = ({ occurredAt: at, type }: Fact): BuyerAct => ({ at, type });

/** The card that was acted on last before what the buyer did about its record; an act is the doing of one. */
function creditedCard(
  cards: ReadonlyMap<string, Card>,
  { occurredAt, about }: Fact,
  windowMs: number,
): Card | undefined {
  let last: Card | undefined;
  for (const card of cards.values()) {
    const { followedAt = Number.POSITIVE_INFINITY, at, record } = card;
    if (followedAt > occurredAt || occurredAt > at + windowMs || !mayConcern(about, record))
      continue;
    if (followedAt > (last?.followedAt ?? Number.NEGATIVE_INFINITY)) last = card;
  }
  return last;
}

/** What names an opportunity is about no other. */
function mayConcern(about: readonly RecordId[], record: RecordId): boolean {
  const deals = about.filter((id) => kindOf(id) === 'opportunity');
  return deals.length === 0 || kindOf(record) !== 'opportunity' || deals.includes(record);
}
