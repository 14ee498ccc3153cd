import { OpportuneError } from 'opportune';
import { browserFetch } from '../connectors/salesforce/salesforce-connector.js';

/**
 * All that leaves the browser leaves through one of these: to the addresses that it was made for and to no other, whatever
 * a CRM, a map or a playbook says. An address with a name or password in it is refused as well.
 */
export function createGuardedFetch(addresses: readonly string[]): typeof fetch {
  const origins = new Set(
    addresses.filter((address) => URL.canParse(address)).map((address) => new URL(address).origin),
  );
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== 'https:' || url.username || url.password || !origins.has(url.origin))
      throw new OpportuneError('opportune/crm-unavailable', 'nothing is sent to that address', {
        where: url.origin,
        remedy: 'See the addresses in the settings: they begin with https://',
      });
    return browserFetch(input, init);
  };
}
