import type { Change, Condition, Explanation, Range, Test } from '../domain/condition.js';
import type { MachineState } from '../domain/machine.js';
import type { AttributeValue } from '../domain/value.js';
import type { ScaleView, WhyNotItemView } from '../domain/view.js';
import { clean, type Holes, title, type Words } from './format.js';
import type { Reading } from './reading.js';

export type Pieces = WhyNotItemView['need'];

/** Where the tick stands in every "Why not?", so that distances can be compared. */
const TICK = 0.72;
/** A need with more parts than this names the first ones and counts the rest. */
const NAMED_PARTS = 2;

/** A sentence in pieces; the figures stand out. */
export function pieces(words: Words, text: string, figures: Holes, holes: Holes = {}): Pieces {
  return text
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((part) => {
      const figure = figures[part.slice(1, -1)];
      return figure === undefined
        ? { text: words.fill(part, holes), strong: false }
        : { text: figure, strong: true };
    });
}

/** Actual against required on one line; absent where there is no sensible scale. */
export function needScale(actual: number, required: number): ScaleView | undefined {
  return actual >= 0 && required > 0
    ? { kind: 'need', dot: Math.min(1, (actual / required) * TICK), tick: TICK }
    : undefined;
}

interface Leaf {
  readonly condition: Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;
  readonly actual?: AttributeValue;
  readonly negated: boolean;
}

/** What stopped it: the tests that did not come out as wanted; `either` when one of them would do. */
function failing(explanation: Explanation, negated = false): { leaves: Leaf[]; either: boolean } {
  const { condition, truth, parts = [], actual } = explanation;
  if (truth === !negated) return { leaves: [], either: false };
  if ('not' in condition) return failing(parts[0] as Explanation, !negated);
  if ('all' in condition || 'any' in condition) {
    const found = parts.map((part) => failing(part, negated));
    return {
      leaves: found.flatMap(({ leaves }) => leaves),
      either: 'any' in condition !== negated || found.some(({ either }) => either),
    };
  }
  return {
    leaves: [{ condition, negated, ...(actual !== undefined && { actual }) }],
    either: false,
  };
}

/** `Replies in 14 days: **0**, needs **2 or more**`. */
export function toNeed(
  explanation: Explanation,
  reading: Reading,
): { readonly need: Pieces; readonly scale?: ScaleView } {
  const { leaves, either } = failing(explanation);
  const { words } = reading;
  const need: { text: string; strong: boolean }[] = [];
  leaves.slice(0, NAMED_PARTS).forEach((leaf, index) => {
    if (index) need.push({ text: either ? words.strings.orElse : '. ', strong: false });
    need.push(...leafNeed(leaf, reading));
  });
  if (leaves.length > NAMED_PARTS) {
    need.push({
      text: `, ${words.count(words.strings.moreConditions, leaves.length - NAMED_PARTS)}`,
      strong: false,
    });
  }
  const [only] = leaves;
  const scale = leaves.length === 1 && only && leafScale(only);
  return { need, ...(scale && { scale }) };
}

function leafNeed({ condition, actual, negated }: Leaf, reading: Reading): Pieces {
  const { words } = reading;
  const { strings } = words;
  if (!('attribute' in condition)) {
    const none = 'hasNo' in condition !== negated;
    const kind = 'has' in condition ? condition.has : condition.hasNo;
    return pieces(words, none ? strings.needsNone : strings.needsOne, {
      kind: strings.records[kind],
    });
  }
  return pieces(
    words,
    'missing' in condition && condition.missing !== negated ? strings.needNothing : strings.need,
    {
      actual:
        actual === undefined ? strings.notKnown : valueText(condition.attribute, actual, reading),
      needed: needed(condition, negated, reading),
    },
    { label: labelOf(condition.attribute, reading) },
  );
}

function leafScale({ condition, actual, negated }: Leaf): ScaleView | undefined {
  if (!('range' in condition) || typeof actual !== 'number' || negated) return undefined;
  const bounds = Object.values(condition.range);
  return bounds.length === 1 ? needScale(actual, bounds[0] as number) : undefined;
}

export function labelOf(attribute: string, reading: Reading): string {
  const known = reading.attribute(attribute)?.label;
  return known ? clean(known) : title(attribute.slice(attribute.indexOf('.') + 1));
}

export function valueText(attribute: string, value: AttributeValue, reading: Reading): string {
  const known = reading.attribute(attribute);
  if (known?.derive && 'field' in known.derive && known.derive.field === 'type')
    return reading.words.event(String(value));
  const label = (id: AttributeValue): string | undefined =>
    known?.values?.find((one) => one.id === id)?.label;
  const labels = (typeof value === 'object' ? value : [value]).map((id) => label(id));
  return reading.words.value(value, {
    type: known?.type ?? 'text',
    ...(known?.unit && { unit: known.unit }),
    ...(labels.every((one) => one !== undefined) && { labels: labels as string[] }),
  });
}

/** What a test asks for, as words that follow "needs" or "is". */
function needed(test: Test, negated: boolean, reading: Reading): string {
  const { words } = reading;
  const { strings } = words;
  if ('range' in test) return rangeText(test.attribute, test.range, negated, reading);
  if ('missing' in test) return test.missing === negated ? strings.anyValue : strings.noValueAtAll;
  const list = (values: readonly AttributeValue[], either: boolean): string =>
    words.list(
      values.map((value) => valueText(test.attribute, value, reading)),
      either,
    );
  // The opposite of yes is no.
  if (negated && 'in' in test && typeof test.in[0] === 'boolean') {
    return list(
      test.in.map((value) => !value),
      true,
    );
  }
  const hasNone = 'hasNone' in test;
  const states = reading.attribute(test.attribute)?.machine && 'in' in test ? test.in : undefined;
  const wanted = states
    ? words.list(stateLabels(test.attribute, states, reading), true)
    : 'in' in test
      ? list(test.in, true)
      : 'hasAll' in test
        ? list(test.hasAll, false)
        : 'hasNone' in test
          ? list(test.hasNone, true)
          : 'textIn' in test
            ? list(test.textIn, true)
            : 'startsWith' in test
              ? words.fill(strings.beginsWith, { value: clean(test.startsWith) })
              : words.fill(strings.sameAs, { label: labelOf(test.inAttribute, reading) });
  return hasNone === negated ? wanted : words.fill(strings.anythingBut, { value: wanted });
}

/** A state with states inside goes by its own label where all of them are meant. */
function stateLabels(
  attribute: string,
  wanted: readonly AttributeValue[],
  { playbook }: Reading,
): readonly string[] {
  const leaves = ({ id, states }: MachineState): readonly string[] =>
    states ? states.flatMap(leaves) : [id];
  const labels = (states: readonly MachineState[]): readonly string[] =>
    states.flatMap((state) =>
      leaves(state).every((id) => wanted.includes(id))
        ? [clean(state.label, 80)]
        : labels(state.states ?? []),
    );
  const machine = playbook.machines?.find(({ id, of }) => attribute === `${of}.${id}`);
  return machine ? labels(machine.states) : wanted.map(String);
}

const OPPOSITE = { gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt' } as const;

function rangeText(
  attribute: string,
  range: Range,
  negated: boolean,
  { words, ...reading }: Reading,
): string {
  const { strings } = words;
  const texts = {
    gt: strings.moreThan,
    gte: strings.atLeast,
    lt: strings.lessThan,
    lte: strings.atMost,
  };
  return words.list(
    (['gt', 'gte', 'lt', 'lte'] as const)
      .filter((bound) => range[bound] !== undefined)
      .map((bound) =>
        words.fill(texts[negated ? OPPOSITE[bound] : bound], {
          value: valueText(attribute, range[bound] as number, { words, ...reading }),
        }),
      ),
    negated,
  );
}

/** `Shows when Stage is Evaluation.` */
export function toChangeText(changes: readonly Change[], reading: Reading): string {
  const { words } = reading;
  const { strings } = words;
  const [only] = changes;
  if (changes.length === 1 && only) {
    const { range, from } = only;
    const op = reading.attribute(only.attribute)?.derive?.op;
    const bound = range?.gte ?? (range?.gt === undefined ? undefined : range.gt + 1);
    if (
      bound !== undefined &&
      typeof from === 'number' &&
      (op === 'count' || op === 'days-since')
    ) {
      return words.count(
        op === 'count' ? strings.afterMore : strings.afterDays,
        Math.ceil(bound - from),
      );
    }
  }
  return words.fill(strings.showsWhen, {
    what: words.list(
      changes.map(({ attribute, range, to }) =>
        words.fill(strings.changeTo, {
          label: labelOf(attribute, reading),
          needed: range
            ? rangeText(attribute, range, false, reading)
            : to === undefined
              ? strings.noValueAtAll
              : valueText(attribute, to, reading),
        }),
      ),
    ),
  });
}
