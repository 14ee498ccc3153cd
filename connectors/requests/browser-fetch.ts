/**
 * For browsers: a `fetch` that carries nothing of the page or the person along, neither cookies nor where it was called
 * from, and that keeps nothing. A redirect that is not followed has no status there; here it is told as one.
 */
export const browserFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, {
    ...init,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
  return response.type === 'opaqueredirect' ? new Response(null, { status: 302 }) : response;
};
