import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { OpportuneError } from 'opportune';

/** Wraps the keys of persons, so that the table in which they lie opens nothing by itself. */
export interface MasterKey {
  wrap(key: Uint8Array, id: string): Uint8Array;
  /** Throws where the key was wrapped by another master key or for another id. */
  unwrap(wrapped: Uint8Array, id: string): Uint8Array;
}

/**
 * The secret of 32 bytes that `env:NAME` or `file:PATH` names, in base64 or hex. It is never written out in a setting: settings
 * end up in logs.
 */
export function readSecret(place: string, option: string): Uint8Array {
  const [, kind, name = ''] = /^(env|file):(.+)$/s.exec(place) ?? [];
  const fault = (what: string, remedy: string): OpportuneError =>
    new OpportuneError('opportune/usage', what, { where: option, remedy });
  const make = 'Make one with: openssl rand -base64 32';
  if (kind === undefined)
    throw fault('it names no place of a secret', 'Write env:NAME or file:PATH');
  let text: string | undefined;
  if (kind === 'env') text = process.env[name];
  else
    try {
      text = readFileSync(name, 'utf8');
    } catch {
      throw fault(`the file ${name} cannot be read`, make);
    }
  if (text === undefined) throw fault(`the variable ${name} is not set`, make);
  const secret = readBytes(text);
  if (!secret) throw fault(`${place} does not hold 32 bytes in base64 or hex`, make);
  return secret;
}

/** The 32 bytes that a text holds in base64 or hex; undefined when it holds something else. */
export function readBytes(text: string): Uint8Array | undefined {
  const trimmed = text.trim();
  const bytes = Buffer.from(trimmed, /^[0-9a-f]{64}$/i.test(trimmed) ? 'hex' : 'base64');
  return bytes.length === 32 ? new Uint8Array(bytes) : undefined;
}

export function createMasterKey(secret: Uint8Array): MasterKey {
  return {
    wrap(key, id) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(id, 'utf8'));
      const sealed = Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
      return new Uint8Array(sealed);
    },
    unwrap(wrapped, id) {
      const bytes = Buffer.from(wrapped);
      const opening = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12))
        .setAAD(Buffer.from(id, 'utf8'))
        .setAuthTag(bytes.subarray(-16));
      try {
        const key = Buffer.concat([opening.update(bytes.subarray(12, -16)), opening.final()]);
        return new Uint8Array(key);
      } catch (cause) {
        throw new OpportuneError('opportune/master-key', 'it does not open the keys of persons', {
          remedy: 'Name the master key by which they were wrapped',
          cause,
        });
      }
    },
  };
}
