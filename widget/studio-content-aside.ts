import { html, nothing } from 'lit';
import { contentId } from '../src/studio/content-item.js';
import { CONTENT_STRINGS } from '../src/studio/content-strings.js';
import { tagsIn, usesAt } from '../src/studio/content-uses.js';
import { COVERAGE_STRINGS } from '../src/studio/coverage-strings.js';
import type { Item } from '../src/studio/playbook-folder.js';
import { STUDIO_STRINGS } from '../src/studio/studio-strings.js';
import { tagText } from '../src/studio/tag-words.js';
import { createWords, type Words } from '../src/view/format.js';
import { ENGLISH } from '../src/view/strings.js';
import { button } from './panel-bits.js';
import { withTag } from './studio-chips.js';
import { putTags } from './studio-content-fields.js';
import type { ContentReach } from './studio-content-trial.js';
import { figuresList } from './studio-figures.js';
import type { StudioDesk } from './studio-state.js';
import { playTitle } from './studio-title.js';

const WORDS = CONTENT_STRINGS.reach;
const FIGURES = COVERAGE_STRINGS.figures;
const MOST_RECORDS = 6;
const MOST_ASKED = 8;

/** Where the content would be offered now: by which plays, on which records, and the card with it; and how it did. */
export function contentAside(desk: StudioDesk, item: Item): unknown {
  const { trial, vocabulary, counting } = desk.state;
  const words = createWords(ENGLISH, vocabulary.playbook, desk.now);
  const reach = trial?.id === item.id ? trial.reach : undefined;
  return html`<aside class="preview" .ariaLabel=${WORDS.title}>${
    reach
      ? reachView(desk, item, reach, words)
      : html`<p class="quiet">${
          counting === undefined
            ? WORDS.waits
            : words.fill(STUDIO_STRINGS.counting, { share: words.percent(counting) })
        }</p>`
  }${figuresView(desk, item, words)}</aside>`;
}

function figuresView(desk: StudioDesk, item: Item, words: Words): unknown {
  const { vocabulary, works } = desk.state;
  const id = contentId(item);
  queueMicrotask(() => desk.work('figures', [id], () => desk.source.engine.contentFigures(id)));
  const work = works?.figures;
  if (work?.is !== 'found' || work.of[0] !== id) return nothing;
  return html`<section class="did"><h3>${FIGURES.here}</h3>${
    work.found
      ? figuresList(work.found, vocabulary.playbook.reasons, words)
      : html`<p class="quiet">${FIGURES.noneHere}</p>`
  }</section>`;
}

function reachView(desk: StudioDesk, item: Item, reach: ContentReach, words: Words): unknown {
  const { vocabulary } = desk.state;
  const { cards, fits, of, without, offers } = reach;
  return html`<h2>${cards === 0 ? WORDS.none : words.count(WORDS.some, cards)}</h2>
    <p class="quiet">${words.fill(WORDS.of, { fits: words.number(fits), of: words.number(of) })} ${without.map(
      (one) =>
        html`${words.fill(WORDS.without, { tag: tagText(one.tag, vocabulary), count: words.number(one.cards) })} `,
    )}</p>
    ${offers.length === 0 ? askedView(desk, item) : html`${cardView(desk, item)}<h3>${WORDS.uses}</h3><ul class="offers">${offers.map((offer) => offerView(desk, offer, words))}</ul>`}`;
}

function offerView(
  desk: StudioDesk,
  { play, would, waits }: ContentReach['offers'][number],
  words: Words,
): unknown {
  return html`<li><p>${button('link', playTitle(play.data.title), () => desk.go({ kind: 'play', id: play.id, form: 'sentence' }), { does: WORDS.open })} <span class="quiet">${words.count(WORDS.cards, would.length)}${waits ? `, ${WORDS.event}` : ''}</span></p>
    <ul class="rows">${would
      .slice(0, MOST_RECORDS)
      .map(
        ({ record, name, accountName, account }) =>
          html`<li .className=${record === desk.state.record ? 'now' : ''}>${button('link', name ?? record, () => desk.look(record))}${
            accountName && record !== account
              ? html`<span class="quiet">${accountName}</span>`
              : nothing
          }</li>`,
      )}</ul>${would.length > MOST_RECORDS ? html`<p class="quiet">${STUDIO_STRINGS.andMore.replace('{count}', words.number(would.length - MOST_RECORDS))}</p>` : nothing}</li>`;
}

/** A card brings the three that fit best. */
function bringsText({ card }: StudioDesk['state'], item: Item): string {
  const titles = card?.contents ?? [];
  const rank = titles.findIndex(({ id }) => id === contentId(item)) + 1;
  if (rank > 0)
    return WORDS.brings.replace('{rank}', `${rank}`).replace('{of}', `${titles.length}`);
  if (titles.length === 0) return '';
  return WORDS.bringsOthers.replace('{titles}', () =>
    titles.map(({ title }) => `“${title}”`).join(', '),
  );
}

function cardView({ state }: StudioDesk, item: Item): unknown {
  const { card, record, checked } = state;
  if (checked && !checked.playbook) return html`<p class="note">${WORDS.cardWaits}</p>`;
  if (!card || card.record !== record) return nothing;
  return html`${
    card.isShown
      ? html`<div class="try" role="group" .ariaLabel=${WORDS.card}><opportune-panel .source=${card.source} .record=${card.record} .asker=${card.asker}></opportune-panel></div>`
      : nothing
  }<p class="quiet">${bringsText(state, item)} ${card.place}</p>`;
}

/** What plays ask for, to be taken with one press. */
function askedView(desk: StudioDesk, item: Item): unknown {
  const { bench, vocabulary } = desk.state;
  const tags = tagsIn(item, vocabulary);
  const { asked } = usesAt(bench.items, vocabulary);
  return html`<p class="note wrong">${WORDS.noPlay}</p><ul class="chips">${asked
    .slice(0, MOST_ASKED)
    .map((tag) => {
      const text = tagText(tag, vocabulary);
      return html`<li>${button('chip some', text, () => putTags(desk, item, withTag(tags, tag), text))}</li>`;
    })}</ul>`;
}

/** What is lost with it: the plays that bring it, and those that have nothing else to bring. */
export function usesBeforeRemoval(desk: StudioDesk, item: Item): unknown {
  const { bench, vocabulary } = desk.state;
  const uses = usesAt(bench.items, vocabulary);
  const plays = uses.playsOf(item);
  if (plays.length === 0) return html`<p class="none">${CONTENT_STRINGS.usedNowhere}</p>`;
  return html`<p class="none">${WORDS.uses}</p><ul class="plain">${plays
    .slice(0, MOST_RECORDS)
    .map((play) => {
      const title = playTitle(play.data.title);
      const isLast = uses.contentsOf(play).every(({ id }) => id === item.id);
      return html`<li>${title}${isLast ? html`<span class="wrong">${CONTENT_STRINGS.onlyOne}</span>` : nothing}</li>`;
    })}</ul>${plays.length > MOST_RECORDS ? html`<p class="none">${STUDIO_STRINGS.andMore.replace('{count}', `${plays.length - MOST_RECORDS}`)}</p>` : nothing}`;
}
