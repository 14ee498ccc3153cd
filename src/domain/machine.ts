import type { Condition } from './condition.js';

/**
 * A state machine of a playbook: every record of its kind is in one of its states at any time. A compiled machine is
 * sound: its targets exist, ids of states are unique in it, and no guard asks the machine's own state.
 */
export interface Machine {
  readonly id: string;
  readonly label: string;
  readonly of: 'account' | 'contact' | 'opportunity';
  /** The state of {@link states} in which a record begins. */
  readonly initial: string;
  readonly states: readonly MachineState[];
  /** Those of the machine as a whole: looked at in every state, after the state's own. */
  readonly transitions?: readonly MachineTransition[];
  /** Where it was written, for people: `machines/lifecycle.yaml`. */
  readonly file: string;
}

export interface MachineState {
  readonly id: string;
  readonly label: string;
  /** The id that this state had before. */
  readonly was?: string;
  /** Present: a state with states inside; it is never held itself, always one of those without. */
  readonly states?: readonly MachineState[];
  /** Of {@link states}, the one to begin in. */
  readonly initial?: string;
  /** Nothing leads out. In a state with states it tells that state's `done.state.ID`; at the top the machine is over. */
  readonly final?: true;
  /** In the order in which they are tried. */
  readonly transitions?: readonly MachineTransition[];
  /** Events for this machine alone, raised on entering and on leaving. */
  readonly entry?: readonly string[];
  readonly exit?: readonly string[];
}

/**
 * What leads from a state to another: an event (`on`), time in the state (`after`, milliseconds), or, with neither,
 * `when` alone as soon as it is true. `when` of an event may read the fields of the event as `event.x`.
 */
export interface MachineTransition {
  readonly on?: string;
  readonly afterMs?: number;
  readonly when?: Condition;
  /** A state; one with states inside stands for its initial one. */
  readonly target: string;
  /** To itself or inwards: leave and enter the state anew, so that its delays begin again. */
  readonly reenter?: true;
}

/** What is remembered of one machine of one record: plain JSON. */
export interface MachineHeld {
  /** A state without states inside. */
  readonly state: string;
  /** When the machine began, when each state around was entered, outermost first, and last the state itself; epoch milliseconds. */
  readonly since: readonly number[];
}

/** One transition as it was taken. */
export interface MachineMove {
  readonly from: string;
  readonly to: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The state that declares it: `from` or one around it; the machine's id for its own. */
  readonly source: string;
  readonly because:
    | { readonly event: string }
    | { readonly condition: Condition }
    | { readonly delayMs: number };
}
