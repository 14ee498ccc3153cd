import { COMPANY, type Fact, type SubjectKey } from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import { findNews, withNews } from '../../src/replay-news.js';
import { type Given, type Terminal, textOption } from '../command.js';
import { pause } from '../pause.js';
import { openFacts } from '../replay-facts.js';
import { count } from '../text.js';

/** Hands on each account of `--facts` with what it has lived through, and what currencies were worth. */
export async function eachAccount(
  given: Given,
  terminal: Terminal,
  take: (account: SubjectKey, facts: readonly Fact[]) => void,
): Promise<void> {
  const facts = await openFacts(textOption(given, 'facts') ?? '', terminal);
  const rates = findNews(facts.people.get(COMPANY) ?? [], { has: () => false });
  let accounts = 0;
  try {
    for await (const [key, own] of facts.timelines()) {
      if (kindOf(key) !== 'account') continue;
      take(key, withNews(key, own, rates));
      if (++accounts % 500 !== 0) continue;
      terminal.progress?.(`${count(accounts)} accounts read`);
      await pause();
      terminal.signal.throwIfAborted();
    }
  } finally {
    await facts.close();
  }
  terminal.progress?.('');
}
