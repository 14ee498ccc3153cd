import { isIP } from 'node:net';
import { OpportuneError } from 'opportune';
import { readSecret } from '../read-secret.js';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `implicit` from the first byte, `required` by STARTTLS, or `none`, to this machine alone. */
  readonly tls: 'implicit' | 'required' | 'none';
  readonly login?: { readonly user: string; readonly password: string };
  /** Certificate of an authority of the company's own, PEM. */
  readonly authority?: string;
  readonly from: { readonly name: string; readonly address: string };
}

const URL_NAME = 'OPPORTUNE_SMTP_URL';
const FROM_NAME = 'OPPORTUNE_MAIL_FROM';
const CA_NAME = 'OPPORTUNE_SMTP_CA_FILE';

/**
 * The mail server of `OPPORTUNE_SMTP_URL` (`smtps://user:password@host:465`, or `smtp://` with STARTTLS), or of the file
 * that `OPPORTUNE_SMTP_URL_FILE` names; undefined when neither is set. Nothing leaves this machine unencrypted.
 * @throws OpportuneError `opportune/bad-mail-settings`, which never repeats the URL.
 */
export function readSmtpSettings(env: {
  readonly [name: string]: string | undefined;
}): SmtpSettings | undefined {
  const file = env[`${URL_NAME}_FILE`];
  const text =
    env[URL_NAME] ?? (file === undefined ? undefined : readText(file, `${URL_NAME}_FILE`));
  if (text === undefined || text.trim() === '') return undefined;
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    throw wrong(URL_NAME, 'it is no address of a mail server', 'smtps://user:password@host:465');
  if (url.search !== '' || url.hash !== '' || !['', '/'].includes(url.pathname))
    throw wrong(
      URL_NAME,
      'something follows the host and port',
      'smtps://user:password@host:465, with # ? / of a password written as %23 %3F %2F',
    );
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const implicit = url.protocol === 'smtps:';
  const authority = env[CA_NAME];
  return {
    host,
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    tls: implicit ? 'implicit' : isLoopback(host) ? 'none' : 'required',
    ...(url.username !== '' && { login: toLogin(url) }),
    ...(authority !== undefined && { authority: readText(authority, CA_NAME) }),
    from: readFrom(env[FROM_NAME]),
  };
}

function toLogin(url: URL): { readonly user: string; readonly password: string } {
  try {
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    throw wrong(
      URL_NAME,
      'a % in its login begins nothing',
      'smtps://user:password@host, % as %25',
    );
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** `Opportune <digest@example.com>`, or the address alone. */
function readFrom(text = ''): SmtpSettings['from'] {
  const [, name = '', address] =
    /^(?:"?([^"<>\r\n]{0,80}?)"?\s*<)?([^\s<>@"]{1,64}@[a-z0-9.-]{1,190})>?$/i.exec(text.trim()) ??
    [];
  if (address === undefined)
    throw wrong(FROM_NAME, 'it is no sender', 'Opportune <digest@example.com>');
  return { name: name.trim(), address };
}

function readText(file: string, name: string): string {
  const text = readSecret('file', file);
  if (text !== undefined) return text;
  throw new OpportuneError('opportune/bad-mail-settings', 'the file cannot be read', {
    where: `${name}: ${file}`,
    remedy: 'Name a file that this process may read',
  });
}

function wrong(where: string, what: string, example: string): OpportuneError {
  return new OpportuneError('opportune/bad-mail-settings', what, {
    where,
    remedy: `Write it as ${example}`,
  });
}
