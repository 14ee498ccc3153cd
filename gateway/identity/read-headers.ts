import type { GatewayRequest } from './identity.js';

/** A header that came once; one that came several times could mean one thing here and another elsewhere. */
export function headerOf({ headers }: GatewayRequest, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (typeof value === 'string') return value;
  return value?.length === 1 ? value[0] : undefined;
}
