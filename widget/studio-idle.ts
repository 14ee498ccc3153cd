import { html, nothing } from 'lit';
import { COVERAGE_STRINGS } from '../src/studio/coverage-strings.js';
import type { Idle } from '../src/studio/engine.js';
import type { Item } from '../src/studio/playbook-folder.js';
import { FEWEST_CARDS, type Lying, type PlayFigures, type Share } from '../src/studio/what-lies.js';
import { filesOf } from '../src/studio/workbench.js';
import { createWords } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
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
  return html`<section class="idle"><h2>${found.lying.length === 0 ? WORDS.none : words.count(WORDS.found, found.lying.length)}</h2>
    ${lyingList(desk, found, 'play', WORDS.plays, words)}${lyingList(desk, found, 'content', WORDS.contents, words)}</section>
    <section class="figures"><h2>${FIGURES.title}</h2>${figuresView(desk, found, words)}</section>`;
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
    case 'check':
      return words.fill(WORDS.check, { message: because.message, remedy: because.remedy });
  }
}

/** Plays whose cards somebody saw, those seen most first. */
function figuresView(desk: StudioDesk, { figures, playbook }: Idle, words: Words): unknown {
  const seen = figures.filter((one) => one.seen > 0).sort((a, b) => b.seen - a.seen);
  if (seen.length === 0) return html`<p class="note">${FIGURES.none}</p>`;
  const heads = ['play', 'opened', 'seen', 'done', 'notRelevant', 'helpful', 'acted'] as const;
  const share = (one: Share | undefined, count: number): unknown =>
    one
      ? words.fill(FIGURES.share, {
          rate: words.percent(round(one.count / one.of)),
          low: words.percent(round(one.low)),
          high: words.percent(round(one.high)),
          count: words.number(one.count),
          of: words.number(one.of),
        })
      : html`<span class="quiet">${words.fill(FIGURES.tooLittle, { count: words.number(count), needed: words.number(FEWEST_CARDS) })}</span>`;
  const labels = new Map(playbook.reasons.map(({ id, label }) => [id, label]));
  const row = (one: PlayFigures): unknown => {
    const told = (one.answers.helpful ?? 0) + (one.answers['not-helpful'] ?? 0);
    const reasons = Object.entries(one.answers).flatMap(([kind, count]) => {
      const [, reason] = kind.split('/');
      return reason === undefined ? [] : [`${labels.get(reason) ?? reason} ${count}`];
    });
    return html`<tr><th scope="row">${titleOf(desk, one.play)}</th><td>${words.number(one.opened)}</td><td>${words.number(one.seen)}</td><td>${share(one.done, one.seen)}</td><td>${share(one.notRelevant, one.seen)}${reasons.length > 0 ? html`<span class="quiet">${words.fill(FIGURES.reasons, { list: reasons.join(', ') })}</span>` : nothing}</td><td>${share(one.helpful, told)}</td><td>${share(one.buyerActed, one.seen)}</td></tr>`;
  };
  return html`<p class="quiet">${FIGURES.basis}</p><div class="scroll"><table><thead><tr>${heads.map((head) => html`<th scope="col">${FIGURES[head]}</th>`)}</tr></thead><tbody>${seen.map(row)}</tbody></table></div>`;
}

const round = (rate: number): number => Math.round(rate * 100) / 100;
