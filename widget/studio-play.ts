import { html, nothing } from 'lit';
import type { JsonObject, JsonValue } from '../src/domain/value.js';
import { ask, choose, say, unsay } from '../src/studio/choose.js';
import { addAlternative, alsoValue, groupEntry } from '../src/studio/group-entry.js';
import { type Block, type Line, layOut } from '../src/studio/lay-out.js';
import { optionsFor } from '../src/studio/options-for.js';
import { getAt, isMap, type Path, type PlayData } from '../src/studio/play-data.js';
import type { Sentence, Slot, Unsaid } from '../src/studio/sentence.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';
import { toSentence } from '../src/studio/to-sentence.js';
import { button } from './panel-bits.js';
import { type Choice, choiceList, textField } from './studio-choice.js';
import type { StudioDesk } from './studio-state.js';

/** Conditions to which one more can be added, whatever block they stand in. */
const CONDITIONS: readonly Path[] = [
  ['trigger', 'becomes'],
  ['eligibility'],
  ['applicability'],
  ['suitability'],
];
const TEXTS: ReadonlySet<Slot['kind']> = new Set(['text', 'id']);

/** A play as a sentence: every choice in it is a button, every condition a line. */
export function sentenceView(desk: StudioDesk, play: PlayData): unknown {
  const sentence = toSentence(play, desk.state.vocabulary);
  const slots = sentence.parts.filter((part) => typeof part !== 'string');
  const numbers = new Map(slots.map((slot, i) => [slot, i]));
  return html`<div class="sentence">${layOut(sentence)
    .filter(({ lines, unsaid }) => lines.length + unsaid.length > 0)
    .map((block) => blockView(desk, play, block, numbers))}</div>`;
}

type Numbers = ReadonlyMap<Slot, number>;

function blockView(desk: StudioDesk, play: PlayData, block: Block, numbers: Numbers): unknown {
  const condition = CONDITIONS.find(
    (path) =>
      isMap(getAt(play, path)) && block.lines.some((line) => beginsWith(line.condition, path)),
  );
  return html`<section .className=${`block ${block.lines.length ? '' : 'empty'}`} .ariaLabel=${WORDS.blocks[block.id]}>
    <h2>${WORDS.blocks[block.id]}</h2>
    <div class="lines">${block.lines.map((line) => lineView(desk, play, line, numbers))}
      <div class="adds">${condition ? addCondition(desk, play, condition) : nothing}${block.unsaid
        .filter(({ unsaid }) => unsaid.at(-1) !== 'was')
        .map((one) => addPart(desk, play, one))}</div></div>
  </section>`;
}

const beginsWith = (path: Path | undefined, start: Path): boolean =>
  path !== undefined && start.every((key, i) => path[i] === key);

function lineView(desk: StudioDesk, play: PlayData, line: Line, numbers: Numbers): unknown {
  const { parts, depth, condition } = line;
  const isGroup = condition?.at(-1) === 'any';
  return html`<div class="line" .style=${`--depth:${depth}`}>
    <p>${parts.map((part, i) =>
      typeof part === 'string'
        ? html`<span class="word">${wordsAfter(parts[i - 1], part)}</span>`
        : slotView(desk, play, part, numbers.get(part) ?? 0),
    )}${condition ? lineMenu(desk, play, condition) : nothing}</p>
    ${condition ? countView(desk, condition) : nothing}
  </div>${isGroup && condition ? alternative(desk, play, condition, depth) : nothing}`;
}

/** A text that ends in a full stop is followed by no second one. */
const wordsAfter = (before: Line['parts'][number] | undefined, words: string): string =>
  typeof before === 'object' && /[.!?…]$/.test(before.text) ? words.replace(/^\./, '') : words;

const alternative = (desk: StudioDesk, play: PlayData, path: Path, depth: number): unknown =>
  html`<div class="line adds" .style=${`--depth:${depth + 1}`}>${button(
    'quiet',
    WORDS.addAlternative,
    () => desk.change(addAlternative(play, path), WORDS.addAlternative, { to: 'open' }),
  )}</div>`;

function countView({ state }: StudioDesk, path: Path): unknown {
  const name = path.join('.');
  const count = state.preview?.counts.find((one) => one.path.join('.') === name);
  const total = state.preview?.of ?? 0;
  if (!count || total === 0) return html`<p class="count"></p>`;
  const isInside = path.some((key, i) => i < path.length - 1 && /^(any|all|not)$/.test(`${key}`));
  const text = isInside
    ? WORDS.fromOf.replace('{meet}', `${count.meet}`).replace('{from}', `${count.from}`)
    : `${count.meet}`;
  return html`<p .className=${isInside ? 'count inside' : 'count'}><span>${text}</span><i aria-hidden="true" .style=${`--share:${count.meet / total}`}></i></p>`;
}

function slotView(desk: StudioDesk, play: PlayData, slot: Slot, number: number): unknown {
  const { open } = desk.state;
  const isOpen = open?.at === number;
  const look = slot.value === undefined ? 'slot open' : 'slot';
  const toggle = (): void => desk.open(isOpen ? undefined : { at: number, typed: '', active: 0 });
  // A button is never broken between two lines; words are.
  return html`<span class="choice"><span role="button" tabindex="0" .className=${look} .id=${`slot-${number}`} aria-haspopup="listbox" .ariaExpanded=${`${isOpen}`}
    @click=${toggle} @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      toggle();
    }}>${slot.text}</span>${isOpen && open ? slotChoice(desk, play, slot) : nothing}</span>`;
}

function slotChoice(desk: StudioDesk, play: PlayData, slot: Slot): unknown {
  const { state } = desk;
  const { open, vocabulary } = state;
  if (!open) return nothing;
  const label = WORDS.chooseFor.replace('{text}', slot.text);
  const opened = { open, change: desk.open };
  const take = (value: JsonValue): void =>
    desk.attempt(() => {
      const { play: chosen, dropped } = choose(play, slot, value, vocabulary);
      desk.change(chosen, label, { to: 'next', dropped });
    });
  if (TEXTS.has(slot.kind) || slot.kind === 'exact')
    return textField(
      { label, value: textOf(slot), take: (text) => takeText(slot, text, take) },
      opened,
    );
  const { path } = slot;
  const isListed = typeof path.at(-1) === 'number';
  const canHaveMore = slot.of === 'value' && (slot.kind === 'value' || slot.kind === 'tag-value');
  return choiceList(
    {
      label,
      options: optionsFor(play, slot, open.typed, vocabulary),
      value: slot.value,
      take,
      also:
        canHaveMore && slot.value !== undefined
          ? (value) => desk.change(alsoValue(play, path, value), label, { to: 'stay' })
          : undefined,
      foot: isListed
        ? button('quiet', WORDS.takeAway, () =>
            desk.change(unsay(play, path), WORDS.takeAway, { to: 'stay' }),
          )
        : nothing,
    },
    opened,
  );
}

function textOf({ kind, value }: Slot): string {
  if (value === undefined) return '';
  return kind === 'exact' || typeof value !== 'string' ? JSON.stringify(value) : value;
}

/** What has no words is written as JSON; what is no JSON is a text. */
function takeText({ kind }: Slot, text: string, take: (value: JsonValue) => void): void {
  let value: JsonValue = text;
  try {
    if (kind === 'exact') value = JSON.parse(text) as JsonValue;
  } catch {
    // Taken as it is written.
  }
  take(value);
}

function addCondition(desk: StudioDesk, play: PlayData, path: Path): unknown {
  const name = `add ${path.join('.')}`;
  const { open, vocabulary } = desk.state;
  const isOpen = open?.at === name;
  const about = play.about === 'account' || play.about === 'contact' ? play.about : 'opportunity';
  const slot: Slot = {
    path: [...path, ''],
    of: 'value',
    kind: 'condition',
    text: '…',
    bare: about,
  };
  const choice = (): Choice => ({
    label: WORDS.addCondition,
    options: optionsFor(play, slot, open?.typed ?? '', vocabulary),
    take: (value) =>
      desk.attempt(() =>
        desk.change(ask(play, path, String(value)), WORDS.addCondition, { to: 'open' }),
      ),
  });
  return html`<span class="choice">${button('quiet', WORDS.addCondition, () => desk.open(isOpen ? undefined : { at: name, typed: '', active: 0 }), { expanded: isOpen })}${
    isOpen && open ? choiceList(choice(), { open, change: desk.open }) : nothing
  }</span>`;
}

function addPart(desk: StudioDesk, play: PlayData, one: Unsaid): unknown {
  const adds: { readonly [place: string]: string } = WORDS.adds;
  const name = adds[one.unsaid.join('.')] ?? `${one.says.trim()} …`;
  return button('quiet', name, () => desk.change(say(play, one), name, { to: 'open' }));
}

function lineMenu(desk: StudioDesk, play: PlayData, path: Path): unknown {
  const name = `more ${path.join('.')}`;
  const { open } = desk.state;
  const isOpen = open?.at === name;
  const item = (label: string, changed: () => JsonObject, to: 'open' | 'stay'): unknown =>
    button('quiet', label, () => desk.change(changed(), label, { to }));
  return html`<span class="choice more">${button('quiet', '⋯', () => desk.open(isOpen ? undefined : { at: name, typed: '', active: 0 }), { name: WORDS.more, expanded: isOpen })}${
    isOpen
      ? html`<div class="pop menu" @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') desk.open(undefined);
        }}>${item(WORDS.either, () => groupEntry(play, path, 'any'), 'open')}${item(WORDS.deny, () => groupEntry(play, path, 'not'), 'stay')}${item(WORDS.takeAway, () => unsay(play, path), 'stay')}</div>`
      : nothing
  }</span>`;
}

/** The choices of a sentence that are still open. */
export const openSlots = ({ parts }: Sentence): number =>
  parts.filter((part) => typeof part !== 'string' && part.value === undefined).length;
