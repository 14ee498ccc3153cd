import { SAFE_LINK } from '../plan/markdown.js';

/** Parameters that tell who clicked, and nothing to the page. */
const TRACKING =
  /^(?:utm_\w+|gclid|fbclid|msclkid|dclid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|igshid|yclid)$/i;
const MOST_CHARS = 2000;

/**
 * The address to which a link leads, without what follows who clicks: through no redirection of Outlook or Google, without
 * their parameters. Undefined for one that no reader would open.
 */
export function plainAddress(href: string): string | undefined {
  const address = href.trim();
  if (!SAFE_LINK.test(address) || address.length > MOST_CHARS) return undefined;
  if (!/^https?:/i.test(address)) return address;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  const inner = innerAddress(url);
  if (inner !== null && inner !== address && /^https?:\/\//i.test(inner))
    return plainAddress(inner);
  const tracking = [...url.searchParams.keys()].filter((name) => TRACKING.test(name));
  if (tracking.length === 0) return address;
  for (const name of tracking) url.searchParams.delete(name);
  return url.href;
}

function innerAddress({ hostname, pathname, searchParams }: URL): string | null {
  if (hostname.endsWith('.safelinks.protection.outlook.com')) return searchParams.get('url');
  if (/^www\.google\.[a-z.]+$/.test(hostname) && pathname === '/url')
    return searchParams.get('q') ?? searchParams.get('url');
  return null;
}
