import type { Condition, Range, Test } from '../domain/condition.js';
import type { Attribute, Derivation, FactFilter, Playbook } from '../domain/playbook.js';
import type { RecordKind } from '../domain/value.js';

/** Attributes of a playbook, indexed for folding and reading. */
export interface AttributePlan {
  readonly zone: string;
  readonly currency: string;
  /** By qualified id. */
  readonly byId: ReadonlyMap<string, Attribute>;
  /** Derived attributes that a fact of that type may move. */
  readonly byFactType: ReadonlyMap<string, readonly DerivedAttribute[]>;
  /** Attributes that move with the clock, with the values at which some condition may turn. */
  readonly moving: ReadonlyMap<RecordKind, readonly MovingAttribute[]>;
}

export interface DerivedAttribute {
  readonly of: RecordKind;
  readonly bare: string;
  readonly derive: Extract<Derivation, { readonly facts: FactFilter }>;
}

export interface MovingAttribute {
  readonly attribute: Attribute;
  /** `up`: one more each midnight. `down`: one less. `window`: changes when a day leaves it. */
  readonly motion: 'up' | 'down' | 'window';
  /** For up and down: the values on reaching which a condition may turn, ascending. */
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
export const kindPart = (attribute: string): string => attribute.slice(0, attribute.indexOf('.'));

export function createAttributePlan(playbook: Playbook): AttributePlan {
  const byId = new Map<string, Attribute>();
  const byFactType = new Map<string, DerivedAttribute[]>();
  const tests = collectTests(playbook);
  const moving = new Map<RecordKind, MovingAttribute[]>();
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
    const watched = tests.get(attribute.id);
    if (!watched) continue;
    const motion = MOTION[derive.op];
    if (motion) push(moving, attribute.of, { attribute, motion, turns: turnsOf(watched, motion) });
    else if ('days' in derive && derive.days !== undefined) {
      push(moving, attribute.of, { attribute, motion: 'window', turns: [] });
    }
  }
  return { zone: playbook.zone, currency: playbook.currency, byId, byFactType, moving };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Every test of every trigger and of every condition inside a derivation, by attribute. */
function collectTests(playbook: Playbook): ReadonlyMap<string, readonly Test[]> {
  const found = new Map<string, Test[]>();
  const walk = (condition: Condition | undefined): void => {
    if (!condition) return;
    if ('all' in condition) condition.all.forEach(walk);
    else if ('any' in condition) condition.any.forEach(walk);
    else if ('not' in condition) walk(condition.not);
    else if ('where' in condition) walk(condition.where);
    else push(found, condition.attribute, condition);
  };
  for (const { trigger } of playbook.plays) {
    if ('becomes' in trigger) {
      walk(trigger.becomes);
      walk(trigger.rearm);
    } else if ('event' in trigger) walk(trigger.until);
  }
  for (const { derive } of playbook.attributes) {
    if (derive && 'where' in derive) walk(derive.where);
  }
  return found;
}

/**
 * The whole numbers on reaching which a test may turn. A value that climbs turns `gte 14` on reaching 14 and `gt 14` on
 * reaching 15; one that falls turns `gte 14` on reaching 13.
 */
function turnsOf(tests: readonly Test[], motion: 'up' | 'down'): readonly number[] {
  const turns = new Set<number>();
  const atOrAbove = (bound: number): void => {
    turns.add(motion === 'up' ? Math.ceil(bound) : Math.ceil(bound) - 1);
  };
  for (const test of tests) {
    if ('range' in test) {
      const { gte, gt, lt, lte }: Range = test.range;
      if (gte !== undefined) atOrAbove(gte);
      if (lt !== undefined) atOrAbove(lt);
      if (gt !== undefined) atOrAbove(Math.floor(gt) + 1);
      if (lte !== undefined) atOrAbove(Math.floor(lte) + 1);
    } else if ('in' in test) {
      for (const value of test.in) {
        if (typeof value !== 'number') continue;
        atOrAbove(value);
        atOrAbove(value + 1);
      }
    }
  }
  return [...turns].sort((a, b) => a - b);
}
