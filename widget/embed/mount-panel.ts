import { ENGLISH, type Strings } from 'opportune/view';
import { OpportuneError } from '../../src/core/errors.js';
import { type BrowserPanel, createBrowserPanel } from '../browser-panel.js';
import { define } from '../opportune-panel.js';
import type { CrmRecord, Grant, HostLook } from './messages.js';
import { recordOf } from './record-of.js';

export interface PanelMount {
  /** The gateway. */
  readonly url: string;
  readonly record: CrmRecord;
  /** The first token, and whose it is. */
  readonly grant: Grant;
  /** Another one, before that ends. */
  renew(): Promise<Grant>;
  readonly look: HostLook;
  /** Language tag; dates and numbers follow it where it is English, which all words are. */
  readonly locale?: string | undefined;
}

export interface MountedPanel {
  show(record: CrmRecord): void;
  /** Takes on the look of the page around it. */
  wear(look: HostLook): void;
  close(): Promise<void>;
}

/** Puts the panel of a gateway into an element, for the record that a CRM's page shows. */
export async function mountPanel(
  into: HTMLElement,
  { url, record, grant, renew, look, locale }: PanelMount,
): Promise<MountedPanel> {
  define();
  let first: Grant | undefined = grant;
  const { rep } = grant;
  const panel: BrowserPanel = await createBrowserPanel({
    url,
    asker: rep,
    strings: stringsFor(locale),
    async token() {
      const held = first ?? (await renew());
      first = undefined;
      if (held.rep !== rep)
        throw new OpportuneError('opportune/signed-out', 'Another rep is signed in to the CRM');
      return held;
    },
  });
  const element = document.createElement('opportune-panel');
  const mounted: MountedPanel = {
    show(next) {
      if (grant.perRecord && element.record !== undefined) {
        first = undefined;
        panel.agent.renewToken();
      }
      // A kind of record without guidance is one that nothing is known of.
      element.record = recordOf(rep, next) ?? `${rep.slice(0, rep.indexOf(':'))}:none:${next.id}`;
    },
    wear({ hooks = {}, scheme }) {
      for (const [name, value] of Object.entries(hooks)) into.style.setProperty(name, value);
      if (scheme) into.style.colorScheme = scheme;
    },
    async close() {
      element.remove();
      await panel.close();
    },
  };
  mounted.wear(look);
  mounted.show(record);
  Object.assign(element, { source: panel.source, asker: rep });
  into.append(element);
  return mounted;
}

function stringsFor(locale: string | undefined): Strings {
  try {
    const [known] = Intl.DateTimeFormat.supportedLocalesOf(locale ?? []);
    return known?.startsWith('en') ? { ...ENGLISH, locale: known } : ENGLISH;
  } catch {
    return ENGLISH;
  }
}
