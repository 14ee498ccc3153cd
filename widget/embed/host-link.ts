import { OpportuneError } from '../../src/core/errors.js';
import { type FrameMessage, type Grant, type HostMessage, parseHostMessage } from './messages.js';

/** What of a window the link needs. */
export type LinkWindow = Pick<Window, 'addEventListener' | 'removeEventListener'> & {
  readonly parent: Pick<Window, 'postMessage'>;
};

export interface HostLink {
  /** Says something to the page around the frame, once that has shown who it is; before, it is dropped. */
  say(message: FrameMessage): void;
  /** Another token; rejects with `opportune/signed-out` when there is none for this rep. */
  renew(): Promise<Grant>;
  close(): void;
}

/** So long a page may take for a token, which it gets from its server. */
const PATIENCE_MS = 20_000;

/**
 * The frame's end of the line to the CRM's page. Only the window around the frame is listened to, only at an origin that
 * the gateway's settings name, and the first such origin is kept to.
 */
export function openHostLink(
  frame: LinkWindow,
  pages: readonly string[],
  hear: (message: HostMessage) => void,
): HostLink {
  let origin: string | undefined;
  let waiting: { resolve(grant: Grant): void; reject(error: Error): void } | undefined;
  let asked: Promise<Grant> | undefined;

  const post = (message: FrameMessage, to: string): void =>
    frame.parent.postMessage({ opportune: 1, ...message }, to);

  function receive({ data, source, origin: from }: MessageEvent): void {
    if (source !== frame.parent || !pages.includes(from)) return;
    const message = parseHostMessage(data);
    if (!message || (origin !== undefined && origin !== from)) return;
    origin = from;
    if (message.type === 'grant') waiting?.resolve(message.grant);
    else if (message.type === 'no-grant') waiting?.reject(noGrant(message.signedOut));
    else hear(message);
  }

  frame.addEventListener('message', receive as EventListener);
  // Who is around the frame is not known yet; this tells nothing but that it is here.
  post({ type: 'ready' }, '*');

  return {
    say(message) {
      if (origin !== undefined) post(message, origin);
    },
    renew() {
      asked ??= new Promise<Grant>((resolve, reject) => {
        waiting = { resolve, reject };
        setTimeout(() => reject(noGrant(false)), PATIENCE_MS);
        if (origin !== undefined) post({ type: 'grant-needed' }, origin);
      }).finally(() => {
        asked = undefined;
      });
      return asked;
    },
    close: () => frame.removeEventListener('message', receive as EventListener),
  };
}

function noGrant(signedOut: boolean): OpportuneError {
  return signedOut
    ? new OpportuneError('opportune/signed-out', 'The CRM has no token for this user')
    : new OpportuneError('opportune/gateway-unreachable', 'The CRM’s page brought no token');
}
