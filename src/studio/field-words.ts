import type { JsonValue } from '../domain/value.js';
import { SENTENCE_STRINGS } from './strings.js';
import type { Vocabulary } from './vocabulary.js';
import { VOCABULARY_STRINGS } from './vocabulary-strings.js';

/** What people call the fields of a playbook's files: by the way to one, else by its own name. */
const FIELDS: { readonly [field: string]: string } = {
  id: 'id',
  label: 'name',
  title: 'title',
  name: 'name of the playbook',
  currency: 'currency',
  zone: 'time zone',
  workdays: 'working days',
  holidays: 'holidays',
  costs: 'what a card costs',
  'costs.minute': 'a minute of the rep',
  'costs.touch': 'a touch of the buyer',
  propensity: 'how many act on a card, where a play does not say',
  arbitration: 'what ranks cards',
  rollOut: 'cards a rep and day that are true already when published',
  correctionDays: 'days in which corrections count',
  holdout: 'accounts without guidance',
  'holdout.rate': 'share',
  'holdout.salt': 'how they are drawn',
  'holdout.arms': 'accounts ranked without a layer',
  'holdout.arms.salt': 'how they are drawn',
  'holdout.arms.random': 'by lot',
  'holdout.arms.propensity': 'by likelihood alone',
  'holdout.arms.noLevers': 'without weights set by hand',
  learning: 'learning how likely plays come off',
  'learning.halfLife': 'days after which something counts half',
  'learning.days': 'days in which a success counts',
  'learning.situation': 'told apart by',
  'learning.explore': 'trying cards that are nearly as good',
  'learning.costs': 'pricing minutes and touches by the plans of days',
  trials: 'trials',
  arm: 'the arms stand in',
  guardrails: 'what must not become more frequent',
  strata: 'dealt out evenly by',
  matters: 'a difference that matters',
  alpha: 'how often a winner may be false',
  entry: 'an account enters when',
  success: 'what counts as success',
  profitGate: 'profit gate',
  minMarginRate: 'least margin',
  costToServe: 'cost to serve',
  contactPolicy: 'how often buyers may be contacted',
  limits: 'limits',
  touches: 'touches',
  'contactPolicy.touches': 'what counts as a touch',
  days: 'days',
  channel: 'channel',
  vocabulary: 'vocabulary',
  changedBy: 'who alone changes it',
  measure: 'measured by',
  weight: 'weight',
  floor: 'floor',
  target: 'target',
  scale: 'counts as 1',
  unit: 'unit',
  scope: 'hidden for',
  sets: 'sets',
  asks: 'asks for',
  type: 'holds',
  of: 'belongs to',
  values: 'values',
  says: 'sentence',
  usual: 'what is usual',
  derive: 'how it is computed',
  synonyms: 'also found by',
  daysSince: 'days since',
  daysUntil: 'days until',
  daysSinceDate: 'days since the day in',
  daysUntilDate: 'days until the day in',
  daysSinceChange: 'days since a change of',
  countRecords: 'number of records',
  sumRecords: 'sum over records',
  types: 'activities',
  by: 'done by',
  grades: 'how sure',
  where: 'only where',
  field: 'field',
  kind: 'kind',
  owner: 'owner',
  expires: 'offered until',
  teams: 'teams that see it',
  link: 'opens',
  attributes: 'goes with',
  when: 'where',
  revision: 'revision',
  brand: 'brand',
  family: 'family',
  price: 'price',
  cost: 'cost',
  requires: 'comes with',
  excludes: 'cannot come with',
  initial: 'begins in',
  states: 'states',
  transitions: 'ways on',
  on: 'on',
  after: 'after',
  reenter: 'enters anew',
  about: 'about',
  why: 'reason',
  trigger: 'when it starts',
  eligibility: 'whether it is allowed',
  applicability: 'whether it is relevant',
  suitability: 'the buyer’s interest',
  action: 'what to do',
  minutes: 'minutes',
  verb: 'words on the button',
  for: 'for whom',
  serves: 'what it is worth',
  lever: 'manual weight',
  context: 'what fits the situation',
  points: 'points',
  content: 'material',
  offers: 'offered products',
  coolDown: 'rest after an answer',
  valid: 'runs between',
  mandatory: 'mandatory',
  buyerRequested: 'the buyer asked for it',
  body: 'text',
};

/** Shares, which files write as parts of 1. */
const SHARES = new Set(['rate', 'propensity', 'minMarginRate', 'alpha', 'matters']);
const KEPT_AS_WRITTEN = new Set(['id', 'salt', 'title', 'label', 'name', 'says', 'owner', 'link']);

type Way = readonly string[];

/** The way to a field that is written with dots; names of attributes have some of their own. */
export function wayTo(field: string, vocabulary: Vocabulary): Way {
  return field.split('.').reduce<string[]>((way, part) => {
    const last = way.at(-1);
    const own = `${last}.${part}`;
    if (last !== undefined && vocabulary.attribute(own)) way[way.length - 1] = own;
    else way.push(part);
    return way;
  }, []);
}

/** The way to a field, as it is read aloud: "how often buyers may be contacted: limits". */
export const fieldWords = (way: Way, vocabulary: Vocabulary): string =>
  way.map((key, i) => stepWords(key, way.slice(0, i), vocabulary)).join(': ');

function stepWords(key: string, before: Way, vocabulary: Vocabulary): string {
  const whole = [...before, key].join('.');
  const known = Object.hasOwn(FIELDS, whole)
    ? FIELDS[whole]
    : Object.hasOwn(FIELDS, key)
      ? FIELDS[key]
      : undefined;
  return (
    known ??
    vocabulary.attribute(key)?.label ??
    vocabulary.playbook.goals.find(({ id }) => id === key)?.label ??
    key.replace(/([a-z])([A-Z])|[-_]/g, '$1 $2').toLowerCase()
  );
}

/** What stands in a field, as it is read aloud; `way` is the way to it. */
export function valueWords(value: JsonValue | undefined, way: Way, vocabulary: Vocabulary): string {
  const key = way.at(-1) ?? '';
  if (value === undefined || value === null) return '';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value))
    return value.map((one) => valueWords(one as JsonValue, way, vocabulary)).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, held]) => {
        const inner = [...way, name];
        return `${stepWords(name, way, vocabulary)}: ${valueWords(held, inner, vocabulary)}`;
      })
      .join('; ');
  if (typeof value === 'number' && SHARES.has(key)) return `${Math.round(value * 1000) / 10}%`;
  return typeof value === 'string' && !KEPT_AS_WRITTEN.has(key)
    ? nameWords(value, key, vocabulary)
    : String(value);
}

/** Names of attributes, their values and what else a file calls by an id. */
function nameWords(text: string, key: string, vocabulary: Vocabulary): string {
  const words: { readonly [id: string]: string } =
    key === 'type' ? VOCABULARY_STRINGS.types : key === 'of' ? SENTENCE_STRINGS.kinds : {};
  if (Object.hasOwn(words, text)) return words[text] ?? text;
  const attribute = vocabulary.attribute(text);
  if (attribute) {
    const [kind = ''] = text.split('.');
    const kinds: { readonly [kind: string]: string } = SENTENCE_STRINGS.kinds;
    return `${attribute.label} (${kinds[kind] ?? kind})`;
  }
  const value = vocabulary.attribute(key)?.values?.find(({ id }) => id === text);
  return value?.label ?? text;
}
