/*
 * What the page in the frame and the CRM's page around it say to each other, by `postMessage`. Every message is a plain
 * object with `opportune: 1` and a `type`. The frame begins with `ready`, which holds nothing; it is answered with `open`.
 */

/** A panel token with the rep whose it is, as the gateway's `POST /v1/token` gives it. */
export interface Grant {
  readonly token: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly rep: string;
  /** Another record needs another one. */
  readonly perRecord?: boolean;
}

/** A record as its CRM names it: `Account`, or `0-2` in HubSpot. */
export interface CrmRecord {
  readonly object: string;
  readonly id: string;
}

/** How the page around the panel looks, which a frame does not inherit. */
export interface HostLook {
  /** Custom properties by name: `--slds-g-color-surface-1`. */
  readonly hooks?: { readonly [name: string]: string };
  readonly scheme?: 'light' | 'dark';
}

export type HostMessage =
  | {
      readonly type: 'open';
      readonly record: CrmRecord;
      readonly grant: Grant;
      readonly look: HostLook;
      /** Language tag of the rep. */
      readonly locale?: string;
    }
  | { readonly type: 'grant'; readonly grant: Grant }
  /** There is no token: nobody is signed in, or the gateway does not answer. */
  | { readonly type: 'no-grant'; readonly signedOut: boolean }
  | { readonly type: 'record'; readonly record: CrmRecord }
  | { readonly type: 'look'; readonly look: HostLook };

export type FrameMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'opened' }
  /** The token ends soon: another one is wanted. */
  | { readonly type: 'grant-needed' }
  /** Pixels that the panel is high. */
  | { readonly type: 'height'; readonly height: number }
  /** The rep took an action, and the answer is kept. */
  | {
      readonly type: 'action';
      readonly card: string;
      readonly record: string;
      readonly kind: string;
    };

const HOOK = /^--(?:slds-g|opportune)-[a-z0-9-]{1,80}$/;
const MOST_HOOKS = 60;

/** Reads what came from the CRM's page; `undefined` for anything else, which is left alone. */
export function parseHostMessage(data: unknown): HostMessage | undefined {
  const said = Object(data) as { readonly [name: string]: unknown };
  if (said.opportune !== 1) return undefined;
  const record = toRecord(said.record);
  const grant = toGrant(said.grant);
  switch (said.type) {
    case 'open': {
      const { locale } = said;
      return record && grant
        ? {
            type: 'open',
            record,
            grant,
            look: toLook(said.look),
            ...(isText(locale, 40) && { locale }),
          }
        : undefined;
    }
    case 'grant':
      return grant && { type: 'grant', grant };
    case 'no-grant':
      return { type: 'no-grant', signedOut: said.signedOut === true };
    case 'record':
      return record && { type: 'record', record };
    case 'look':
      return { type: 'look', look: toLook(said.look) };
    default:
      return undefined;
  }
}

export function toRecord(value: unknown): CrmRecord | undefined {
  const { object, id } = Object(value) as { readonly [name: string]: unknown };
  return isText(object, 100) && isText(id, 200) ? { object, id } : undefined;
}

export function toGrant(value: unknown): Grant | undefined {
  const { token, expiresAt, rep, perRecord } = Object(value) as {
    readonly [name: string]: unknown;
  };
  return isText(token, 8000) && isText(expiresAt, 40) && isText(rep, 500)
    ? { token, expiresAt, rep, ...(perRecord === true && { perRecord }) }
    : undefined;
}

function toLook(value: unknown): HostLook {
  const { hooks, scheme } = Object(value) as { readonly [name: string]: unknown };
  const known = Object.entries(Object(hooks) as { readonly [name: string]: unknown })
    .slice(0, MOST_HOOKS)
    // Nothing that loads: a theme is colours, lengths and names of fonts.
    .filter((hook): hook is [string, string] => HOOK.test(hook[0]) && isText(hook[1], 300))
    .filter(([, text]) => !/url\s*\(|image/i.test(text));
  return {
    hooks: Object.fromEntries(known),
    ...((scheme === 'light' || scheme === 'dark') && { scheme }),
  };
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= most;
}
