/** An answer that is no success, with the category and the words that HubSpot has for it. */
export class ApiError extends Error {
  readonly status: number;
  readonly category: string;
  readonly more: { readonly [name: string]: unknown };

  constructor(
    status: number,
    category: string,
    message: string,
    more: { readonly [name: string]: unknown } = {},
  ) {
    super(message);
    this.status = status;
    this.category = category;
    this.more = more;
  }

  get body(): { readonly [name: string]: unknown } {
    const { category, message, more } = this;
    return { status: 'error', message, correlationId: CORRELATION, category, ...more };
  }
}

export const CORRELATION = '00000000-0000-4000-8000-0000000000e1';

export const notFound = (): ApiError => new ApiError(404, 'OBJECT_NOT_FOUND', 'resource not found');

export const invalid = (message: string, more = {}): ApiError =>
  new ApiError(400, 'VALIDATION_ERROR', message, more);
