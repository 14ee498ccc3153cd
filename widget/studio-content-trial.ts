import type { MarkdownNode } from '../src/domain/playbook.js';
import type { Candidate } from '../src/preview.js';
import { accountsThatFit, playWithContent } from '../src/studio/content-reach.js';
import { type ReadTags, readTags, type Tag } from '../src/studio/content-tags.js';
import { findUses, queryOf } from '../src/studio/content-uses.js';
import type { Checked, PlayPreview, StudioEngine } from '../src/studio/engine.js';
import type { Item } from '../src/studio/playbook-folder.js';
import type { PlaybookFiles } from '../src/studio/studio-source.js';
import type { Vocabulary } from '../src/studio/vocabulary.js';
import type { Workbench } from '../src/studio/workbench.js';

/** Content as it is written now: what a rep would read, and where. */
export interface ContentTrial {
  readonly id: string;
  /** Its text as a tree; absent while it has errors. */
  readonly body?: readonly MarkdownNode[];
  readonly problems: Checked['problems'];
  readonly reach?: ContentReach;
}

export interface ContentReach {
  /** Accounts that its tags fit, of how many. */
  readonly fits: number;
  readonly of: number;
  /** Plays that bring it, and on which records now. */
  readonly offers: readonly Offer[];
  /** Cards that would bring it. */
  readonly cards: number;
  /** How many cards would if one of its tags were not there. */
  readonly without: readonly { readonly tag: Tag; readonly cards: number }[];
}

export interface Offer {
  readonly play: Item;
  readonly would: readonly Candidate[];
  /** It waits for something to happen, and is counted by its other conditions. */
  readonly waits: boolean;
}

/** So many plays are counted again without each tag. */
const MOST_RECOUNTED = 5;

export interface Tried {
  readonly engine: StudioEngine;
  readonly bench: Workbench;
  readonly files: PlaybookFiles;
  readonly vocabulary: Vocabulary;
  readonly item: Item;
}

/** Tells what is known as soon as it is; `tell` says whether anybody still wants to know. */
export async function tryContent(
  { engine, bench, files, vocabulary, item }: Tried,
  tell: (known: { readonly trial: ContentTrial } | { readonly counting: number }) => boolean,
): Promise<void> {
  const settings = files.filter(({ path }) => !/^(plays|content)\//.test(path));
  const own = files.filter(({ path }) => path === item.file);
  const { playbook, problems } = await engine.check([...settings, ...own]);
  const [content] = playbook?.contents ?? [];
  const trial: ContentTrial = {
    id: item.id,
    problems: problems.filter(({ file, severity }) => file === item.file && severity === 'error'),
    ...(content && { body: content.body }),
  };
  if (!tell({ trial })) return;
  const read = readTags(item.data, vocabulary);
  const plays = findUses(bench.items, vocabulary).playsOf(item);
  const count = countOffers(engine, settings, vocabulary);
  const fitting = await engine.preview(settings, accountsThatFit(read), (counting) =>
    tell({ counting }),
  );
  const offers = await count(plays, read);
  if (!fitting || !offers) return;
  const reach: ContentReach = {
    fits: fitting.would.length,
    of: fitting.of,
    offers,
    cards: cardsIn(offers),
    without: [],
  };
  if (!tell({ trial: { ...trial, reach } }) || plays.length > MOST_RECOUNTED) return;
  const narrowing = read.tags.filter(({ attribute }) => attribute.includes('.'));
  const without: ContentReach['without'][number][] = [];
  for (const tag of narrowing) {
    const left = await count(plays, { ...read, tags: read.tags.filter((one) => one !== tag) });
    if (left && cardsIn(left) > reach.cards) without.push({ tag, cards: cardsIn(left) });
    const more = { ...trial, reach: { ...reach, without: [...without] } };
    if (!tell({ trial: more })) return;
  }
}

const cardsIn = (offers: readonly Offer[]): number =>
  offers.reduce((sum, { would }) => sum + would.length, 0);

function countOffers(
  engine: StudioEngine,
  settings: PlaybookFiles,
  vocabulary: Vocabulary,
): (plays: readonly Item[], read: ReadTags) => Promise<readonly Offer[] | undefined> {
  return async (plays, read) => {
    const offers: Offer[] = [];
    for (const play of plays) {
      const query = queryOf(play, vocabulary);
      const asked = query && playWithContent(play.data, query, read, vocabulary);
      const found = asked && (await engine.preview(settings, asked));
      if (asked && !found) return undefined;
      const { trigger } = play.data;
      const waits =
        typeof trigger === 'object' &&
        trigger !== null &&
        !('becomes' in trigger || 'opened' in trigger);
      offers.push({ play, would: found?.would ?? [], waits });
    }
    return offers.sort((a, b) => b.would.length - a.would.length);
  };
}

/** Records on which cards would bring it, with the play of each. */
export const offersIn = (
  trial: ContentTrial | undefined,
): readonly { readonly candidate: Candidate; readonly play: Item }[] =>
  trial?.reach?.offers.flatMap(({ would, play }) =>
    would.map((candidate) => ({ candidate, play })),
  ) ?? [];

/** The record that is looked at; with the play that brings content there, where content is in view. */
export function lookedAt({
  record,
  preview,
  trial,
}: {
  readonly record?: string;
  readonly preview?: PlayPreview;
  readonly trial?: ContentTrial;
}): { readonly candidate?: Candidate | undefined; readonly play?: Item } {
  const offer = offersIn(trial).find(({ candidate }) => candidate.record === record);
  const listed = [...(preview?.would ?? []), ...(preview?.nearly ?? [])];
  return offer ?? { candidate: listed.find((one) => one.record === record) };
}
