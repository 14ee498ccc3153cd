import { testsOf } from '../core/condition.js';
import { walkStates } from '../core/machine/machine-table.js';
import { push } from '../core/push.js';
import type { Condition, Test } from '../domain/condition.js';
import type { Machine } from '../domain/machine.js';
import type { Attribute, Derivation, FactFilter, Playbook } from '../domain/playbook.js';
import type { RecordKind } from '../domain/value.js';

/** Attributes of a playbook, indexed for folding and reading. */
export interface AttributePlan {
  readonly zone: string;
  readonly currency: string;
  /** By qualified id. */
  readonly byId: ReadonlyMap<string, Attribute>;
  /** Where an attribute is to be found, by qualified id; grows with what is asked for. */
  readonly places: Map<string, Place>;
  /** Derived attributes that a fact of that type may move. */
  readonly byFactType: ReadonlyMap<string, readonly DerivedAttribute[]>;
  /** Attributes that move with the clock, with the values at which some condition may turn. */
  readonly moving: ReadonlyMap<RecordKind, readonly MovingAttribute[]>;
}

export interface Place {
  readonly kind: string;
  readonly bare: string;
  readonly derive: Derivation | undefined;
  /** It is the state of a machine. */
  readonly machine: boolean;
}

export interface DerivedAttribute {
  readonly of: RecordKind;
  readonly bare: string;
  readonly derive: Extract<Derivation, { readonly facts: FactFilter }>;
}

export interface MovingAttribute {
  readonly attribute: Attribute;
  /**
   * `up`: one more each midnight. `down`: one less. `window`: changes when a day leaves it. `daily`: up or down, and
   * compared with another attribute, so that any day may count.
   */
  readonly motion: 'up' | 'down' | 'window' | 'daily';
  /** For up and down: the values on reaching which a condition may turn. */
  readonly turns: readonly number[];
}

const MOTION: { readonly [op in Derivation['op']]?: 'up' | 'down' } = {
  'days-since': 'up',
  'days-since-date': 'up',
  'days-since-change': 'up',
  'days-until': 'down',
  'days-until-date': 'down',
};

export const bareId = (attribute: string): string => attribute.slice(attribute.indexOf('.') + 1);
const kindPart = (attribute: string): string => attribute.slice(0, attribute.indexOf('.'));

export function createAttributePlan(playbook: Playbook): AttributePlan {
  const byId = new Map<string, Attribute>();
  const byFactType = new Map<string, DerivedAttribute[]>();
  const tests = collectTests(playbook);
  const moving = new Map<RecordKind, MovingAttribute[]>();
  /** What is added up over records moves the sum every day. */
  const summed = new Set(
    playbook.attributes.flatMap(({ derive }) =>
      derive?.op === 'sum-records' ? [derive.attribute] : [],
    ),
  );
  for (const attribute of playbook.attributes) {
    byId.set(attribute.id, attribute);
    const derive = attribute.derive;
    if (!derive) continue;
    if ('facts' in derive) {
      for (const type of new Set(derive.facts.types)) {
        const derived = { of: attribute.of, bare: bareId(attribute.id), derive };
        push(byFactType, type, derived);
      }
    }
    const watched = tests.get(attribute.id) ?? [];
    const isSummed = summed.has(attribute.id);
    if (watched.length === 0 && !isSummed) continue;
    const motion = MOTION[derive.op];
    if (motion && (isSummed || watched.some((test) => 'inAttribute' in test)))
      push(moving, attribute.of, { attribute, motion: 'daily', turns: [] });
    else if (motion)
      push(moving, attribute.of, { attribute, motion, turns: turnsOf(watched, motion) });
    else if ('days' in derive && derive.days !== undefined) {
      push(moving, attribute.of, { attribute, motion: 'window', turns: [] });
    }
  }
  const { zone, currency } = playbook;
  return { zone, currency, byId, places: new Map(), byFactType, moving };
}

/** Where an attribute is to be found. */
export function placeOf({ byId, places }: AttributePlan, attribute: string): Place {
  let place = places.get(attribute);
  if (!place) {
    const { derive, machine = false } = byId.get(attribute) ?? {};
    place = { kind: kindPart(attribute), bare: bareId(attribute), derive, machine };
    places.set(attribute, place);
  }
  return place;
}

/** Every test of every trigger, of every guard and of every condition inside a derivation, by attribute. */
function collectTests({
  plays,
  attributes,
  machines = [],
}: Playbook): ReadonlyMap<string, readonly Test[]> {
  const conditions = [
    ...plays.flatMap(({ trigger }) =>
      'becomes' in trigger
        ? [trigger.becomes, trigger.rearm]
        : 'until' in trigger
          ? [trigger.until]
          : [],
    ),
    ...machines.flatMap(guardsOf),
    ...attributes.map(({ derive }) => (derive && 'where' in derive ? derive.where : undefined)),
  ];
  const found = new Map<string, Test[]>();
  for (const condition of conditions)
    for (const test of condition ? testsOf(condition) : []) {
      push(found, test.attribute, test);
      if ('inAttribute' in test) push(found, test.inAttribute, test);
    }
  return found;
}

function guardsOf(machine: Machine): readonly (Condition | undefined)[] {
  const transitions = [...(machine.transitions ?? [])];
  walkStates(machine, (state) => transitions.push(...(state.transitions ?? [])));
  return transitions.map(({ when }) => when);
}

/**
 * The whole numbers on reaching which a test may turn; NaN for a bound that is not there. A value that climbs turns
 * `gte 14` on reaching 14 and `gt 14` on reaching 15; one that falls turns `gte 14` on reaching 13.
 */
function turnsOf(tests: readonly Test[], motion: 'up' | 'down'): readonly number[] {
  const bounds = tests.flatMap((test) => {
    if ('in' in test) return test.in.flatMap((value) => [Number(value), Number(value) + 1]);
    if (!('range' in test)) return [];
    const { gte = Number.NaN, lt = Number.NaN, gt = Number.NaN, lte = Number.NaN } = test.range;
    return [gte, lt, Math.floor(gt) + 1, Math.floor(lte) + 1];
  });
  return bounds.map((bound) => Math.ceil(bound) - (motion === 'up' ? 0 : 1));
}
