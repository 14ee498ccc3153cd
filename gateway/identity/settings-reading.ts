import { type SecretSource, toPlace } from '../read-secret.js';

/** Where in the file, by names and numbers. */
export type Path = readonly (string | number)[];
/** What every part of the settings is read with. */
export interface Reading {
  readonly secrets: SecretSource;
  report(code: string, path: Path, message: string, remedy: string): void;
}

/** Plain http only where no network is crossed. */
export function checkAddress(address: string, path: Path, { report }: Reading): void {
  if (!URL.canParse(address))
    report('wrong-form', path, `"${address}" is no address`, 'write it like https://example.com');
  else if (!isSafeAddress(new URL(address)))
    report('not-https', path, `"${address}" is not https`, 'use https');
}

function isSafeAddress({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

export function secretOf(pointer: string, path: Path, { secrets, report }: Reading): string {
  const { kind, name } = toPlace(pointer) ?? { kind: 'env', name: '' };
  // An editor ends a file with a line break, and no secret holds one.
  const secret = secrets(kind, name)?.trim();
  if (secret) return secret;
  report(
    'no-secret',
    path,
    kind === 'env' ? `the variable ${name} is not set` : `${name} is not there, or is empty`,
    kind === 'env' ? `set ${name} where the gateway starts` : 'write the secret into that file',
  );
  return '';
}
