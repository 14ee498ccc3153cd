import type { Fact, SubjectKey } from 'opportune';
import { kindOf } from '../../src/domain/value.js';
import { type Given, type Terminal, textOption } from '../command.js';
import { openFacts } from '../replay-facts.js';
import { count } from '../text.js';

/** Hands on each account of `--facts` with what it has lived through. */
export async function eachAccount(
  given: Given,
  terminal: Terminal,
  take: (account: SubjectKey, facts: readonly Fact[]) => void,
): Promise<void> {
  const facts = await openFacts(textOption(given, 'facts') ?? '', terminal);
  let accounts = 0;
  try {
    for await (const [key, own] of facts.timelines()) {
      if (kindOf(key) !== 'account') continue;
      take(key, own);
      if (++accounts % 500 !== 0) continue;
      terminal.progress?.(`${count(accounts)} accounts read`);
      await new Promise((resolve) => setImmediate(resolve));
      terminal.signal.throwIfAborted();
    }
  } finally {
    await facts.close();
  }
  terminal.progress?.('');
}
