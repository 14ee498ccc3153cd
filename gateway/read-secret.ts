import { readFileSync } from 'node:fs';

/** Finds what `env:NAME` or `file:PATH` points to; undefined when it is not there. Passed in, so that settings are read without. */
export type SecretSource = (kind: 'env' | 'file', name: string) => string | undefined;

/** The place that a text names; undefined when it names none. A secret itself is never written where a place belongs. */
export function toPlace(
  text: string,
): { readonly kind: 'env' | 'file'; readonly name: string } | undefined {
  const [, kind, name = ''] = /^(env|file):(.+)$/s.exec(text) ?? [];
  return kind === undefined ? undefined : { kind: kind as 'env' | 'file', name };
}

/** What a variable or a file holds; undefined where there is none. */
export const readSecret: SecretSource = (kind, name) => {
  if (kind === 'env') return process.env[name];
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return undefined;
  }
};
