import { COMPANY, type Fact, type Store, type SubjectKey } from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import { findNews, withNews } from '../../src/replay-news.js';

type Account = readonly [account: SubjectKey, facts: readonly Fact[]];

const PAGE = 500;
/** Facts that are handed over at a time. */
const LOT = 2_000;

/** All accounts with what they have lived through, in lots; others are answered in between. */
export async function* readAccounts(
  store: Pick<Store, 'keys' | 'facts'>,
): AsyncGenerator<readonly Account[]> {
  const news = findNews(await store.facts(COMPANY), { has: () => false });
  let lot: Account[] = [];
  let facts = 0;
  for (let after: string | undefined; ; ) {
    const page = await store.keys('', after, PAGE);
    for (const key of page) {
      if (kindOf(key) !== 'account') continue;
      const own = await store.facts(key);
      lot.push([key, withNews(key, own, news)]);
      facts += own.length;
      if (facts < LOT) continue;
      yield lot;
      [lot, facts] = [[], 0];
    }
    after = page.at(-1);
    if (after === undefined) break;
  }
  if (lot.length > 0) yield lot;
}
