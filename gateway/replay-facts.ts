import { statSync } from 'node:fs';
import type { Fact, Store, SubjectKey } from 'opportune';
import { comparePositions } from '../src/domain/fact.js';
import { kindOf } from '../src/domain/value.js';
import type { Terminal } from './command.js';
import { parseLine, readFacts } from './facts-file.js';
import { openStore } from './look.js';
import { bucketOf, createSpill } from './spill.js';
import { count } from './text.js';

/** Recorded facts, subject after subject. */
export interface RecordedFacts {
  /** Of reps and the company, in order, each fact once: all that stays in memory. */
  readonly people: ReadonlyMap<SubjectKey, readonly Fact[]>;
  /** What each account has lived through, in order, each fact once; of contacts what no account may have been told. */
  timelines(): AsyncGenerator<readonly [SubjectKey, readonly Fact[]]>;
  close(): Promise<void>;
}

/** Facts of a JSON Lines file, or of the store in a folder. */
export async function openFacts(file: string, terminal: Terminal): Promise<RecordedFacts> {
  return file !== '-' && statSync(file, { throwIfNoEntry: false })?.isDirectory()
    ? openStored(openStore(file))
    : readFile(file, terminal);
}

const isPerson = (key: SubjectKey): boolean => ['rep', 'company'].includes(kindOf(key));

async function openStored(store: Store): Promise<RecordedFacts> {
  async function* keys(): AsyncGenerator<SubjectKey> {
    for (let after: string | undefined; ; ) {
      const page = await store.keys('', after, 500);
      yield* page;
      after = page.at(-1);
      if (after === undefined) return;
    }
  }
  const people = new Map<SubjectKey, readonly Fact[]>();
  for await (const key of keys()) if (isPerson(key)) people.set(key, await store.facts(key));
  return {
    people,
    async *timelines() {
      for await (const key of keys()) if (!isPerson(key)) yield [key, await store.facts(key)];
    },
    close: () => store.close(),
  };
}

/** How many lines are read before it is told again how many there were. */
const LINES_BETWEEN = 10_000;

/**
 * The lines go to buckets on disk, by account, so that an account is in memory only while it is asked for, together with
 * the few others of its bucket.
 */
async function readFile(file: string, terminal: Terminal): Promise<RecordedFacts> {
  const spill = createSpill();
  const now = terminal.now();
  try {
    const people = new Map<SubjectKey, Fact[]>();
    let lines = 0;
    let told = 0;
    for await (const read of readFacts(file, terminal)) {
      terminal.signal.throwIfAborted();
      for (const { fact, line } of read) {
        const homes = homesOf(fact);
        for (const bucket of new Set(homes.map(bucketOf))) spill.add(bucket, line);
        for (const key of fact.subjects) if (isPerson(key)) addTo(people, key, fact, now);
      }
      lines += read.length;
      if (lines > told + LINES_BETWEEN) {
        told = lines;
        terminal.progress?.(`${count(lines)} facts read`);
      }
    }
    for (const [key, facts] of people) people.set(key, inOrder(facts));
    return {
      people,
      async *timelines() {
        for (const bucket of spill.buckets()) {
          const own = new Map<SubjectKey, Fact[]>();
          for (const line of spill.lines(bucket)) {
            const fact = parseLine(line) as Fact;
            for (const key of homesOf(fact))
              if (bucketOf(key) === bucket) addTo(own, key, fact, now);
          }
          spill.drop(bucket);
          for (const key of [...own.keys()].sort()) {
            yield [key, inOrder(own.get(key) ?? [])];
            own.delete(key);
          }
        }
      },
      close: async () => spill.end(),
    };
  } catch (error) {
    spill.end();
    throw error;
  }
}

/** Its accounts, or where it has none its contacts. */
function homesOf({ subjects }: Fact): readonly SubjectKey[] {
  const accounts = subjects.filter((key) => kindOf(key) === 'account');
  return accounts.length > 0 ? accounts : subjects.filter((key) => kindOf(key) === 'contact');
}

/** Nothing happens later than it is told. */
function addTo(lists: Map<SubjectKey, Fact[]>, key: SubjectKey, fact: Fact, now: number): void {
  const own = fact.occurredAt > now ? { ...fact, occurredAt: now } : fact;
  const list = lists.get(key);
  if (list) list.push(own);
  else lists.set(key, [own]);
}

/** In order, each fact once: as it came first. */
function inOrder(facts: readonly Fact[]): Fact[] {
  const known = new Set<string>();
  const once = facts.filter(({ id }) => !known.has(id) && known.add(id));
  return once.sort(comparePositions);
}
