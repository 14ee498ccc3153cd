import type { Agent, Clock, Store } from 'opportune';
import { openDigestLog } from '../database/digest-log.js';
import type { Database } from '../database/open-database.js';
import { DIGEST_ENGLISH } from '../digest/digest-strings.js';
import { createMailer } from '../digest/mailer.js';
import { createOptOut } from '../digest/opt-out.js';
import { createRecordLink } from '../digest/record-link.js';
import type { DigestSender } from '../digest/send-digests.js';
import { readSmtpSettings } from '../digest/smtp-settings.js';
import { answerStop } from '../digest/stop-page.js';
import type { GatewaySettings } from '../identity/settings.js';
import { createTenantMail } from './mail.js';

export interface Mail {
  /** Undefined where no mail is set up. */
  senderOf(
    tenant: string,
    connections: readonly string[],
    ports: { readonly store: Store; readonly agent: Pick<Agent, 'decide' | 'playbook'> },
  ): DigestSender | undefined;
  stop(method: 'GET' | 'POST', token: string): ReturnType<typeof answerStop>;
  close(): void;
}

/** The morning mail of a gateway: one mail server, and a log for each tenant. */
export function createMail(
  { mail, tenants, publicUrl }: GatewaySettings,
  ports: {
    readonly database: Database;
    readonly clock: Clock;
    readonly environment: { readonly [name: string]: string | undefined };
  },
): Mail {
  const { database, clock } = ports;
  const smtp = mail && readSmtpSettings(ports.environment);
  const mailer = smtp && createMailer(smtp);
  const optOut = mail && createOptOut(mail.secrets);
  const link = mail && createRecordLink(mail.links);
  return {
    senderOf(tenant, connections, { store, agent }) {
      if (!mail || !smtp || !mailer || !optOut || !link) return undefined;
      return createTenantMail({
        tenant,
        store,
        agent,
        log: openDigestLog(database, tenant),
        mailer,
        clock,
        link,
        optOut,
        publicUrl,
        domain: smtp.from.address.split('@').at(-1) ?? '',
        settings: mail,
        connections,
      });
    },
    stop: (method, token) =>
      answerStop(
        { method, token },
        {
          optOut: optOut ?? { tokenOf: () => '', read: () => undefined },
          logOf: (tenant) =>
            tenants.some(({ id }) => id === tenant) ? openDigestLog(database, tenant) : undefined,
          strings: DIGEST_ENGLISH,
        },
      ),
    close: () => mailer?.close(),
  };
}
