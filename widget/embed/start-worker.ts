interface Policy {
  createScriptURL(url: string): string;
}
let policy: Policy | undefined;

/** The page's policy lets no other text become the address of a script. */
export function startWorker(url: URL): Worker {
  const { trustedTypes } = globalThis as {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  };
  // Of one name there is one.
  policy ??= trustedTypes?.createPolicy('opportune-worker', { createScriptURL: (text) => text });
  return new Worker(policy?.createScriptURL(url.href) ?? url.href, { type: 'module' });
}
