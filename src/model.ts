import type { Fact } from './domain/fact.js';
import type { CompileLasting } from './domain/lasting.js';
import type { Playbook } from './domain/playbook.js';
import type { Subject } from './domain/subject.js';
import type { MachineMoment } from './monitor/judge-machines.js';
import { judgeTriggers, type Moment, type Triggered } from './monitor/judge-triggers.js';
import { createMachineEngine, type MachineEngine } from './monitor/machine-engine.js';
import { createTriggerPlan, type TriggerPlan } from './monitor/trigger-plan.js';
import { type AttributePlan, createAttributePlan } from './record/attribute-plan.js';
import { compileLasting } from './record/lasting.js';
import { type Remade, remake, stepMachines } from './remake.js';

/** A playbook, indexed for every step. */
export interface Model {
  readonly playbook: Playbook;
  readonly attributes: AttributePlan;
  readonly triggers: TriggerPlan;
  /** What opens and what closes at one moment. */
  readonly judge: (state: Triggered, moment: Moment) => Triggered;
  /** Undefined where there are none. */
  readonly machines: MachineEngine | undefined;
  /** The records of an account when its machines have taken a moment in. */
  readonly step: (subject: Subject, moment: Omit<MachineMoment, 'situated'>) => Subject['records'];
  /** What another playbook made of a subject's facts, made anew. */
  readonly remake: (subject: Subject, facts: readonly Fact[], before: Model) => Remade;
  /** The same for playbooks that make the same attributes of the same facts, and whose patterns remember the same. */
  readonly attributesKey: string;
}

export function createModel(playbook: Playbook): Model {
  const { attributes, machines, zone, currency } = playbook;
  const own = createAttributePlan(playbook);
  const compile: CompileLasting = (condition) => compileLasting(condition, own);
  const triggers = createTriggerPlan(playbook, compile);
  const plan = {
    attributes: own,
    machines: createMachineEngine(playbook, compile),
    triggers,
  };
  return {
    playbook,
    ...plan,
    step: (subject, moment) => stepMachines(subject, moment, plan),
    remake: (subject, facts, before) => remake(subject, facts, plan, before),
    judge: (state, moment) => judgeTriggers(state, moment, triggers),
    attributesKey: JSON.stringify([attributes, machines, zone, currency, triggers.patterns?.key]),
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
