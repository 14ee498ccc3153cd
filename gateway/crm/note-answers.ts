import type { Fact, Store } from 'opportune';
import type { ResponseData } from '../../src/domain/response.js';
import { kindOf } from '../../src/domain/value.js';
import { connectionOf } from '../access/access-source.js';

/** An answer that is to be written back: where its fact lies. */
export interface NotedAnswer {
  /** The timeline of the account. */
  readonly account: string;
  /** Epoch milliseconds, as the fact has it. */
  readonly at: number;
  /** Epoch milliseconds: when it was recorded. */
  readonly noted: number;
  /** What the CRM said no to, and when it is asked again. */
  readonly refused?: {
    readonly because: string;
    readonly since: number;
    readonly tries: number;
    readonly nextAt: number;
  };
}

export const notedPrefix = (connection: string): string => `crm/${connection}/push/`;

/** What was recorded longer ago comes by again where accounts are merged, and was written back then. */
const FRESH_MS = 3_600_000;
/** What happened longer ago was not done with a card of today. */
const OLDEST_MS = 30 * 86_400_000;

/**
 * A store that notes each answer that is to be written back in the same transaction that records it: neither is there
 * without the other, whenever the process ends.
 */
export function noteAnswers(
  store: Store,
  { connections, now }: { readonly connections: ReadonlySet<string>; now(): number },
): Store {
  if (connections.size === 0) return store;
  return {
    ...store,
    commit(key, expectedVersion, commit) {
      const noted = kindOf(key) === 'account' ? commit.facts.filter(isDone) : [];
      const values = Object.fromEntries(
        noted.flatMap((fact): readonly (readonly [string, NotedAnswer])[] => {
          const connection = connectionOf(dataOf(fact).record);
          const at = fact.occurredAt;
          const isNow = fact.learnedAt >= now() - FRESH_MS && at >= now() - OLDEST_MS;
          if (!isNow || !connections.has(connection)) return [];
          const answer = { account: key, at, noted: now() };
          return [[notedPrefix(connection) + fact.id, answer]];
        }),
      );
      return store.commit(
        key,
        expectedVersion,
        noted.length === 0 ? commit : { ...commit, values: { ...commit.values, ...values } },
      );
    },
  };
}

const dataOf = ({ data }: Fact): ResponseData => data as unknown as ResponseData;

function isDone(fact: Fact): boolean {
  if (fact.type !== 'response') return false;
  const { kind } = dataOf(fact).response;
  return kind === 'done' || kind === 'already-done';
}
