import { isBuyerAct } from '../buyer-acts.js';
import { wilsonInterval } from '../core/statistics.js';
import type { Fact } from '../domain/fact.js';
import type { Playbook } from '../domain/playbook.js';
import type { Response } from '../domain/response.js';
import type { Problem } from '../plan/problem.js';
import { type Rehearsed, speaks } from '../rehearse.js';

/** Something in the playbook that does nothing, or works against something else. */
export interface Lying {
  readonly is: 'play' | 'content';
  readonly id: string;
  readonly file: string;
  readonly because: LyingReason;
}

export type LyingReason =
  /** Nothing opened it in the time that was tried. */
  | { readonly kind: 'never-opened' }
  /** Wherever it stands now another is shown in its place, on this many records. */
  | { readonly kind: 'always-behind'; readonly play: string; readonly records: number }
  /** It says to do what another says to leave, on this many records now. */
  | { readonly kind: 'contradicts'; readonly play: string; readonly records: number }
  /** Nothing that opened in the time that was tried, this many cards, brings it. */
  | { readonly kind: 'never-brought'; readonly cards: number }
  /** What `check` says. */
  | {
      readonly kind: 'check';
      readonly code: string;
      readonly message: string;
      readonly remedy: string;
    };

/** Findings of `check` that are about what lies idle. */
const IDLE: ReadonlySet<string> = new Set([
  ...['shadowed', 'never-true', 'no-effect', 'expired', 'unreachable', 'finds-nothing'],
]);
/** On fewer records a play that is always behind may be so by chance. */
const FEWEST_BEHIND = 5;

/** Each item once for a reason, in the order of the files. */
export function findLying(
  { playbook, openings, accounts }: Rehearsed,
  problems: readonly Problem[],
): readonly Lying[] {
  const found: Lying[] = [];
  const cards = accounts.flatMap((account) => account.cards);
  const opened = new Set(openings.map(({ play }) => play));
  const brought = new Set(accounts.flatMap((account) => account.brought));
  for (const { id, file, trigger } of playbook.plays) {
    const add = (because: LyingReason): number => found.push({ is: 'play', id, file, because });
    if (!('opened' in trigger) && !opened.has(id)) add({ kind: 'never-opened' });
    const standing = cards.filter((card) => card.play === id && speaks(card));
    const behind = standing.map((card) => card.behind);
    const [first] = behind;
    if (standing.length >= FEWEST_BEHIND && first !== undefined && !behind.includes(undefined))
      add({ kind: 'always-behind', play: mostOf(behind), records: standing.length });
    for (const [play, records] of contradictionsOf(id, playbook, accounts))
      add({ kind: 'contradicts', play, records });
  }
  for (const { id, file } of playbook.contents)
    if (!brought.has(id))
      found.push({
        is: 'content',
        id,
        file,
        because: { kind: 'never-brought', cards: openings.length },
      });
  for (const { code, file, message, remedy } of problems) {
    const of = [...playbook.plays, ...playbook.contents].find((one) => one.file === file);
    if (of && IDLE.has(code))
      found.push({
        is: file.startsWith('plays/') ? 'play' : 'content',
        id: of.id,
        file,
        because: { kind: 'check', code, message, remedy },
      });
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

function mostOf(plays: readonly (string | undefined)[]): string {
  const counts = new Map<string, number>();
  for (const play of plays) if (play !== undefined) counts.set(play, (counts.get(play) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? '';
}

/** Plays that touch a buyer whom this one leaves alone at the same time, and on how many accounts. */
function contradictionsOf(
  id: string,
  { plays }: Playbook,
  accounts: Rehearsed['accounts'],
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (plays.find((one) => one.id === id)?.action.kind !== 'leave-alone') return found;
  const touching = new Set(
    plays
      .filter(
        ({ action, mandatory, buyerRequested }) => action.touch && !mandatory && !buyerRequested,
      )
      .map((one) => one.id),
  );
  for (const { cards } of accounts) {
    const there = cards.filter(speaks);
    if (!there.some(({ play }) => play === id)) continue;
    for (const play of new Set(there.map((card) => card.play)))
      if (touching.has(play)) found.set(play, (found.get(play) ?? 0) + 1);
  }
  return found;
}

/** A share with its 95 % interval. */
export interface Share {
  readonly of: number;
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** What people did with the cards of a play. */
export interface PlayFigures {
  readonly play: string;
  /** Cards that opened in the time that was tried, by rehearsal. */
  readonly opened: number;
  /** Cards that a rep had before the eyes. */
  readonly seen: number;
  /** Answers that were not taken back, by kind; `not-relevant` by its reason as well: `not-relevant/wrongPerson`. */
  readonly answers: { readonly [kind: string]: number };
  /** Of cards seen; undefined where too few were. */
  readonly done?: Share;
  readonly notRelevant?: Share;
  readonly buyerActed?: Share;
  /** Of those who said whether it helped. */
  readonly helpful?: Share;
}

/** Fewer cards tell nothing. */
export const FEWEST_CARDS = 20;
/** So long after a card was seen an act of the buyer counts. */
const ACTED_WITHIN_DAYS = 14;

/** From what was recorded about cards: seen, answers, and what the buyer did afterwards. */
export function playFigures(
  facts: readonly Fact[],
  { playbook, openings, until }: Pick<Rehearsed, 'playbook' | 'openings' | 'until'>,
): readonly PlayFigures[] {
  const seen = new Map<string, Fact>();
  const answers = new Map<string, Fact>();
  const acts = new Map<string, number[]>();
  const undone = new Set<string>();
  for (const fact of facts) {
    const { type, data, subjects, occurredAt } = fact;
    if (type === 'seen' && !seen.has(String(data.opening))) seen.set(String(data.opening), fact);
    if (type === 'response') {
      const { kind, of } = data.response as Response & { of?: string };
      if (kind === 'undo' && of !== undefined) undone.add(of);
      else answers.set(fact.id, fact);
    }
    if (isBuyerAct(fact))
      for (const key of subjects) acts.set(key, [...(acts.get(key) ?? []), occurredAt]);
  }
  const kept = [...answers.values()].filter(({ id }) => !undone.has(id.replace(/^response\//, '')));
  return playbook.plays.map(({ id }) => {
    const cards = [...seen]
      .filter(([opening]) => opening.startsWith(`${id}|`))
      .map(([, fact]) => fact);
    const own = kept.filter(({ data }) => data.play === id);
    return figuresOf(
      id,
      cards,
      own,
      acts,
      until,
      openings.filter(({ play }) => play === id).length,
    );
  });
}

function figuresOf(
  play: string,
  cards: readonly Fact[],
  answers: readonly Fact[],
  acts: ReadonlyMap<string, readonly number[]>,
  until: number,
  opened: number,
): PlayFigures {
  const counts: { [kind: string]: number } = {};
  const count = (kind: string): number => counts[kind] ?? 0;
  const answered = new Map<string, Set<string>>();
  for (const { data } of answers) {
    const response = data.response as Response;
    counts[response.kind] = count(response.kind) + 1;
    if (response.kind === 'not-relevant')
      counts[`not-relevant/${response.reason}`] = count(`not-relevant/${response.reason}`) + 1;
    const kinds = answered.get(String(data.opening)) ?? new Set();
    answered.set(String(data.opening), kinds.add(response.kind));
  }
  const within = ACTED_WITHIN_DAYS * 86_400_000;
  const ripe = cards.filter(({ occurredAt }) => occurredAt + within <= until);
  const hasActed = ({ occurredAt, subjects }: Fact): boolean =>
    subjects.some((key) =>
      acts.get(key)?.some((at) => at > occurredAt && at <= occurredAt + within),
    );
  const withAnswer = (...kinds: readonly Response['kind'][]): number =>
    cards.filter(({ data }) => {
      const given = answered.get(String(data.opening));
      return kinds.some((kind) => given?.has(kind));
    }).length;
  const told = count('helpful') + count('not-helpful');
  const shares: readonly (readonly [
    'done' | 'notRelevant' | 'buyerActed' | 'helpful',
    Share | undefined,
  ])[] = [
    ['done', shareOf(withAnswer('done', 'already-done'), cards.length)],
    ['notRelevant', shareOf(withAnswer('not-relevant'), cards.length)],
    ['buyerActed', shareOf(ripe.filter(hasActed).length, ripe.length)],
    ['helpful', shareOf(count('helpful'), told)],
  ];
  return {
    play,
    opened,
    seen: cards.length,
    answers: counts,
    ...Object.fromEntries(shares.filter(([, share]) => share !== undefined)),
  };
}

function shareOf(count: number, of: number): Share | undefined {
  if (of < FEWEST_CARDS) return undefined;
  const [low, high] = wilsonInterval(count, of);
  return { count, of, low, high };
}
