import type { Fact } from '../../src/domain/fact.js';
import type { ResponseData } from '../../src/domain/response.js';

/** Why a CRM has no place for a response; undefined: it has one. */
export function whyNotWritten(
  connection: string,
  { data }: Fact & { readonly data: ResponseData },
): string | undefined {
  const { kind } = data.response;
  if (kind !== 'done' && kind !== 'already-done')
    return `"${kind}" is nothing that was done to a customer`;
  if (!data.executed) return 'the card had closed before, and nothing was carried out';
  return data.record.startsWith(`${connection}:`)
    ? undefined
    : 'the record is of another connection';
}
