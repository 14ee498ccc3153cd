import { html, nothing } from 'lit';
import type { JsonValue } from '../src/domain/value.js';
import { CONTENT_STRINGS as WORDS } from '../src/studio/content-strings.js';
import { sameRole, type Tag } from '../src/studio/content-tags.js';
import { tagOptions, toTag } from '../src/studio/tag-options.js';
import { attributeWords, operatorWords, tagText, tagWords } from '../src/studio/tag-words.js';
import type { Option } from '../src/studio/vocabulary.js';
import { button } from './panel-bits.js';
import { choiceList } from './studio-choice.js';
import type { StudioDesk } from './studio-state.js';

export interface Chips {
  /** Tells these chips from others on the page. */
  readonly name: string;
  readonly tags: readonly Tag[];
  /** What they are for a screen reader. */
  readonly label: string;
  /** The words on the button that adds one. */
  readonly add: string;
  readonly change: (tags: readonly Tag[], label: string) => void;
}

/** Tags as chips: each opens the values of its attribute, and can be taken away; a button adds one by typing. */
export function chipsView(desk: StudioDesk, chips: Chips): unknown {
  const { name, tags, label } = chips;
  return html`<ul class="chips" .ariaLabel=${label}>${tags.map(
    (tag, i) => html`<li>${chipView(desk, chips, tag, `${name}-${i}`)}</li>`,
  )}<li>${addView(desk, chips)}</li></ul>`;
}

/** The tags with one more; beside one that says the same of other values it is a value more. */
export function withTag(tags: readonly Tag[], tag: Tag): readonly Tag[] {
  const held = tags.find((one) => sameRole(one, tag));
  if (!held) return [...tags, tag];
  const isValues = tag.operator === 'is' || tag.operator === 'isNot';
  const values = [...held.values, ...tag.values.filter((value) => !held.values.includes(value))];
  return tags.map((one) => (one === held ? (isValues ? { ...held, values } : tag) : one));
}

/** The tags without these values of that one. */
export function withoutTag(tags: readonly Tag[], tag: Tag): readonly Tag[] {
  return tags.flatMap((one) => {
    if (!sameRole(one, tag)) return [one];
    const isValues = tag.operator === 'is' || tag.operator === 'isNot';
    const values = isValues ? one.values.filter((value) => !tag.values.includes(value)) : [];
    return values.length > 0 ? [{ ...one, values }] : [];
  });
}

function chipView(desk: StudioDesk, chips: Chips, tag: Tag, at: string): unknown {
  const { open, vocabulary } = desk.state;
  const isOpen = open?.at === at;
  const { name, operator, values } = tagWords(tag, vocabulary);
  const remove = WORDS.removeTag.replace('{tag}', () => tagText(tag, vocabulary));
  const toggle = (): void => desk.open(isOpen ? undefined : { at, typed: '', active: 0 });
  return html`<span class="choice chip"><button type="button" .id=${at} class="what" aria-haspopup="listbox" .ariaExpanded=${`${isOpen}`} @click=${toggle}><i>${name} ${operator}</i> ${values}</button>${button(
    'x',
    '×',
    () => {
      chips.change(
        chips.tags.filter((one) => one !== tag),
        remove,
      );
    },
    { name: remove },
  )}${isOpen ? valuesView(desk, chips, tag) : nothing}</span>`;
}

/** Other values of the same attribute: taken beside what stands there, or taken away again. */
function valuesView(desk: StudioDesk, chips: Chips, tag: Tag): unknown {
  const { open, vocabulary } = desk.state;
  if (!open) return nothing;
  const { attribute, operator } = tag;
  const name = attributeWords(attribute, vocabulary);
  const isValues = operator === 'is' || operator === 'isNot';
  const said = `${name} ${operatorWords(operator, attribute, vocabulary)} `;
  const whole = tagOptions(isValues || open.typed ? `${said}${open.typed}` : name, vocabulary);
  // Another operator may be typed than the one that stands there.
  const found = whole.length > 0 ? whole : tagOptions(`${name} ${open.typed}`, vocabulary);
  const options = found.flatMap((option): readonly Option[] => {
    const other = toTag(option.value);
    if (!other && !isValues) return [option];
    if (other?.attribute !== attribute) return [];
    const isThere = isValues && other.values.every((value) => tag.values.includes(value));
    return [isThere ? { ...option, label: `✓ ${option.label}` } : option];
  });
  const put = (next: Tag): void => {
    chips.change(
      chips.tags.map((one) => (one === tag ? next : one)),
      tagText(next, vocabulary),
    );
    desk.open(undefined);
  };
  const take = (value: JsonValue): void => {
    const other = toTag(value);
    if (!other) {
      const typed = String(value).slice(name.length).trimStart();
      desk.open({ ...open, typed, active: 0 });
      return;
    }
    if (!isValues) {
      put(other);
      return;
    }
    const isThere = other.values.every((one) => tag.values.includes(one));
    const left = tag.values.filter((one) => !other.values.includes(one));
    if (!isThere) put({ ...tag, values: [...tag.values, ...other.values] });
    else if (left.length > 0) put({ ...tag, values: left });
    else desk.open(undefined);
  };
  const opposite = operator === 'is' ? 'isNot' : 'is';
  const canTurn = isValues && vocabulary.attribute(attribute) !== undefined;
  return choiceList(
    {
      label: said,
      options,
      take,
      foot: canTurn
        ? button('quiet', WORDS.turnAround, () => put({ ...tag, operator: opposite }))
        : nothing,
    },
    { open, change: desk.open },
  );
}

function addView(desk: StudioDesk, chips: Chips): unknown {
  const { open } = desk.state;
  const at = `${chips.name}-add`;
  const isOpen = open?.at === at;
  const toggle = (): void => desk.open(isOpen ? undefined : { at, typed: '', active: 0 });
  return html`<span class="choice"><button type="button" .id=${at} class="button quiet" aria-haspopup="listbox" .ariaExpanded=${`${isOpen}`} @click=${toggle}>${chips.add}</button>${
    isOpen
      ? tagList(desk, chips.add, (tag, text) => chips.change(withTag(chips.tags, tag), text))
      : nothing
  }</span>`;
}

/** The list of tags under a button that is open. What an option would do may stand behind it. */
export function tagList(
  desk: StudioDesk,
  label: string,
  take: (tag: Tag, text: string) => void,
  effect?: (tag: Tag) => string,
): unknown {
  const { open, vocabulary } = desk.state;
  if (!open) return nothing;
  const options = tagOptions(open.typed, vocabulary);
  return choiceList(
    {
      label,
      options: effect
        ? options.map((option, i) => {
            const tag = i < 12 ? toTag(option.value) : undefined;
            return tag ? { ...option, label: `${option.label} (${effect(tag)})` } : option;
          })
        : options,
      take: (value) => {
        const tag = toTag(value);
        if (!tag) return desk.open({ ...open, typed: String(value), active: 0 });
        take(tag, tagText(tag, vocabulary));
        desk.open(undefined);
      },
    },
    { open, change: desk.open },
  );
}
