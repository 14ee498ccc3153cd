/** For the JSON Schema; what it lets through, {@link parseMoney} still judges. */
export const MONEY_PATTERN = '^-?(\\d{1,3}(,\\d{3})+|\\d+)(\\.\\d+)?( ?[A-Z]{3})?$';

/**
 * An amount as authors write it (`40000`, `1,200.50`, `1,200.50 EUR`) in minor units of `currency`.
 * A comma only groups thousands; the decimal sign is a point.
 * @throws RangeError that says what is wrong, without a place.
 */
export function parseMoney(source: string, currency: string): number {
  const text = source.trim();
  const match = /^(-?)((?:\d{1,3}(?:,\d{3})+|\d+))(?:\.(\d+))?(?: ?([A-Za-z]{3}))?$/.exec(text);
  if (!match)
    throw new RangeError(
      `"${text.slice(0, 40)}" is not an amount such as 40000 or "1,200.50 ${currency}"`,
    );
  const [, sign, whole = '', fraction = '', named] = match;
  if (named !== undefined && named !== currency)
    throw new RangeError(`"${text}" is in ${named}, and the playbook is in ${currency}`);
  const digits = minorDigits(currency);
  if (fraction.length > digits)
    throw new RangeError(
      `"${text}" has ${fraction.length} decimal${fraction.length === 1 ? '' : 's'}, and ${currency} has ${digits}`,
    );
  const amountMinor = Number(whole.replaceAll(',', '') + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`"${text}" is too large`);
  return sign === '-' && amountMinor !== 0 ? -amountMinor : amountMinor;
}

const digitsByCurrency = new Map<string, number>();

/**
 * Decimals of a currency: 2 for EUR, 0 for JPY, 3 for KWD.
 * @throws RangeError when it is not three letters.
 */
export function minorDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}
