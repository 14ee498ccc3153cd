import type { Playbook } from '../domain/playbook.js';
import type { Problem } from '../plan/problem.js';
import { type Rehearsed, speaks } from '../rehearse.js';
import { type AllFigures, FEWEST_CARDS, type Figures, intervalOf, type Share } from './figures.js';

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
  /** So many cards that opened in the time that was tried bring it, and no rep has had it before the eyes. */
  | { readonly kind: 'never-seen'; readonly cards: number }
  /** Most of those who had it before their eyes set the card aside, or said that it did not help. */
  | { readonly kind: 'set-aside' | 'unhelpful'; readonly share: Share }
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
/** So many who said whether it helped say something, where nearly all say the same. */
const FEWEST_SAID = 5;

/** Each item once for a reason, in the order of the files. */
export function findLying(
  { playbook, openings, accounts }: Rehearsed,
  problems: readonly Problem[],
  figures: AllFigures,
): readonly Lying[] {
  const found: Lying[] = [];
  const cards = accounts.flatMap((account) => account.cards);
  const opened = new Set(openings.map(({ play }) => play));
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
    for (const because of dislikes(figures.plays.get(id))) add(because);
  }
  for (const { id, file } of playbook.contents) {
    const add = (because: LyingReason): number => found.push({ is: 'content', id, file, because });
    const own = figures.contents.get(id);
    const brought = own?.opened ?? 0;
    if (brought === 0) add({ kind: 'never-brought', cards: openings.length });
    // Where panels have told of little, that it was not among it says nothing.
    else if (own?.seen === 0 && Math.min(brought, figures.withContents) >= FEWEST_CARDS)
      add({ kind: 'never-seen', cards: brought });
    for (const because of dislikes(own)) add(because);
  }
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

/** What most who had it before their eyes held against it, as far as the intervals are clear of a half. */
function dislikes(own: Figures | undefined): readonly LyingReason[] {
  if (!own) return [];
  const found: LyingReason[] = [];
  if (own.notRelevant && own.notRelevant.low > 0.5)
    found.push({ kind: 'set-aside', share: own.notRelevant });
  const { helpful = 0, 'not-helpful': not = 0 } = own.answers;
  const share = intervalOf(not, helpful + not);
  if (share.of >= FEWEST_SAID && share.low > 0.5) found.push({ kind: 'unhelpful', share });
  return found;
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
