import { salesforceId } from '@opportune/connector-salesforce';
import type { RecordId } from 'opportune';

/** The rep's record for a user id of the CRM; undefined for what cannot be one. */
export function repId(
  connection: string,
  user: string | undefined,
  inSalesforce: boolean,
): RecordId | undefined {
  const id = user !== undefined && inSalesforce ? salesforceId(user) : user;
  return id !== undefined && /^[^\s\p{C}](?:[^\p{C}]{0,126}[^\s\p{C}])?$/u.test(id)
    ? `${connection}:rep:${id}`
    : undefined;
}
