import { OpportuneError } from 'opportune';

/** JSON of plain data; anything else would come back as something else. */
export function toJson(value: unknown): string {
  checkPlain(value);
  return JSON.stringify(value);
}

function checkPlain(value: unknown): void {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    throw notPlain(typeof value);
  if (typeof value !== 'object' || value === null) return;
  const kind = Object.prototype.toString.call(value);
  if (kind !== '[object Object]' && kind !== '[object Array]') throw notPlain(kind);
  for (const part of Object.values(value)) checkPlain(part);
}

function notPlain(kind: string): OpportuneError {
  return new OpportuneError(
    'opportune/not-plain-data',
    `only plain data can be stored, not ${kind}`,
  );
}
