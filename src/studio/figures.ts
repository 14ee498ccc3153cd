import { isBuyerAct } from '../buyer-acts.js';
import { push } from '../core/push.js';
import { wilsonInterval } from '../core/statistics.js';
import type { Fact } from '../domain/fact.js';
import type { Response, ResponseData } from '../domain/response.js';
import type { RecordId, SubjectKey } from '../domain/value.js';
import type { Rehearsed } from '../rehearse.js';

/** A share with its 95 % interval. */
export interface Share {
  readonly of: number;
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** What people did with cards: of a play, or with a piece of content. */
export interface Figures {
  /** Id of the play or the content. */
  readonly id: string;
  /** Cards that a rep had before the eyes. */
  readonly seen: number;
  /** Answers that were not taken back, by kind; `not-relevant` by its reason as well: `not-relevant/wrongPerson`. */
  readonly answers: { readonly [kind: string]: number };
  /** Of cards seen; undefined where too few were. */
  readonly done?: Share;
  readonly notRelevant?: Share;
  /** Of cards seen long enough ago. */
  readonly buyerActed?: Share;
  /** Of those who said whether it helped. */
  readonly helpful?: Share;
}

/** Fewer cards tell nothing. */
export const FEWEST_CARDS = 20;
/** So long after a card was seen an act of the buyer counts. */
const ACTED_WITHIN_DAYS = 14;

/** What was recorded about cards, ready to be counted. */
export interface Told {
  /** By opening. */
  readonly cards: ReadonlyMap<string, ToldCard>;
  readonly acts: ReadonlyMap<SubjectKey, readonly number[]>;
  /** Cards of which a panel told what content they brought. */
  readonly withContents: number;
}

interface ToldCard {
  readonly play: string;
  /** Each time that it was put before somebody's eyes with other content, in order. */
  readonly looks: readonly Look[];
  /** Not taken back. */
  readonly answers: readonly Answer[];
}

interface Look {
  readonly at: number;
  readonly by?: RecordId;
  readonly subjects: readonly SubjectKey[];
  readonly contents: readonly string[];
}

interface Answer {
  readonly at: number;
  readonly by?: RecordId;
  readonly response: Response;
}

/** Facts in order. */
export function gatherTold(facts: readonly Fact[]): Told {
  const cards = new Map<string, { play: string; looks: Look[]; answers: Answer[] }>();
  const acts = new Map<SubjectKey, number[]>();
  const undone = new Set(
    facts.flatMap(({ type, data }) => {
      const response = type === 'response' ? (data.response as Response) : undefined;
      return response?.kind === 'undo' ? [`response/${response.of}`] : [];
    }),
  );
  const cardOf = (opening: string, play = opening.split('|')[0] ?? '') => {
    const card = cards.get(opening) ?? { play, looks: [], answers: [] };
    cards.set(opening, card);
    return card;
  };
  let withContents = 0;
  for (const fact of facts) {
    const { id, type, data, subjects, occurredAt: at, by } = fact;
    if (type === 'seen') {
      const { opening, contents } = data;
      const own = Array.isArray(contents) ? contents.map(String) : undefined;
      const { looks } = cardOf(String(opening));
      if (own && looks.every((look) => look.contents.length === 0)) withContents++;
      looks.push({ at, subjects, contents: own ?? [], ...(by !== undefined && { by }) });
    }
    if (type === 'response' && !undone.has(id)) {
      const { opening, play, response } = data as unknown as ResponseData;
      if (response.kind !== 'undo')
        cardOf(opening, play).answers.push({ at, response, ...(by !== undefined && { by }) });
    }
    if (isBuyerAct(fact)) for (const key of subjects) push(acts, key, at);
  }
  return { cards, acts, withContents };
}

/** By play; those of which nothing was told are not among them. */
export function playFigures(told: Told, until: number): ReadonlyMap<string, Figures> {
  const { count, result } = createCount(told, until);
  for (const { play, looks, answers } of told.cards.values()) count(play, looks[0], answers);
  return result();
}

/**
 * By content, from the cards that brought it when they were seen. An answer counts for what its card brought when its
 * author last looked. Facts of before panels told of content count nowhere.
 */
export function contentFigures(told: Told, until: number): ReadonlyMap<string, Figures> {
  const { count, result } = createCount(told, until);
  for (const { looks, answers } of told.cards.values())
    for (const id of new Set(looks.flatMap(({ contents }) => contents)))
      count(
        id,
        looks.find(({ contents }) => contents.includes(id)),
        answers.filter((answer) => lookBefore(answer, looks)?.contents.includes(id)),
      );
  return result();
}

function lookBefore({ at, by }: Answer, looks: readonly Look[]): Look | undefined {
  const before = looks.filter((look) => look.at <= at);
  return before.findLast((look) => look.by === by) ?? before.at(-1) ?? looks[0];
}

interface Counting {
  seen: number;
  readonly answers: { [kind: string]: number };
  done: number;
  notRelevant: number;
  ripe: number;
  acted: number;
}

function createCount(
  { acts }: Told,
  until: number,
): {
  readonly count: (id: string, look: Look | undefined, answers: readonly Answer[]) => void;
  readonly result: () => ReadonlyMap<string, Figures>;
} {
  const all = new Map<string, Counting>();
  const within = ACTED_WITHIN_DAYS * 86_400_000;
  const hasActed = ({ at, subjects }: Look): boolean =>
    subjects.some((key) => acts.get(key)?.some((act) => act > at && act <= at + within));

  return {
    count(id, look, answers) {
      const own = all.get(id) ?? createCounting();
      all.set(id, own);
      const note = (kind: string): void => {
        own.answers[kind] = (own.answers[kind] ?? 0) + 1;
      };
      for (const { response } of answers) {
        note(response.kind);
        if (response.kind === 'not-relevant') note(`not-relevant/${response.reason}`);
      }
      if (!look) return;
      const has = (...kinds: readonly Response['kind'][]): boolean =>
        answers.some(({ response }) => kinds.includes(response.kind));
      own.seen++;
      if (has('done', 'already-done')) own.done++;
      if (has('not-relevant')) own.notRelevant++;
      if (look.at + within > until) return;
      own.ripe++;
      if (hasActed(look)) own.acted++;
    },
    result: () => new Map(Array.from(all, ([id, counting]) => [id, toFigures(id, counting)])),
  };
}

const createCounting = (): Counting => ({
  ...{ seen: 0, answers: {}, done: 0 },
  ...{ notRelevant: 0, ripe: 0, acted: 0 },
});

/** With how many cards of a play, or that bring a content, opened in the time that was tried, by rehearsal. */
export type CountedFigures = Figures & { readonly opened: number };

/** Of every play and content of a playbook. */
export interface AllFigures {
  readonly plays: ReadonlyMap<string, CountedFigures>;
  readonly contents: ReadonlyMap<string, CountedFigures>;
  /** Cards of which a panel told what content they brought. */
  readonly withContents: number;
}

export function allFigures(told: Told, rehearsed: Rehearsed): AllFigures {
  const { playbook, openings, accounts, until } = rehearsed;
  const opened = new Map<string, number>();
  for (const { play } of openings) opened.set(play, (opened.get(play) ?? 0) + 1);
  const brought = new Map<string, number>();
  for (const account of accounts)
    for (const [id, cards] of account.brought) brought.set(id, (brought.get(id) ?? 0) + cards);
  const withAll = (
    items: readonly { readonly id: string }[],
    figures: ReadonlyMap<string, Figures>,
    counts: ReadonlyMap<string, number>,
  ): AllFigures['plays'] =>
    new Map(
      items.map(({ id }) => [
        id,
        { ...(figures.get(id) ?? { id, seen: 0, answers: {} }), opened: counts.get(id) ?? 0 },
      ]),
    );
  return {
    plays: withAll(playbook.plays, playFigures(told, until), opened),
    contents: withAll(playbook.contents, contentFigures(told, until), brought),
    withContents: told.withContents,
  };
}

function toFigures(
  id: string,
  { seen, answers, done, notRelevant, ripe, acted }: Counting,
): Figures {
  const helpful = answers.helpful ?? 0;
  const shares = {
    done: shareOf(done, seen),
    notRelevant: shareOf(notRelevant, seen),
    buyerActed: shareOf(acted, ripe),
    helpful: shareOf(helpful, helpful + (answers['not-helpful'] ?? 0)),
  };
  const known = Object.entries(shares).filter(([, share]) => share !== undefined);
  return { id, seen, answers, ...Object.fromEntries(known) };
}

function shareOf(count: number, of: number): Share | undefined {
  return of < FEWEST_CARDS ? undefined : intervalOf(count, of);
}

export function intervalOf(count: number, of: number): Share {
  const [low, high] = wilsonInterval(count, of);
  return { count, of, low, high };
}
