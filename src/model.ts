import type { Playbook } from './domain/playbook.js';
import { judgeTriggers, type Moment, type Triggered } from './monitor/judge-triggers.js';
import { createTriggerPlan, type TriggerPlan } from './monitor/trigger-plan.js';
import { type AttributePlan, createAttributePlan } from './record/attribute-plan.js';

/** A playbook, indexed for every step. */
export interface Model {
  readonly playbook: Playbook;
  readonly attributes: AttributePlan;
  readonly triggers: TriggerPlan;
  /** What opens and what closes at one moment. */
  readonly judge: (state: Triggered, moment: Moment) => Triggered;
  /** The same for playbooks that make the same attributes of the same facts. */
  readonly attributesKey: string;
}

export function createModel(playbook: Playbook): Model {
  const { attributes, zone, currency } = playbook;
  const triggers = createTriggerPlan(playbook);
  return {
    playbook,
    attributes: createAttributePlan(playbook),
    triggers,
    judge: (state, moment) => judgeTriggers(state, moment, triggers),
    attributesKey: JSON.stringify([attributes, zone, currency]),
  };
}

/** The playbook of a subject that none was published for: facts are kept, little is made of them. */
export const EMPTY_PLAYBOOK: Playbook = {
  format: 1,
  name: '',
  version: '',
  currency: 'USD',
  zone: 'UTC',
  holidays: [],
  workdays: [1, 2, 3, 4, 5],
  attributes: [],
  products: [],
  goals: [],
  plays: [],
  contents: [],
  reasons: [],
  contactPolicy: { limits: [], touches: {} },
  holdout: { rate: 0, salt: '' },
  costs: { minute: 0, touch: 0 },
  propensity: 0,
  rollOut: 20,
  correctionDays: 90,
};
