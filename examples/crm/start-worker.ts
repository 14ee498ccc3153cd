/** The page's policy lets no other text become the address of a script. */
export function startWorker(url: URL): Worker {
  const { trustedTypes } = globalThis as {
    trustedTypes?: {
      createPolicy(name: string, rules: object): { createScriptURL(url: string): string };
    };
  };
  const policy = trustedTypes?.createPolicy('opportune-worker', {
    createScriptURL: (text: string) => text,
  });
  return new Worker(policy?.createScriptURL(url.href) ?? url.href, { type: 'module' });
}
