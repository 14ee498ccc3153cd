import { advance, type Inputs } from './advance.js';
import type { Fact } from './domain/fact.js';
import type { CompileLasting } from './domain/lasting.js';
import type { Playbook } from './domain/playbook.js';
import type { Subject } from './domain/subject.js';
import { createMachineEngine, type MachineEngine } from './monitor/machine-engine.js';
import { createTriggerPlan, type TriggerPlan } from './monitor/trigger-plan.js';
import { type AttributePlan, createAttributePlan } from './record/attribute-plan.js';
import { compileLasting } from './record/lasting.js';
import { type Remade, remake } from './remake.js';

/** A playbook, indexed for every step. */
export interface Model {
  readonly playbook: Playbook;
  readonly attributes: AttributePlan;
  readonly triggers: TriggerPlan;
  /** Undefined where there are none. */
  readonly machines: MachineEngine | undefined;
  /** {@link advance}: what it needs comes with the first playbook. */
  readonly advance: (before: Subject, inputs: Inputs) => Subject;
  /** What another playbook made of a subject's facts, made anew. */
  readonly remake: (
    subject: Pick<Subject, 'key' | 'records'>,
    facts: readonly Fact[],
    before: Model,
  ) => Remade;
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
    advance,
    remake: (subject, facts, before) => remake(subject, facts, plan, before),
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
