/**
 * What HubSpot's worker has, for tests: import it before anything of HubSpot's. `hsFetch` is what `hubspot.fetch` calls.
 */
export const worker: { hsFetch: (url: string, options?: object) => Promise<unknown> } = {
  hsFetch: async () => {
    throw new Error('hubspot.fetch was not expected');
  },
};

Object.assign(globalThis, {
  self: globalThis,
  extend_V2: () => undefined,
  hsFetch: (url: string, options?: object) => worker.hsFetch(url, options),
});
