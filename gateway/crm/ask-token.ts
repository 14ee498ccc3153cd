import { OpportuneError } from 'opportune';

const TIMEOUT_MS = 30_000;
const MOST_CHARS = 100_000;

/**
 * Asks a CRM for a token. Gives the answer whether it is one or a refusal; what may pass is thrown as
 * `opportune/crm-unavailable`. No message holds what was sent or answered.
 */
export async function askToken(
  crm: string,
  url: URL,
  form: { readonly [name: string]: string },
  fetch: typeof globalThis.fetch,
): Promise<{ readonly [name: string]: unknown }> {
  const unavailable = (what: string, remedy: string): OpportuneError =>
    new OpportuneError('opportune/crm-unavailable', `${crm} ${what}`, {
      where: url.origin,
      remedy,
    });
  let answered: { readonly status: number; readonly value: unknown };
  try {
    const response = await fetch(url.href, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(form),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    answered = {
      status: response.status,
      value: text.length > MOST_CHARS ? undefined : parseJson(text),
    };
  } catch {
    throw unavailable(
      'does not answer',
      'See whether the address is right, and whether this machine reaches it',
    );
  }
  const { status, value } = answered;
  if (status === 429 || status >= 500 || value === undefined)
    throw unavailable(
      `answers a sign-in with ${status}`,
      'See whether the address is right, and try again later',
    );
  return Object(value) as { readonly [name: string]: unknown };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
