/** Stable across releases and across copies of the library; test this, never the class. */
type ErrorCode = `opportune/${string}`;
interface ErrorOptions {
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
declare class OpportuneError extends Error {
    readonly code: ErrorCode;
    readonly where: string | undefined;
    readonly remedy: string | undefined;
    constructor(code: ErrorCode, what: string, options?: ErrorOptions);
}
/** True for an error of this family, also one made by another copy of the library; with a code: that kind alone. */
declare function isOpportuneError(error: unknown, code?: ErrorCode): error is OpportuneError;

export { OpportuneError as O, isOpportuneError as i };
