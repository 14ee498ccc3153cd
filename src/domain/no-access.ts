import { toIso } from '../core/zone.js';
import type { Decision } from './decision.js';
import { NO_PARAMETERS } from './parameters.js';
import type { RecordId } from './value.js';

/** A record that is not there and one that the asker may not see give the same answer, to the byte. */
export function noAccess(record: RecordId, asker: RecordId, now: number): Decision {
  return {
    record,
    account: record,
    asker,
    now: toIso(now),
    inputs: { playbook: '', parameters: NO_PARAMETERS.version, subjects: {} },
    shown: [],
    verdicts: [],
    counts: {},
    nothing: { because: 'no-access', lately: [] },
  };
}
