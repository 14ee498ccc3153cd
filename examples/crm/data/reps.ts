import type { RecordId } from '../../../src/domain/value.js';

/** One who is guided. The partner's rep works for a reseller and sees what partners may see. */
export interface Rep {
  readonly id: RecordId;
  readonly name: string;
  readonly team: 'West' | 'Central' | 'Partner';
  readonly role: 'Sales' | 'Service' | 'Engineer';
  readonly trainedOn: readonly string[];
}

const rep = (
  key: string,
  name: string,
  team: Rep['team'],
  role: Rep['role'],
  trainedOn: string,
): Rep => ({ id: `demo:rep:${key}`, name, team, role, trainedOn: trainedOn.split(' ') });

export const REPS: readonly Rep[] = [
  rep('maya', 'Maya Lindqvist', 'West', 'Sales', 'labeller vision service'),
  rep('daniel', 'Daniel Osei', 'West', 'Sales', 'labeller printer'),
  rep('claire', 'Claire Beaumont', 'West', 'Sales', 'labeller printer vision'),
  rep('hiro', 'Hiro Tanabe', 'West', 'Sales', 'labeller software'),
  rep('tom', 'Tom Okafor', 'West', 'Service', 'labeller printer service'),
  rep('arne', 'Arne Vik', 'West', 'Engineer', 'labeller vision software'),
  rep('samira', 'Samira Haddad', 'Central', 'Sales', 'labeller vision service'),
  rep('luke', 'Luke Brennan', 'Central', 'Sales', 'labeller printer'),
  rep('ines', 'Inês Carvalho', 'Central', 'Sales', 'labeller vision software'),
  rep('peter', 'Peter Novak', 'Central', 'Sales', 'labeller service'),
  rep('ruth', 'Ruth Abara', 'Central', 'Service', 'labeller printer service'),
  rep('gus', 'Gus Hallberg', 'Central', 'Engineer', 'labeller vision'),
  rep('joel', 'Joel Winters', 'Partner', 'Sales', 'labeller printer'),
];

/** The reseller that Joel works for. */
export const PARTNER_FIRM = 'Cascade Packaging Supply';

export function repsOf(team: Rep['team'], role: Rep['role']): readonly Rep[] {
  return REPS.filter((one) => one.team === team && one.role === role);
}
