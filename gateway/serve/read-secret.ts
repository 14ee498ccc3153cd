import { readFileSync } from 'node:fs';

/** What a variable or a file holds; undefined where there is none. */
export function readSecret(kind: 'env' | 'file', name: string): string | undefined {
  if (kind === 'env') return process.env[name];
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return undefined;
  }
}
