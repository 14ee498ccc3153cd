import type { Playbook } from 'opportune';
import type { Trigger } from '../../src/domain/playbook.js';
import { EMPTY_PLAYBOOK } from '../../src/model.js';
import type { Team } from './team.js';
import type { World } from './world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const SITUATION = 'account.segment';
/** So little that what hurts is weighed by what it earns, and only the floor stops it. */
const NEXT_TO_NOTHING = 1e-9;

/** The playbook by which such a team would work. */
export function playbookOf(
  world: World,
  { guesses }: Team,
  trigger: Trigger = { opened: true },
): Playbook {
  const scale = Math.max(...world.plays.map(({ value }) => value));
  return {
    ...EMPTY_PLAYBOOK,
    name: world.name,
    version: 'world',
    attributes: [
      { id: 'account.owner', label: 'Owner', type: 'text', of: 'account' },
      { id: 'account.satisfaction', label: 'Satisfaction', type: 'number', of: 'account' },
      {
        id: SITUATION,
        label: 'Segment',
        type: 'choice',
        of: 'account',
        values: Object.keys(world.segments).map((id) => ({ id, label: id })),
      },
    ],
    goals: [
      { id: 'revenue', label: 'Revenue', weight: 1, scale },
      {
        id: 'satisfaction',
        label: 'Satisfaction',
        measure: 'account.satisfaction',
        weight: NEXT_TO_NOTHING,
        floor: world.floor,
        scale: 1,
      },
    ],
    contactPolicy: { limits: [world.contact], touches: {} },
    costs: { minute: 0, touch: 0 },
    rollOut: 1_000_000,
    plays: world.plays.map(({ id, kind, touch, value, hurts }) => ({
      id,
      title: [id],
      why: ['Something happened.'],
      about: 'account',
      trigger,
      action: { kind, minutes: 10, ...(touch && { touch: 'call' as const }) },
      for: 'owner',
      serves: { revenue: { value }, ...(hurts && { satisfaction: { value: -1 } }) },
      propensity: guesses.get(id) ?? 0.5,
      expiresMs: 12 * HOUR,
      coolDownMs: { done: world.rests * DAY, notRelevant: world.rests * DAY },
      owner: 'simulate',
      file: '',
    })),
  };
}
