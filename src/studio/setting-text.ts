import type { JsonObject } from '../domain/value.js';
import { capital, type Words } from '../view/format.js';
import { EFFECT_STRINGS } from './effect-strings.js';
import { valueWords } from './field-words.js';
import { getAt, isMap, type Path } from './play-data.js';
import type { Part } from './sentence.js';
import type { Setting } from './settings.js';
import { STUDIO_STRINGS } from './studio-strings.js';
import { toSentence } from './to-sentence.js';
import type { Vocabulary } from './vocabulary.js';

const WORDS = EFFECT_STRINGS.settings;

/** A setting as a person says it; `data` is that of its file. */
export function settingText(
  { file, path }: Setting,
  data: JsonObject,
  vocabulary: Vocabulary,
  words: Words,
): string {
  return file === 'playbook.yaml'
    ? playbookText(path, data, vocabulary, words)
    : partText(path, data, vocabulary);
}

function playbookText(path: Path, data: JsonObject, vocabulary: Vocabulary, words: Words): string {
  const [first, second, third] = path.map(String);
  const value = getAt(data, path);
  const attributeText = (id: unknown): string =>
    vocabulary.attribute(String(id))?.label ?? String(id);
  const rate = (one: unknown): string => words.percent(Number(one));
  if (first === 'contactPolicy' && second === 'limits' && isMap(value)) {
    const { touches, days, channel } = value;
    return words.fill(channel === undefined ? WORDS.limit : WORDS.limitBy, {
      touches: words.count(WORDS.touches, Number(touches)),
      days: words.count(WORDS.days, Number(days)),
      channel: String(channel),
    });
  }
  if (first === 'contactPolicy')
    return words.fill(WORDS.touch, { type: words.event(String(third)) });
  if (first === 'goals') {
    const goal = vocabulary.playbook.goals[Number(second)];
    if (!goal || !isGoalPart(third)) return path.join('.');
    const { label, unit } = goal;
    const held = goal[third];
    return words.fill(WORDS[third], {
      goal: label,
      attribute: attributeText(held),
      value:
        third === 'weight'
          ? words.number(goal.weight)
          : words.value(held ?? 0, { type: 'number', ...(unit !== undefined && { unit }) }),
    });
  }
  switch (path.join('.')) {
    case 'holdout':
      return words.fill(WORDS.holdout, { rate: rate(getAt(value, ['rate'])) });
    case 'profitGate':
      return words.fill(WORDS.profitGate, { rate: rate(getAt(value, ['minMarginRate'])) });
    case 'profitGate.costToServe':
      return words.fill(WORDS.costToServe, { attribute: attributeText(value) });
    case 'costs.minute':
      return words.fill(WORDS.minute, { value: String(value) });
    case 'costs.touch':
      return words.fill(WORDS.touchCost, { value: String(value) });
    case 'propensity':
      return words.fill(WORDS.propensity, { rate: rate(value) });
    case 'arbitration':
      return words.fill(WORDS.arbitration, { how: valueWords(value, ['arbitration'], vocabulary) });
    default:
      return path.join('.');
  }
}

type GoalPart = 'floor' | 'target' | 'measure' | 'weight';
const isGoalPart = (part: string | undefined): part is GoalPart =>
  ['floor', 'target', 'measure', 'weight'].includes(part ?? '');

function partText(path: Path, play: JsonObject, vocabulary: Vocabulary): string {
  if (path.length === 0) return EFFECT_STRINGS.play;
  const text = wordsAt(path, play, vocabulary);
  if (CONDITIONS.has(String(path[0])) && path.length > 1 && text) return capital(text);
  const [first, second] = path.map(String);
  if (first === 'serves') {
    const goal = vocabulary.playbook.goals.find(({ id }) => id === second);
    return EFFECT_STRINGS.worth.replace('{goal}', () => goal?.label ?? second ?? '');
  }
  const names: { readonly [place: string]: string } = STUDIO_STRINGS.adds;
  const name = path.join('.');
  return EFFECT_STRINGS.part
    .replace('{name}', () => names[name] ?? name)
    .replace('{text}', () => text || valueWords(getAt(play, path), path.map(String), vocabulary));
}

const CONDITIONS: ReadonlySet<string> = new Set([
  ...['trigger', 'eligibility', 'applicability', 'suitability'],
]);

/** What the sentence says from the first choice inside of a place to the last. */
function wordsAt(path: Path, play: JsonObject, vocabulary: Vocabulary): string {
  const { parts } = toSentence(play, vocabulary);
  const isInside = (part: Part): boolean =>
    typeof part !== 'string' && path.every((key, i) => part.path[i] === key);
  const [first, last] = [parts.findIndex(isInside), parts.findLastIndex(isInside)];
  if (first < 0) return '';
  const said = parts.slice(first, last + 1);
  const text = said.map((part) => (typeof part === 'string' ? part : part.text)).join('');
  // What closes a group stands behind its last choice.
  return text + ')'.repeat(Math.max(0, text.split('(').length - text.split(')').length));
}
