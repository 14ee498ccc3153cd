import type { Fact } from 'opportune';
import { accountOf } from './serve/account-of.js';
import { bucketOf, createSpill } from './spill.js';

/** Facts on their way into a store. */
export interface Gathering {
  add(fact: Fact): void;
  readonly size: number;
  /** Hands all of them on, those of one account together, and in the order in which they came. */
  drain(store: (facts: readonly Fact[]) => Promise<void>): Promise<void>;
  end(): void;
}

/** Handed on at once. */
const MOST = 5_000;

/**
 * A CRM tells activities in the order in which they were changed, so that neighbours are of different accounts, and each would
 * be a reading and a writing of its account. They are put aside on disk, by account, until there are enough.
 */
export function gatherFacts(): Gathering {
  const spill = createSpill();
  let size = 0;
  return {
    add(fact) {
      spill.add(bucketOf(accountOf(fact)), JSON.stringify(fact));
      size++;
    },
    get size() {
      return size;
    },
    async drain(store) {
      for (const bucket of spill.buckets()) {
        let facts: Fact[] = [];
        for (const line of spill.lines(bucket))
          if (facts.push(JSON.parse(line) as Fact) >= MOST) {
            await store(facts);
            facts = [];
          }
        if (facts.length > 0) await store(facts);
        spill.drop(bucket);
      }
      size = 0;
    },
    end: spill.end,
  };
}
