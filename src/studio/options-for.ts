import { bareLetters } from '../core/count-edits.js';
import type { Attribute, Play } from '../domain/playbook.js';
import type { JsonValue } from '../domain/value.js';
import { filterScope, triggerScope } from '../plan/play-scope.js';
import { formsFor } from './forms.js';
import { getAt, isMap, type PlayData } from './play-data.js';
import { rankText, toSought } from './rank-text.js';
import type { Slot } from './sentence.js';
import { optionsThere } from './slot-options.js';
import { readWords, wordsOf } from './slot-words.js';
import type { Env, Option, Vocabulary } from './vocabulary.js';

const MOST_OPTIONS = 50;
const MOST_ELSEWHERE = 7;

/**
 * What a slot can hold, the likeliest first: what was typed is looked for in labels, synonyms and ids, with a few letters
 * wrong; a number, a day or a text of one's own is offered as it is understood. With nothing typed, in the playbook's order.
 */
export function optionsFor(
  play: PlayData,
  slot: Slot,
  typed: string,
  vocabulary: Vocabulary,
): readonly Option[] {
  const env: Env = {
    vocabulary,
    bare: slot.bare ?? 'opportunity',
    depth: 0,
    ...(slot.attribute !== undefined && { attribute: slot.attribute }),
    ...(slot.unit !== undefined && { unit: slot.unit }),
  };
  const listed =
    formsFor(slot, vocabulary) ??
    (isEstimate(slot) ? saidElsewhere(slot, env) : optionsThere(kindOf(slot), env));
  const all = listed.filter(({ value }) => fitsThere(play, slot, value, vocabulary));
  const words = typed.trim();
  if (words === '') return all.slice(0, MOST_OPTIONS);
  const ranked = all
    .map((option, index) => ({ option, index, rank: rankOf(option, words) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ option }) => option);
  const own = slot.of === 'form' ? undefined : readWords(slot.kind, words, env);
  const isNew = own && !all.some(({ value }) => value === own.value);
  const label = isNew ? (wordsOf(slot.kind, own.value, env) ?? words) : words;
  return [...(isNew ? [{ value: own.value, label }] : []), ...ranked].slice(0, MOST_OPTIONS);
}

const isEstimate = ({ kind }: Slot): boolean => kind === 'amount' || kind === 'share';

/** What other plays say in that place, the usual ones: nobody knows by heart what a goal is counted in. */
function saidElsewhere({ kind, path }: Slot, env: Env): readonly Option[] {
  const times = new Map<number, number>();
  for (const play of env.vocabulary.playbook.plays) {
    const said = getAt(play as unknown as PlayData, path);
    if (typeof said === 'number') times.set(said, (times.get(said) ?? 0) + 1);
  }
  const usual = [...times].sort((a, b) => b[1] - a[1]).slice(0, MOST_ELSEWHERE);
  return usual
    .map(([value]) => value)
    .sort((a, b) => a - b)
    .map((value) => ({ value, label: wordsOf(kind, value, env) ?? String(value) }));
}

/** A condition begins with the name of an attribute. */
function kindOf({ kind }: Slot): Slot['kind'] {
  return kind === 'condition' ? 'name' : kind;
}

/** Lower is likelier; infinite when it is not meant. */
function rankOf({ label, also = [], value }: Option, typed: string): number {
  const wanted = bareLetters(typed);
  const texts = [label, ...also, ...(typeof value === 'string' ? [value] : [])];
  const ranks = texts.map(
    (text, index) => rankText(toSought(text), wanted) + (index > 0 ? 0.5 : 0),
  );
  return Math.min(...ranks);
}

/** Names that may be read in that place of a play. */
function fitsThere(
  play: PlayData,
  slot: Slot,
  value: JsonValue,
  { attribute, playbook }: Vocabulary,
): boolean {
  if (!['name', 'condition'].includes(slot.kind) || typeof value !== 'string') return true;
  const isBare = !value.includes('.');
  if (!isBare && value.startsWith(`${slot.bare}.`)) return false;
  const declared = attribute(isBare ? `${slot.bare}.${value}` : value);
  const last = slot.path.at(-1);
  if (slot.path[0] === 'serves') {
    const goal = playbook.goals.find(({ id }) => id === slot.path[1]);
    const fits = (declared?.unit === 'money') === (goal?.unit === 'money');
    return declared?.type === 'number' && fits && isRead(play, slot, declared);
  }
  if (last === 'asks')
    return (
      declared !== undefined &&
      !declared.derive &&
      !declared.machine &&
      (declared.values !== undefined || declared.type === 'boolean') &&
      [play.about, 'account'].includes(declared.of)
    );
  if (last === 'in' && slot.of === 'value') {
    const compared = attribute(slot.attribute ?? '');
    if (compared && declared && (compared.type !== declared.type || compared.id === declared.id))
      return false;
  }
  return declared === undefined || isRead(play, slot, declared);
}

function isRead(play: PlayData, { path, bare }: Slot, { of }: Attribute): boolean {
  const about = play.about as Play['about'];
  if (!['account', 'contact', 'opportunity'].includes(about) || of === bare) return true;
  const scope =
    path[0] === 'trigger'
      ? triggerScope(about)
      : filterScope({
          about,
          contact: about === 'contact' || getAt(play, ['action', 'contact']) !== undefined,
          product: play.offers !== undefined,
          event: isMap(play.trigger) && !('becomes' in play.trigger || 'opened' in play.trigger),
        });
  return scope.kinds.includes(of);
}
