import { isOpportuneError } from 'opportune';
import { printable } from '../text.js';

/** One thing that was looked at. */
export interface Finding {
  /** `warning`: it works, and something does not. */
  readonly state: 'good' | 'warning' | 'bad';
  /** `database`, `acme/crm sign-in`. */
  readonly what: string;
  readonly found: string;
  readonly remedy?: string;
}

/** What goes wrong while something is looked at is what was found. */
export async function lookAt(
  what: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [toFinding(what, error)];
  }
}

export function toFinding(what: string, error: unknown): Finding {
  if (!isOpportuneError(error))
    return {
      state: 'bad',
      what,
      found: `something went wrong that nobody expected: ${printable(error instanceof Error ? error.name : 'unknown')}`,
    };
  const { message, remedy } = error;
  if (remedy === undefined) return { state: 'bad', what, found: message };
  const found = message.slice(0, -(remedy.length + '. '.length));
  return { state: 'bad', what, found, remedy };
}
