import type { RecordId } from '../../src/domain/value.js';

/** The CRM's own id of a record of this connection; undefined for one of another. */
export function crmId(connection: string, id: RecordId | undefined): string | undefined {
  return id?.startsWith(`${connection}:`)
    ? id.slice(id.indexOf(':', connection.length + 1) + 1)
    : undefined;
}
