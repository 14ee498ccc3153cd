import { attributesOf } from '../core/condition.js';
import type { Play, Playbook } from './playbook.js';

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
