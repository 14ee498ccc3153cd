import { bareName } from '../core/bare-name.js';
import type { ValueTest } from '../core/condition.js';
import { push } from '../core/push.js';
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

/** `up`: one more each midnight. `down`: one less. `window`: changes when a day leaves it. */
export type Motion = 'up' | 'down' | 'window';

const MOTION: { readonly [op in Derivation['op']]?: Motion } = {
  'days-since': 'up',
  'days-since-date': 'up',
  'days-since-change': 'up',
  'days-until': 'down',
  'days-until-date': 'down',
};

/** How what is derived so moves with the clock alone; undefined where it stays, or follows other records. */
export function motionOf(derive: Derivation | undefined): Motion | undefined {
  if (!derive) return undefined;
  return (
    MOTION[derive.op] ?? ('days' in derive && derive.days !== undefined ? 'window' : undefined)
  );
}

const kindPart = (attribute: string): string => attribute.slice(0, attribute.indexOf('.'));

export function createAttributePlan(playbook: Playbook): AttributePlan {
  const byId = new Map<string, Attribute>();
  const byFactType = new Map<string, DerivedAttribute[]>();
  for (const attribute of playbook.attributes) {
    byId.set(attribute.id, attribute);
    const derive = attribute.derive;
    if (!derive) continue;
    if ('facts' in derive) {
      for (const type of new Set(derive.facts.types)) {
        const derived = { of: attribute.of, bare: bareName(attribute.id), derive };
        push(byFactType, type, derived);
      }
    }
  }
  const { zone, currency } = playbook;
  return { zone, currency, byId, places: new Map(), byFactType };
}

/** Where an attribute is to be found. */
export function placeOf({ byId, places }: AttributePlan, attribute: string): Place {
  let place = places.get(attribute);
  if (!place) {
    const { derive, machine = false } = byId.get(attribute) ?? {};
    place = { kind: kindPart(attribute), bare: bareName(attribute), derive, machine };
    places.set(attribute, place);
  }
  return place;
}

/**
 * The whole numbers on reaching which a test may turn. A value that climbs turns `gte 14` on reaching 14 and `gt 14` on
 * reaching 15; one that falls turns `gte 14` on reaching 13.
 */
export function turnsOf(test: ValueTest, motion: 'up' | 'down'): readonly number[] {
  let bounds: readonly number[] = [];
  if ('in' in test) bounds = test.in.flatMap((value) => [Number(value), Number(value) + 1]);
  if ('range' in test) {
    const { gte = Number.NaN, lt = Number.NaN, gt = Number.NaN, lte = Number.NaN } = test.range;
    bounds = [gte, lt, Math.floor(gt) + 1, Math.floor(lte) + 1];
  }
  return bounds
    .filter((bound) => !Number.isNaN(bound))
    .map((bound) => Math.ceil(bound) - (motion === 'up' ? 0 : 1));
}
