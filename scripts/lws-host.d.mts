export function lwsHost(): Promise<
  { readonly script: string; readonly missing?: never } | { readonly missing: string }
>;
export function bundleScript(contents: string, resolveDir: string): Promise<string>;
