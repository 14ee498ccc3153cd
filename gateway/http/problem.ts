import { isOpportuneError, OpportuneError } from 'opportune';

/** What every answer but a good one looks like: RFC 9457, with the code and remedy that our errors have. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly remedy?: string;
}

/** Codes that tell whoever asked what to change; all others are ours to mend, and nothing is told of them. */
const STATUS: { readonly [code: string]: number } = {
  'opportune/usage': 400,
  'opportune/request': 400,
  'opportune/try': 400,
  'opportune/signed-out': 401,
  'opportune/forbidden': 403,
  'opportune/needs-second': 403,
  'opportune/own-approval': 403,
  'opportune/not-found': 404,
  'opportune/unknown-id': 404,
  'opportune/unknown-play': 404,
  'opportune/unknown-playbook': 404,
  'opportune/no-version': 404,
  'opportune/conflict': 409,
  'opportune/live-moved': 409,
  'opportune/proposal-waits': 409,
  'opportune/no-proposal': 409,
  'opportune/too-large': 413,
  'opportune/playbook': 422,
  'opportune/too-many-requests': 429,
  'opportune/access-unavailable': 503,
  'opportune/database-unavailable': 503,
  'opportune/store-full': 507,
};

/** What is told of an error; `undefined` for one that nobody expected. */
export function toProblem(error: unknown): Problem | undefined {
  if (isOpportuneError(error)) {
    const status = STATUS[error.code];
    if (status === undefined) return undefined;
    const { code, remedy } = error;
    const title = error.message.slice(
      0,
      remedy === undefined ? undefined : -(remedy.length + '. '.length),
    );
    return { status, code, title, ...(remedy !== undefined && { remedy }) };
  }
  const { statusCode, code, validation, message } = (error ?? {}) as {
    readonly statusCode?: number;
    readonly code?: string;
    readonly validation?: unknown;
    readonly message?: string;
  };
  if (validation !== undefined)
    return { status: 400, code: 'opportune/request', title: String(message).slice(0, 500) };
  const known = FASTIFY[code ?? ''];
  if (known) return known;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { status: statusCode, code: 'opportune/request', title: 'the request cannot be read' };
  return undefined;
}

const FASTIFY: { readonly [code: string]: Problem } = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'opportune/too-large',
    title: 'the body is too large',
    remedy: 'Send it in several requests; a playbook may have 32 MB',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'opportune/request',
    title: 'the body is no JSON',
    remedy: 'Send application/json',
  },
  FST_ERR_HANDLER_TIMEOUT: {
    status: 503,
    code: 'opportune/timeout',
    title: 'the answer took too long',
    remedy: 'Ask again',
  },
};

export const UNEXPECTED: Problem = {
  status: 500,
  code: 'opportune/unexpected',
  title: 'something went wrong here',
  remedy: 'Ask again; the log of the gateway has it under this request id',
};

export function forbidden(what: string): OpportuneError {
  return new OpportuneError('opportune/forbidden', what, {
    remedy: 'Ask an admin for the role that it needs',
  });
}

export function signedOut(): OpportuneError {
  return new OpportuneError('opportune/signed-out', 'the caller is not known', {
    remedy: 'Sign in, and send the token as Authorization: Bearer',
  });
}
