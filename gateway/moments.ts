import { usageError } from './command.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds of a day (its first moment in UTC) or of ISO 8601 with a zone. */
export function parseMoment(text: string, option: string): number {
  const at = DAY.test(text) || TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at) && isDay(text.slice(0, 10))) return at;
  throw usageError(
    `${option}: "${text}" is neither a day nor a time`,
    'Write it as 2026-01-31 or 2026-01-31T18:00:00Z',
  );
}

export function parseDay(text: string, option: string): number {
  if (DAY.test(text) && isDay(text)) return Date.parse(text);
  throw usageError(`${option}: "${text}" is no day`, 'Write it as 2026-01-31');
}

/** Date.parse takes 2026-02-30 for 2 March. */
function isDay(text: string): boolean {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}
