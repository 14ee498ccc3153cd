import { html, nothing } from 'lit';
import { contentId, isContent, isPlay } from '../src/studio/content-item.js';
import { COVERAGE_STRINGS } from '../src/studio/coverage-strings.js';
import type { Idle } from '../src/studio/engine.js';
import type { Item } from '../src/studio/playbook-folder.js';
import type { Lying } from '../src/studio/what-lies.js';
import { filesOf } from '../src/studio/workbench.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { figuresTable, shareText } from './studio-figures.js';
import type { StudioDesk } from './studio-state.js';
import { playTitle } from './studio-title.js';

const { idle: WORDS, figures: FIGURES } = COVERAGE_STRINGS;

type Words = ReturnType<typeof createWords>;

/** Plays and content that do nothing, or work against each other, and how plays did. */
export function idleView(desk: StudioDesk): unknown {
  const { bench, vocabulary, works } = desk.state;
  const { items } = bench;
  queueMicrotask(() => {
    desk.work('idle', [items], (progress) => desk.source.engine.idle(filesOf(bench), progress));
  });
  const found = works?.idle?.is === 'found' ? works.idle.found : undefined;
  if (!found) return nothing;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const { reasons } = found.playbook;
  return html`<section class="idle"><h2>${found.lying.length === 0 ? WORDS.none : words.count(WORDS.found, found.lying.length)}</h2>
    ${lyingList(desk, found, 'play', WORDS.plays, words)}${lyingList(desk, found, 'content', WORDS.contents, words)}</section>
    <section class="figures"><h2>${FIGURES.plays}</h2>${figuresTable(found.figures, { of: 'play', reasons, titleOf: (id) => linkTo(desk, isPlay, id), words })}</section>
    <section class="figures"><h2>${FIGURES.contents}</h2>${figuresTable(found.contents, { of: 'content', reasons, titleOf: (id) => linkTo(desk, isContent, id), words })}</section>`;
}

function lyingList(
  desk: StudioDesk,
  { lying }: Idle,
  is: Lying['is'],
  title: string,
  words: Words,
): unknown {
  const own = lying.filter((one) => one.is === is);
  if (own.length === 0) return nothing;
  const byFile = new Map<string, Lying[]>();
  for (const one of own) byFile.set(one.file, [...(byFile.get(one.file) ?? []), one]);
  return html`<h3>${title}</h3><ul class="rows small">${[...byFile].map(
    ([file, reasons]) =>
      html`<li>${itemLink(desk, desk.state.bench.items.get(file), file)}${reasons.map((one) => html`<span class="quiet">${reasonText(desk, one, words)}</span>`)}</li>`,
  )}</ul>`;
}

function itemLink(desk: StudioDesk, item: Item | undefined, file: string): unknown {
  if (!item) return html`<b>${file}</b>`;
  const title = playTitle(item.data.title);
  return button('link', title, () =>
    desk.go(
      item.file.startsWith('plays/')
        ? { kind: 'play', id: item.id, form: 'sentence' }
        : { kind: 'content', id: item.id },
    ),
  );
}

function linkTo(desk: StudioDesk, isOne: (item: Item) => boolean, id: string): unknown {
  const item = [...desk.state.bench.items.values()].find(
    (one) => isOne(one) && contentId(one) === id,
  );
  return itemLink(desk, item, id);
}

function titleOf({ state }: StudioDesk, play: string): string {
  const item = [...state.bench.items.values()].find(
    ({ file, data }) => file.startsWith('plays/') && data.id === play,
  );
  return playTitle(item?.data.title ?? play);
}

function reasonText(desk: StudioDesk, { because }: Lying, words: Words): string {
  switch (because.kind) {
    case 'never-opened':
      return WORDS.neverOpened;
    case 'always-behind':
      return words.fill(WORDS.alwaysBehind, {
        records: words.count(WORDS.records, because.records),
        play: titleOf(desk, because.play),
      });
    case 'contradicts':
      return words.fill(WORDS.contradicts, {
        play: titleOf(desk, because.play),
        accounts: words.count(COVERAGE_STRINGS.accounts, because.records),
      });
    case 'never-brought':
      return words.fill(WORDS.neverBrought, { cards: words.count(WORDS.cards, because.cards) });
    case 'never-seen':
      return words.fill(WORDS.neverSeen, { cards: words.count(WORDS.cards, because.cards) });
    case 'set-aside':
      return words.fill(WORDS.setAside, { share: shareText(because.share, words) });
    case 'unhelpful':
      return words.fill(WORDS.unhelpful, { share: shareText(because.share, words) });
    case 'check':
      return words.fill(WORDS.check, { message: because.message, remedy: because.remedy });
  }
}
