import type { Playbook } from 'opportune';
import { createDayBook, type DayBook } from '../../src/day/day-book.js';
import type { Terminal } from '../command.js';
import { pause } from '../pause.js';
import type { RecordedFacts } from '../replay-facts.js';
import { count } from '../text.js';

/** Every card of recorded facts that could be worked on, account after account. */
export async function gatherCards(
  facts: RecordedFacts,
  playbook: Playbook,
  tried: ReadonlySet<string>,
  terminal: Terminal,
): Promise<DayBook> {
  const book = createDayBook(playbook, { people: facts.people, now: terminal.now(), tried });
  let subjects = 0;
  for await (const [key, own] of facts.timelines()) {
    book.add(key, own);
    if (++subjects % 500 !== 0) continue;
    terminal.progress?.(`${count(subjects)} accounts and contacts read`);
    await pause();
    terminal.signal.throwIfAborted();
  }
  terminal.progress?.('');
  return book.finish();
}
