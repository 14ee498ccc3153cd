import type { Attribute, Playbook } from '../domain/playbook.js';
import type { AttributeValue } from '../domain/value.js';
import { clean, plain } from '../view/format.js';
import { MEANINGS, type MeasureMeaning, measuresIn } from './measures-in.js';
import type { Outcome, Question } from './question.js';

/** What can be asked of the facts of a playbook. */
export interface Menu {
  readonly presets: readonly Preset[];
  readonly filters: readonly Filter[];
  /** Quarters of the year in which deals may have begun, the last one first. */
  readonly quarters: readonly Quarter[];
}

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly question: Question;
}

export interface Filter {
  /** Qualified. */
  readonly attribute: string;
  readonly label: string;
  readonly values: readonly { readonly value: AttributeValue; readonly label: string }[];
}

export interface Quarter {
  readonly label: string;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly before: string;
}

/** So many quarters back. */
const QUARTERS = 8;
/** What is done in these first days of a deal is looked at, where that is asked. */
const FIRST_DAYS = 14;
/** More values than that are no parts of a whole that anybody compares. */
const MOST_VALUES = 30;

const MEASURES: { readonly [meaning in MeasureMeaning]: string } = {
  discount: 'What goes with discounts',
  returns: 'What goes with returns',
  turnover: 'What goes with larger deals',
};

const WON = /^(closed[ _-]?)?won$/i;
const LOST = /^(closed[ _-]?)?lost$/i;

/**
 * Questions that the attributes of a playbook suggest: won and lost are found by their names. `today` is `YYYY-MM-DD`;
 * `solves`: there is a solver.
 */
export function createMenu(
  playbook: Playbook,
  today: string,
  { solves }: { readonly solves: boolean },
): Menu {
  const told = playbook.attributes.filter(({ derive, machine }) => !derive && !machine);
  const choices = told.filter(({ type, values }) => type === 'choice' && (values?.length ?? 0) > 1);
  const outcome = outcomeIn(choices);
  const peers = peersIn(choices);
  const left = told.find(
    ({ of, type, id }) =>
      of === 'account' && type === 'boolean' && /\.(has)?(churned|left)$/i.test(id),
  );
  const said = choices.find(({ of, id }) => of === 'opportunity' && /forecast/i.test(id));
  const team = choices.find(({ of, id }) => of === 'account' && /\.team$/i.test(id));
  const presets: Preset[] = [];
  const add = (id: string, label: string, question: Question): void => {
    presets.push({ id, label, question });
  };
  if (outcome) {
    const adjustFor = peers.slice(0, 1);
    const patterns = { topic: 'patterns', outcome, adjustFor } as const;
    add('wins', 'What goes with winning', { ...patterns, firstDays: 0 });
    add('does', `What is done in the first ${FIRST_DAYS} days`, {
      ...patterns,
      firstDays: FIRST_DAYS,
    });
    add('cycle', 'What makes deals take longer', { ...patterns, firstDays: 0, measure: 'cycle' });
    const measures = measuresIn(playbook, 'opportunity');
    for (const meaning of MEANINGS) {
      const measure = measures[meaning];
      if (measure !== undefined)
        add(meaning, MEASURES[meaning], { ...patterns, firstDays: 0, measure });
    }
    add('stars', 'What strong sellers do', { ...patterns, firstDays: FIRST_DAYS, stars: true });
    add('star-cycle', 'Whether strong sellers are quicker', {
      ...{ ...patterns, firstDays: 0, measure: 'cycle', stars: true },
    });
    if (measures.discount !== undefined)
      add('star-discount', 'Whether strong sellers give less discount', {
        ...{ ...patterns, firstDays: 0, measure: measures.discount, stars: true },
      });
  }
  if (peers.length > 0) {
    add('whitespace', 'What customers could still buy', { topic: 'whitespace', peers });
    add('wallet', 'Share of wallet', { topic: 'wallet', peers });
  }
  add('retention', 'Who is about to leave', { topic: 'retention' });
  if (left)
    add('renewal', 'Who may not renew', {
      topic: 'renewal',
      attribute: left.id,
      left: [true],
      stayed: [false],
    });
  if (outcome) {
    add('forecast', 'How honest the forecast is', {
      topic: 'forecast',
      outcome,
      ...(said && { said: said.id }),
      ...(team && { by: team.id }),
    });
    add('ramp', 'How soon new sellers win', { topic: 'ramp', outcome });
  }
  const { reason, products } = reasonsIn(playbook);
  if (outcome && reason !== undefined && products.length > 0)
    add('reasons', 'Why deals are lost, by product', {
      ...{ topic: 'reasons', outcome, reason, products },
    });
  add('proof', 'What the guidance earned', { topic: 'proof' });
  if (playbook.learning) add('learning', 'How likely plays come off', { topic: 'learning' });
  for (const { arm } of playbook.trials ?? []) {
    const label = playbook.attributes.find(({ id }) => id === arm)?.label ?? arm;
    add(`trial-${arm}`, `Trial: ${clean(label, 60)}`, { topic: 'trial', arm });
  }
  add('roi', 'What guidance may be worth', { topic: 'roi' });
  if (solves && playbook.goals.length > 1)
    add('tradeoff', 'What one goal costs another', { topic: 'tradeoff' });
  return {
    presets,
    filters: choices
      .filter(
        ({ id, of, values = [] }) =>
          (of === 'account' || of === 'opportunity') &&
          id !== outcome?.attribute &&
          values.length <= MOST_VALUES,
      )
      .map(toFilter),
    quarters: quartersBefore(today),
  };
}

function outcomeIn(choices: readonly Attribute[]): Outcome | undefined {
  for (const { id, of, values = [] } of choices) {
    if (of !== 'opportunity') continue;
    const meaning = (name: RegExp): readonly string[] =>
      values.filter((one) => name.test(one.id) || name.test(one.label ?? '')).map((one) => one.id);
    const [won, lost] = [meaning(WON), meaning(LOST)];
    if (won.length > 0 && lost.length > 0) return { attribute: id, won, lost };
  }
  return undefined;
}

/** By their names and values: why a deal was lost, and the product or service that it is about. */
export function reasonsIn({ attributes, products }: Pick<Playbook, 'attributes' | 'products'>): {
  readonly reason?: string;
  readonly products: readonly string[];
} {
  const own = attributes.filter(
    ({ of, derive, type }) =>
      of === 'opportunity' && !derive && (type === 'choice' || type === 'text'),
  );
  const reason = own.find(({ id }) => /loss|lost/i.test(id) && /reason|why/i.test(id));
  const names = new Set(products.flatMap(({ id, label }) => [id, label]));
  const isOfProducts = ({ values = [] }: Attribute): boolean =>
    values.length > 1 && values.every(({ id }) => names.has(id));
  const isCalledSo =
    (name: RegExp) =>
    (one: Attribute): boolean =>
      one.type === 'choice' && name.test(one.id);
  const found = [isOfProducts, isCalledSo(/product|service/i), isCalledSo(/\.(kind|type|line)$/i)];
  return {
    ...(reason && { reason: reason.id }),
    products: [...new Set(found.flatMap((is) => own.filter(is).map(({ id }) => id)))],
  };
}

/** Customers are alike in their segment or size, else in the first choice there is. */
function peersIn(choices: readonly Attribute[]): readonly string[] {
  const own = choices.filter(({ of }) => of === 'account').map(({ id }) => id);
  const best =
    own.find((id) => /segment|size|tier|class/i.test(id)) ??
    own.find((id) => /industry|sector|branch/i.test(id)) ??
    own[0];
  return best === undefined ? [] : [best];
}

function toFilter({ id, label, values = [] }: Attribute): Filter {
  return {
    attribute: id,
    label: label ? clean(label) : plain(id.slice(id.indexOf('.') + 1)),
    values: values.map((one) => ({ value: one.id, label: clean(one.label ?? one.id, 60) })),
  };
}

function quartersBefore(today: string): readonly Quarter[] {
  const last = Number(today.slice(0, 4)) * 4 + Math.floor((Number(today.slice(5, 7)) - 1) / 3);
  const start = (quarter: number): string =>
    `${Math.floor(quarter / 4)}-${String((quarter % 4) * 3 + 1).padStart(2, '0')}-01`;
  return Array.from({ length: QUARTERS }, (_, back) => {
    const quarter = last - back;
    return {
      label: `Q${(quarter % 4) + 1} ${Math.floor(quarter / 4)}`,
      from: start(quarter),
      before: start(quarter + 1),
    };
  });
}
