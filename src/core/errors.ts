/** Stable across releases and across copies of the library; test this, never the class. */
export type ErrorCode = `opportune/${string}`;

export interface ErrorOptions {
  /** The file and line, play, attribute or record it is about. */
  readonly where?: string;
  /** What to do next. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/**
 * A mistake of a caller or an author. The message reads `where: what. remedy`.
 *
 *     throw new OpportuneError('opportune/unknown-attribute', '"account.arr" is not declared', {
 *       where: 'play "renewal"',
 *       remedy: 'Did you mean "account.arrMinor"?',
 *     });
 */
export class OpportuneError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, what: string, options: ErrorOptions = {}) {
    const { where, remedy, cause } = options;
    super(
      `${where === undefined ? '' : `${where}: `}${what}${remedy === undefined ? '' : `. ${remedy}`}`,
      cause === undefined ? undefined : { cause },
    );
    this.name = 'OpportuneError';
    this.code = code;
    this.where = where;
    this.remedy = remedy;
  }
}

/** True for an error of this family, also one made by another copy of the library; with a code: that kind alone. */
export function isOpportuneError(error: unknown, code?: ErrorCode): error is OpportuneError {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return code === undefined
    ? typeof error.code === 'string' && error.code.startsWith('opportune/')
    : error.code === code;
}
