import { WIRE_FAULTS, type WireFault } from '../faults.js';
import { type Answer, maintenance } from '../send-answer.js';

/** `locked`: somebody else holds the record for a moment. */
export type Fault = WireFault | 'too-many' | 'locked';
export const FAULTS: readonly Fault[] = [...WIRE_FAULTS, 'too-many', 'locked'];

const error = (status: number, errorCode: string, message: string, headers = {}): Answer => ({
  status,
  body: [{ message, errorCode }],
  headers,
});

/** Faults that come in place of the work. */
export function answerInstead(fault: Fault | undefined, method: string): Answer | undefined {
  if (fault === 'too-many')
    return error(429, 'REQUEST_LIMIT_EXCEEDED', 'Too many requests', { 'retry-after': '1' });
  if (fault === 'unavailable' || (fault === 'locked' && method === 'GET'))
    return error(503, 'SERVER_UNAVAILABLE', 'HTTP Status 503: the server is too busy');
  if (fault === 'html') return maintenance;
  return fault === 'locked'
    ? error(400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record')
    : undefined;
}
