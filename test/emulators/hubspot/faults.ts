import { WIRE_FAULTS, type WireFault } from '../faults.js';
import { type Answer, maintenance } from '../send-answer.js';
import { ApiError } from './api-error.js';
import { tooMany } from './limits.js';

export type Fault = WireFault | 'too-many' | 'secondly' | 'bad-gateway';
export const FAULTS: readonly Fault[] = [...WIRE_FAULTS, 'too-many', 'secondly', 'bad-gateway'];

/** Faults that come in place of the work. */
export function answerInstead(fault: Fault | undefined): Answer | undefined {
  if (fault === 'too-many') return tooMany('TEN_SECONDLY_ROLLING', 'ten_secondly_rolling');
  if (fault === 'secondly') return tooMany('SECONDLY', 'secondly');
  if (fault === 'unavailable')
    return {
      status: 503,
      body: new ApiError(503, 'SERVICE_UNAVAILABLE', 'service temporarily unavailable').body,
    };
  if (fault === 'bad-gateway')
    return {
      status: 502,
      body: '<html>502 Bad Gateway</html>',
      headers: { 'content-type': 'text/html' },
    };
  return fault === 'html' ? maintenance : undefined;
}
