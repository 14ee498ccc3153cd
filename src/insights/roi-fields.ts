import type { RoiAssumptions } from '../analyze-roi.js';
import type { Company, Drivers } from '../prove/roi-model.js';

/** A figure that somebody may put in the place of the example's; `%` is written in hundredths. */
export interface RoiField<Key> {
  readonly key: Key;
  readonly label: string;
  readonly unit?: '%';
}

export const COMPANY_FIELDS: readonly RoiField<keyof Company>[] = [
  { key: 'revenue', label: 'Revenue a year' },
  { key: 'sellers', label: 'Sellers' },
  { key: 'hoursAYear', label: 'Hours of one seller a year' },
  { key: 'carries', label: 'Opportunities one can have open at once' },
  { key: 'grossMargin', label: 'Gross margin', unit: '%' },
  { key: 'commission', label: 'Commission on what is added', unit: '%' },
  { key: 'sga', label: 'SG&A of revenue', unit: '%' },
  { key: 'otherFixed', label: 'Other fixed costs of revenue', unit: '%' },
  { key: 'interest', label: 'Interest of revenue', unit: '%' },
  { key: 'softwareAYear', label: 'Software a year' },
  { key: 'tax', label: 'Tax', unit: '%' },
  { key: 'shares', label: 'Shares' },
];

export const DRIVER_FIELDS: readonly RoiField<keyof Drivers>[] = [
  { key: 'sellingShare', label: 'Hours with buyers', unit: '%' },
  { key: 'hoursAnOpportunity', label: 'Selling hours an opportunity' },
  { key: 'closeRate', label: 'Close rate', unit: '%' },
  { key: 'cycleDays', label: 'Days from first talk to decision' },
];

export const GUESSES = ['least', 'likely', 'most'] as const;

/** As a person writes it. */
export const written = (value: number | undefined, unit: '%' | undefined): string =>
  value === undefined ? '' : String(Number((unit ? 100 * value : value).toPrecision(12)));

/** The assumptions with what stands in the fields, by name; undefined where one that is needed is no number above 0. */
export function readFields(
  assumptions: RoiAssumptions,
  textOf: (name: string) => string,
): RoiAssumptions | undefined {
  let isWhole = true;
  const read = (name: string, unit: '%' | undefined, least = Number.MIN_VALUE): number => {
    const value = Number(textOf(name)) / (unit ? 100 : 1);
    if (textOf(name).trim() === '' || !(value >= least)) isWhole = false;
    return value;
  };
  const company = Object.fromEntries(
    COMPANY_FIELDS.flatMap(({ key, unit }) =>
      key === 'carries' && textOf(key).trim() === '' ? [] : [[key, read(key, unit, leastOf(key))]],
    ),
  ) as unknown as Company;
  const now = Object.fromEntries(
    DRIVER_FIELDS.map(({ key, unit }) => [key, read(`${key}/now`, unit)]),
  ) as unknown as Drivers;
  const guided = Object.fromEntries(
    DRIVER_FIELDS.map(({ key, unit }) => [
      key,
      GUESSES.map((guess) => read(`${key}/${guess}`, unit)),
    ]),
  ) as unknown as RoiAssumptions['guided'];
  return isWhole ? { ...assumptions, company, now, guided } : undefined;
}

const MAY_BE_NOTHING: ReadonlySet<string> = new Set([
  'commission',
  'sga',
  'otherFixed',
  'interest',
  'softwareAYear',
  'tax',
]);

/** Below it a figure makes no sense. */
export const leastOf = (key: string): number => (MAY_BE_NOTHING.has(key) ? 0 : Number.MIN_VALUE);
