import { attributesOf } from '../core/condition.js';
import type { Content, Play, Playbook, TrialSettings } from './playbook.js';

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

interface Tried extends Pick<Playbook, 'contents' | 'plays'> {
  readonly trials?: readonly Pick<TrialSettings, 'arm' | 'weights'>[];
}

/**
 * Ids of the plays of which it depends on the arm of an account whether they show, what they bring, or how they rank: those
 * that ask for it, those whose content does, and all of them where goals weigh otherwise in an arm.
 */
export function playsOfTrial(
  arm: string,
  { plays, contents, trials = [] }: Tried,
): ReadonlySet<string> {
  const isOfGoals = trials.some((trial) => trial.arm === arm && trial.weights);
  const tried = contents.filter(
    ({ attributes, when }) =>
      Object.hasOwn(attributes, arm) || (when && attributesOf(when).has(arm)),
  );
  return new Set(
    plays
      .filter(
        (play) =>
          isOfGoals ||
          [play.eligibility, play.applicability, play.suitability].some(
            (condition) => condition && attributesOf(condition).has(arm),
          ) ||
          tried.some((content) => mayBring(play, content)),
      )
      .map(({ id }) => id),
  );
}

/** Whether there is a situation in which the play brings the content. */
function mayBring({ content: wanted }: Play, { attributes }: Content): boolean {
  if (!wanted) return false;
  return Object.entries(wanted).every(([key, values]) => {
    const tagged = attributes[key];
    if (!tagged) return key.includes('.');
    return values === 'same' || tagged.some((value) => values.includes(value));
  });
}
