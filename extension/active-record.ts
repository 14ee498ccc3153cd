import { findRecord, isCrmPage, type PageRecord } from './record-in-page.js';

/** What the tab that the rep looks at shows. */
export type Active =
  | { readonly page: 'record'; readonly record: PageRecord }
  /** A page of a CRM, and no record of interest. */
  | { readonly page: 'crm' }
  | { readonly page: 'elsewhere' };

/** A single-page app changes its address in steps. */
const SETTLE_MS = 150;

/**
 * Follows the tab in view in this window, and what it shows as the rep moves around in it. Only addresses are looked at:
 * nothing of ours runs in the CRM's pages. The extension's own pages do not count, so the one in view before stays.
 */
export async function followActiveRecord(listener: (active: Active) => void): Promise<void> {
  const { id: own } = await chrome.windows.getCurrent();
  let inView: number | undefined;
  let last = '';
  let settling: ReturnType<typeof setTimeout> | undefined;

  const look = ({ id, url }: ChromeTab): void => {
    if (url?.startsWith(chrome.runtime.getURL(''))) return;
    inView = id;
    const record = findRecord(url);
    const active: Active = record
      ? { page: 'record', record }
      : { page: isCrmPage(url) ? 'crm' : 'elsewhere' };
    const key = JSON.stringify(active);
    clearTimeout(settling);
    if (key === last) return;
    settling = setTimeout(() => {
      last = key;
      listener(active);
    }, SETTLE_MS);
  };

  chrome.tabs.onActivated.addListener(({ tabId, windowId }) => {
    if (windowId === own) void chrome.tabs.get(tabId).then(look, () => undefined);
  });
  chrome.tabs.onUpdated.addListener((id, { url }, tab) => {
    if (url !== undefined && tab.windowId === own && (tab.active || id === inView)) look(tab);
  });
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  if (tab) look(tab);
  if (inView === undefined) listener({ page: 'elsewhere' });
}
