import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { OpportuneError } from 'opportune';
import { readSecret, toPlace } from '../read-secret.js';

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
export function readMasterKey(place: string, option: string): Uint8Array {
  const fault = (what: string, remedy: string): OpportuneError =>
    new OpportuneError('opportune/usage', what, { where: option, remedy });
  const make = 'Make one with: openssl rand -base64 32';
  const found = toPlace(place);
  if (!found) throw fault('it names no place of a secret', 'Write env:NAME or file:PATH');
  const text = readSecret(found.kind, found.name);
  if (text === undefined)
    throw found.kind === 'env'
      ? fault(`the variable ${found.name} is not set`, make)
      : fault(`the file ${found.name} cannot be read`, make);
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

/** The first wraps; whatever was wrapped by one of the others, which it takes the place of, is unwrapped too. */
export function createMasterKey(secret: Uint8Array, others: readonly Uint8Array[] = []): MasterKey {
  return {
    wrap(key, id) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(id, 'utf8'));
      const sealed = Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
      return new Uint8Array(sealed);
    },
    unwrap(wrapped, id) {
      let cause: unknown;
      for (const one of [secret, ...others])
        try {
          return open(wrapped, id, one);
        } catch (error) {
          cause = error;
        }
      throw new OpportuneError('opportune/master-key', 'it does not open the keys of persons', {
        remedy: 'Name the master key by which they were wrapped',
        cause,
      });
    },
  };
}

function open(wrapped: Uint8Array, id: string, secret: Uint8Array): Uint8Array {
  const bytes = Buffer.from(wrapped);
  const opening = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12))
    .setAAD(Buffer.from(id, 'utf8'))
    .setAuthTag(bytes.subarray(-16));
  const key = Buffer.concat([opening.update(bytes.subarray(12, -16)), opening.final()]);
  return new Uint8Array(key);
}
