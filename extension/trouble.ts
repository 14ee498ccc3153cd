import { isOpportuneError, type Store } from 'opportune';

/** What does not work at the moment, and since when: kept, so that a page that is opened later knows it too. */
export interface Trouble {
  readonly what: 'crm' | 'playbook';
  /** Epoch milliseconds. */
  readonly since: number;
  /** `opportune/sign-in`, `opportune/crm-busy`, ...; empty: not known. */
  readonly code: string;
  readonly text: string;
}

export interface Troubles {
  list(): Promise<readonly Trouble[]>;
  /** Runs it, and notes whether it worked. Rejects as it does. */
  watch<Result>(what: Trouble['what'], run: () => Promise<Result>): Promise<Result>;
}

const nameOf = (what: string): string => `trouble/${what}`;

export function createTroubles(store: Store, now: () => number, changed: () => void): Troubles {
  const read = async (what: string): Promise<Trouble | undefined> =>
    (await store.get(nameOf(what))) as Trouble | undefined;
  return {
    async list() {
      const all = await Promise.all((await store.names('trouble/')).map((name) => store.get(name)));
      return (all as readonly (Trouble | undefined)[]).filter((one) => one !== undefined);
    },
    async watch(what, run) {
      const before = await read(what);
      try {
        const result = await run();
        if (before) {
          await store.drop(nameOf(what));
          changed();
        }
        return result;
      } catch (error) {
        // That the rep stopped it is no trouble.
        if (!(error instanceof DOMException && error.name === 'AbortError')) {
          const code = isOpportuneError(error) ? error.code : '';
          const text = error instanceof Error ? error.message : String(error);
          await store.put(nameOf(what), { what, since: before?.since ?? now(), code, text });
          changed();
        }
        throw error;
      }
    },
  };
}
