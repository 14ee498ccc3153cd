import type { Fact } from './domain/fact.js';
import type { Playbook } from './domain/playbook.js';
import { COMPANY, type SubjectKey } from './domain/value.js';
import { eventsOf, type History, setStage } from './foresee.js';
import type { Stage } from './replay-cards.js';
import { findNews, withNews } from './replay-news.js';
import { recordTape, type Tape } from './replay-tape.js';

/** A playbook on its way through a history, written down once so that changes of it are tried without folding anything again. */
export interface Recording {
  readonly live: Playbook;
  readonly stage: Stage;
  readonly news: readonly Fact[];
  /** The facts of an account, with what the company told. */
  told(account: SubjectKey): readonly Fact[];
  tapeOf(account: SubjectKey): Tape;
}

/** So many steps of tapes are kept, at some 500 bytes each; accounts beyond are recorded anew each time. */
const MOST_STEPS = 400_000;

/** The recording of the playbook that was asked for last. */
export function createRecorder(
  { own, people }: History,
  span: { readonly from: number; readonly until: number },
): (live: Playbook) => Recording {
  let recorded: Recording | undefined;
  return (live) => {
    if (recorded?.live.version === live.version) return recorded;
    const stage: Stage = { ...setStage(live, people), looks: new Map() };
    const news = findNews(people.get(COMPANY) ?? [], eventsOf(stage));
    const told = (account: SubjectKey): readonly Fact[] =>
      withNews(account, own.get(account) ?? [], news);
    const tapes = new Map<SubjectKey, Tape>();
    let steps = 0;
    const tapeOf = (account: SubjectKey): Tape => {
      const held = tapes.get(account);
      if (held) return held;
      const tape = recordTape(account, told(account), stage.rehearsal, span);
      if (steps + tape.steps.length > MOST_STEPS) return tape;
      steps += tape.steps.length;
      tapes.set(account, tape);
      return tape;
    };
    recorded = { live, stage, news, told, tapeOf };
    return recorded;
  };
}
