import type { Attribute, Playbook } from '../domain/playbook.js';

/** What an amount of a won deal is, where that says which way is better. */
export type MeasureMeaning = (typeof MEANINGS)[number];

/** A number attribute has to say these. */
export const MEANINGS = ['discount', 'returns', 'turnover'] as const;

const NAMES: { readonly [meaning in MeasureMeaning]: RegExp } = {
  discount: /discount|rebate/i,
  returns: /returned|returns|refund|creditNote/i,
  turnover: /\.(amount|revenue|turnover)$/i,
};

/** The attributes of such records that are called so; the first of each. */
export function measuresIn(
  { attributes }: Pick<Playbook, 'attributes'>,
  of: string,
): { readonly [meaning in MeasureMeaning]?: string } {
  const find = (meaning: MeasureMeaning): string | undefined =>
    attributes.find((one) => isNumberOf(one, of) && NAMES[meaning].test(one.id))?.id;
  return Object.fromEntries(
    MEANINGS.flatMap((meaning) => {
      const id = find(meaning);
      return id === undefined ? [] : [[meaning, id]];
    }),
  );
}

const isNumberOf = ({ of, type, machine }: Attribute, kind: string): boolean =>
  of === kind && type === 'number' && !machine;

/** Of an attribute that nobody said more about: by its name. */
export function meaningOf(
  measure: string,
  playbook: Pick<Playbook, 'attributes'>,
): MeasureMeaning | undefined {
  const named = measuresIn(playbook, measure.slice(0, measure.indexOf('.')));
  return MEANINGS.find((meaning) => named[meaning] === measure);
}
