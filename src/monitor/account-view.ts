import type { Situated } from '../domain/condition.js';
import type { Fact } from '../domain/fact.js';
import type { SubjectOnDay } from '../domain/lasting.js';
import type { RecordState } from '../domain/subject.js';

/** The account as it is seen at one moment; machines' states are attributes too. */
export interface AccountView extends SubjectOnDay {
  situated(record: RecordState, event?: Fact['data']): Situated;
}
