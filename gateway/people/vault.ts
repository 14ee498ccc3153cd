import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Clock } from 'opportune';
import type { PersonKey, PersonKeys } from './person-keys.js';

/** Begins every text that is not what it reads: sealed, or one that would look so. */
const MARK = '\u0001';
const SEALED = `${MARK}s`;
const ESCAPED = `${MARK}e`;

/** Keys at hand for one piece of work, by set. */
export type Ring = Map<string, Held>;

/** Texts of persons, sealed and opened. */
export interface Vault {
  /** Puts the keys of these sets on the ring; `create`: makes those that were never there. */
  fetch(ring: Ring, sets: readonly string[], create: boolean): Promise<void>;
  /** Sealed so that it opens only while each person of the set has a key; empty where one has none any more. */
  seal(text: string, set: string, ring: Ring): string;
  /** A text that stays readable, as it is to be written. */
  escape(text: string): string;
  /** What was written, as it was; empty where a key was destroyed. A set that is not on the ring is told to `missing`. */
  open(text: string, ring: Ring, missing: (set: string) => void): string;
  /** Drops what is remembered of persons, at once. */
  forget(ids: readonly string[]): void;
}

export interface VaultOptions {
  readonly keys: PersonKeys;
  readonly clock: Clock;
  /** How long a key is remembered, and so how long another process still opens what was erased. Default: a minute. */
  readonly rememberMs?: number;
}

/** Several persons as one set: a text that concerns them all opens only while all of them are there. */
export const toSet = (ids: readonly string[]): string => ids.join('|');

interface Held {
  /** Undefined: some key of the set was destroyed, or never was. */
  readonly key: Uint8Array | undefined;
  readonly readAt: number;
  readonly tokens: Map<string, string>;
  readonly texts: Map<string, string>;
}

const MOST_SETS = 20_000;
const MOST_TEXTS = 500;

/**
 * AES-256-GCM by `node:crypto`, a random nonce a text, bound to its persons. While a key is remembered the same text of the same
 * person is sealed once: a state is written again and again with little changed in it.
 */
export function createVault({ keys, clock, rememberMs = 60_000 }: VaultOptions): Vault {
  const sets: Ring = new Map();

  function toHeld(set: string, found: ReadonlyMap<string, PersonKey>): Held {
    const ids = set.split('|');
    const parts = ids.flatMap((id) => {
      const key = found.get(id);
      return key === undefined || key === 'destroyed' ? [] : [key];
    });
    const [only] = parts;
    const key = parts.length < ids.length ? undefined : parts.length === 1 ? only : joined(parts);
    const earlier = key && sets.get(set);
    const { tokens = new Map(), texts = new Map() } = earlier ?? {};
    return { key, readAt: clock.now(), tokens, texts };
  }

  return {
    async fetch(ring, wanted, create) {
      const unread: string[] = [];
      for (const set of wanted) {
        const found = sets.get(set);
        if (found && clock.now() - found.readAt < rememberMs) ring.set(set, found);
        else unread.push(set);
      }
      if (unread.length === 0) return;
      const ids = [...new Set(unread.flatMap((set) => set.split('|')))];
      const found = await (create ? keys.create(ids) : keys.get(ids));
      for (const set of unread) {
        const held = toHeld(set, found);
        ring.set(set, held);
        // A key that never was may be made the next moment.
        if (!set.split('|').every((id) => found.has(id))) continue;
        if (sets.size >= MOST_SETS) sets.clear();
        sets.set(set, held);
      }
    },
    seal(text, set, ring) {
      const own = ring.get(set);
      if (!own?.key) return '';
      let token = own.tokens.get(text);
      if (token === undefined) {
        token = `${SEALED}${set}${MARK}${encrypt(text, own.key, set)}`;
        keepPair(own, text, token);
      }
      return token;
    },
    escape: (text) => (text.startsWith(MARK) ? ESCAPED + text : text),
    open(text, ring, missing) {
      if (!text.startsWith(MARK)) return text;
      if (text.startsWith(ESCAPED)) return text.slice(ESCAPED.length);
      const end = text.indexOf(MARK, SEALED.length);
      if (!text.startsWith(SEALED) || end < 0) return text;
      const set = text.slice(SEALED.length, end);
      const own = ring.get(set);
      if (!own) {
        missing(set);
        return '';
      }
      if (!own.key) return '';
      let opened = own.texts.get(text);
      if (opened === undefined) {
        opened = decrypt(text.slice(end + 1), own.key, set);
        keepPair(own, opened, text);
      }
      return opened;
    },
    forget(ids) {
      const gone = new Set(ids);
      for (const set of [...sets.keys()])
        if (set.split('|').some((id) => gone.has(id))) sets.delete(set);
    },
  };
}

function keepPair({ tokens, texts }: Held, text: string, token: string): void {
  if (text.length > 10_000) return;
  if (tokens.size >= MOST_TEXTS) tokens.clear();
  if (texts.size >= MOST_TEXTS) texts.clear();
  tokens.set(text, token);
  texts.set(token, text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** JSON, because half of a surrogate pair has no place in UTF-8. */
function encrypt(text: string, key: Uint8Array, set: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(set, 'utf8'));
  const body = cipher.update(JSON.stringify(text), 'utf8');
  return Buffer.concat([iv, body, cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** Empty where the bytes are none that this key has sealed. */
function decrypt(token: string, key: Uint8Array, set: string): string {
  const bytes = Buffer.from(token, 'base64');
  if (bytes.length < 28) return '';
  const opening = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(set, 'utf8'))
    .setAuthTag(bytes.subarray(-16));
  try {
    const body = Buffer.concat([opening.update(bytes.subarray(12, -16)), opening.final()]);
    return JSON.parse(body.toString('utf8')) as string;
  } catch {
    return '';
  }
}
