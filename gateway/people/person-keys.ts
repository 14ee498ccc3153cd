import { randomBytes } from 'node:crypto';

/** 32 bytes, or that it was destroyed and will not come again. */
export type PersonKey = Uint8Array | 'destroyed';

/**
 * Where the keys of persons lie: one AES-256 key a person, by contact id. The keys of subjects, under which their state quotes
 * what people wrote, lie with them. A destroyed key leaves a mark, so that nothing is sealed for that person again.
 */
export interface PersonKeys {
  /** Those that are there, or were. */
  get(ids: readonly string[]): Promise<ReadonlyMap<string, PersonKey>>;
  /** The same, after a key was made for each that never had one. Two at once agree on one key. */
  create(ids: readonly string[]): Promise<ReadonlyMap<string, PersonKey>>;
  destroy(ids: readonly string[]): Promise<void>;
  /** Ids with a key, in order, after `after`. */
  list(after: string | undefined, limit: number): Promise<readonly string[]>;
}

export const newKey = (): Uint8Array => new Uint8Array(randomBytes(32));

/** Keys that live as long as the process. */
export function createMemoryPersonKeys(): PersonKeys {
  const keys = new Map<string, PersonKey>();
  const get: PersonKeys['get'] = async (ids) =>
    new Map(ids.flatMap((id) => (keys.has(id) ? [[id, keys.get(id) as PersonKey]] : [])));
  return {
    get,
    async create(ids) {
      for (const id of ids) if (!keys.has(id)) keys.set(id, newKey());
      return get(ids);
    },
    async destroy(ids) {
      for (const id of ids) keys.set(id, 'destroyed');
    },
    async list(after, limit) {
      return [...keys.keys()]
        .filter((id) => keys.get(id) !== 'destroyed' && (after === undefined || id > after))
        .sort()
        .slice(0, limit);
    },
  };
}
