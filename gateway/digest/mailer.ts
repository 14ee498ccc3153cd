import { createTransport } from 'nodemailer';
import type { DigestMail } from './render-digest.js';
import type { SmtpSettings } from './smtp-settings.js';

export interface Mailer {
  /** Resolves when the server has taken the mail over. */
  send(
    mail: DigestMail,
    to: { readonly address: string; readonly name?: string },
    at: number,
  ): Promise<void>;
  close(): void;
}

const CONNECT_MS = 20_000;
const SILENT_MS = 60_000;
/** Also a server that says something every now and then is done with by then. */
const SEND_MS = 180_000;

/** One pool of connections to one server. What fails is thrown as nodemailer puts it: see `toMailFailure`. */
export function createMailer(settings: SmtpSettings, sendMs: number = SEND_MS): Mailer {
  const { host, port, tls, login, authority, from } = settings;
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ...(tls === 'none' && { ignoreTLS: true }),
    tls: { minVersion: 'TLSv1.2', ...(authority !== undefined && { ca: authority }) },
    ...(login && { auth: { user: login.user, pass: login.password } }),
    maxConnections: 2,
    // A mail whose connection breaks may have arrived: when to send it again is for the log of mornings to say.
    maxRequeues: 0,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ subject, html, text, messageId, headers }, to, at) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })),
          sendMs,
        );
      });
      const sending = transport.sendMail({
        from: { name: from.name, address: from.address },
        to: { name: to.name ?? '', address: to.address },
        subject,
        html,
        text,
        messageId,
        headers: { ...headers },
        date: new Date(at),
      });
      // Nobody waits for it any more after the time is up.
      sending.catch(() => {});
      try {
        await Promise.race([sending, late]);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => transport.close(),
  };
}
