import type { Fact, Store, SubjectKey } from 'opportune';

const PAGE = 1000;

/** Every subject of a store. Keys that come up meanwhile are given where they lie ahead. */
export async function* allKeys(store: Store): AsyncGenerator<SubjectKey> {
  for (let after: SubjectKey | undefined; ; ) {
    const page = await store.keys('', after, PAGE);
    yield* page;
    after = page.at(-1);
    if (after === undefined) return;
  }
}

export async function allFacts(store: Store, key: SubjectKey): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (;;) {
    const page = await store.facts(key, facts.at(-1), PAGE);
    facts.push(...page);
    if (page.length < PAGE) return facts;
  }
}
