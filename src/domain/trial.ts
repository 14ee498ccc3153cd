import { attributesOf } from '../core/condition.js';
import type { Play, Playbook } from './playbook.js';

/** What a trial goes by where nobody says otherwise. */
export const USUAL_TRIAL = { days: 30, matters: 0.1, alpha: 0.05, entry: 'seen' } as const;

/** What learning goes by where nobody says otherwise: days, and how many accounts of each rep. */
export const USUAL_LEARNING = { days: 30, halfLife: 180, explore: 0 } as const;
/** Days after which nobody is new, where the playbook says nothing. */
export const USUALLY_NEW = 180;

/** Values of the arm, a qualified choice attribute; the first is what the others are compared with. */
export function armsOf(
  { attributes }: Pick<Playbook, 'attributes'>,
  arm: string,
): readonly string[] {
  return attributes.find(({ id }) => id === arm)?.values?.map(({ id }) => id) ?? [];
}

/** Ids of the plays of which it depends on the arm of an account whether they show. */
export function playsOfTrial(arm: string, plays: readonly Play[]): ReadonlySet<string> {
  return new Set(
    plays
      .filter((play) =>
        [play.eligibility, play.applicability, play.suitability].some(
          (condition) => condition && attributesOf(condition).has(arm),
        ),
      )
      .map(({ id }) => id),
  );
}
