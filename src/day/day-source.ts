import type { RecordId, SubjectKey } from '../domain/value.js';
import type { DayChoices } from './day-choices.js';
import type { DaySolver } from './day-solver.js';
import type { ToldDay } from './told-day.js';

/** How many of a rep's accounts were looked at, while that goes on. */
export interface LookingAround {
  readonly looked: number;
  readonly of: number;
}

/** Where the page of the day has its cards from, and where it leads. */
export interface DaySource {
  /** As things stand now, with what the rep decided before. Rejects where it cannot be told. */
  open(
    /** Called while it is found out what could be done, where that takes long. */
    progress?: (looking: LookingAround) => void,
  ): Promise<{ readonly told: ToldDay; readonly choices?: DayChoices }>;
  /** Absent: plans are made without a solver, and say how far from the best they may be. */
  readonly solver?: DaySolver;
  /** Calls when something has happened; gives what ends it. Absent: it is looked at anew when somebody asks. */
  watch?(happened: () => void): () => void;
  /** The rep decided otherwise. */
  keep?(choices: DayChoices): void;
  openRecord?(card: { readonly account: SubjectKey; readonly record: RecordId }): void;
}
