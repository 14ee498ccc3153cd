/**
 * Why a mail did not go. `server`: no mail would go now (not reached, no TLS, login refused); `later`: not this one, now;
 * `never`: not this one. The reason is for the admin, and holds no address and no credentials.
 */
export interface MailFailure {
  readonly kind: 'server' | 'later' | 'never';
  readonly reason: string;
}

interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message?: string;
}

const SERVER: { readonly [code: string]: string } = {
  EAUTH: 'the mail server refused the login',
  ENOAUTH: 'the mail server wants a login, and none is set',
  EOAUTH2: 'the mail server refused the login',
  ETLS: 'no secure connection to the mail server',
  EREQUIRETLS: 'no secure connection to the mail server',
  EDNS: 'the name of the mail server is not known',
  ETIMEDOUT: 'the mail server did not answer in time',
  ECONNECTION: 'the connection to the mail server was lost',
  ESOCKET: 'the mail server was not reached',
  EPROTOCOL: 'what answers there is no mail server',
  EABORT: 'the mail server did not answer in time',
};

export function toMailFailure(error: unknown): MailFailure {
  const { code = '', command, responseCode, response } = error as SmtpError;
  const known = SERVER[code];
  // What a server says to a login may repeat it.
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2')
    return { kind: 'server', reason: withCode(known as string, responseCode) };
  if (responseCode !== undefined) {
    const reason = `the mail server said ${quote(response ?? String(responseCode))}`;
    // A sender that is refused, and a server that closes, stop every mail.
    if (responseCode === 421 || command === 'MAIL FROM' || command === 'CONN' || code === 'ETLS')
      return { kind: 'server', reason };
    return { kind: responseCode < 500 ? 'later' : 'never', reason };
  }
  if (code === 'EENVELOPE') return { kind: 'never', reason: 'the address of the rep is none' };
  return { kind: 'server', reason: known ?? `the mail was not sent (${quote(code || 'no code')})` };
}

function withCode(text: string, code: number | undefined): string {
  return code === undefined ? text : `${text} (${code})`;
}

/** A stranger's text, short, on one line, without addresses. */
function quote(text: string): string {
  return (
    text
      .slice(0, 400)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
      .replace(/[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, ' ')
      .replace(/<?[^\s<>@]+@[^\s<>@]+>?/g, '(address)')
      .slice(0, 200)
      .trim()
  );
}
