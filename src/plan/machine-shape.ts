import { ID_PATTERN } from './attribute-table.js';
import { CONDITION, DURATION, NAME, TEXT } from './common-shapes.js';
import type { Shape } from './shape.js';

const STATE_ID = { is: 'text', pattern: ID_PATTERN, like: 'customer' } as const;
const EVENT: Shape = { is: 'text', pattern: ID_PATTERN, like: 'trial-over' };
const EVENTS: Shape = { is: 'either', of: [EVENT, { is: 'list', of: EVENT, min: 1 }] };
const GUARD = 'write "when:", a condition';
const LISTED = 'write it as an item of "transitions:"';

const TRANSITIONS: Shape = {
  is: 'list',
  about: 'What leads out, in the order in which it is tried.',
  of: {
    is: 'fields',
    about: 'On an event, after a time, or, with neither, when a condition is true.',
    required: ['target'],
    instead: {
      event: 'write "on:", the event',
      delay: 'write "after:", a time in the state',
      always: 'write "when:" without on and after',
      guard: GUARD,
      cond: GUARD,
      if: GUARD,
    },
    fields: {
      on: {
        is: 'text',
        pattern: '^(?:done\\.state\\.)?[A-Za-z0-9][A-Za-z0-9_-]*$',
        like: 'purchase',
        about:
          'The event: an activity, one that a state raises, or done.state.ID of a state that came to its end.',
      },
      where: { ...CONDITION, about: 'Which of these events. Bare names are fields of the event.' },
      after: { ...DURATION, about: 'Counted from when the state was entered.' },
      when: {
        ...CONDITION,
        about: 'What must hold; without on and after it leads on as soon as it does.',
      },
      target: { ...STATE_ID, about: 'A state; one with states inside stands for its initial one.' },
      reenter: {
        is: 'boolean',
        about:
          'To itself or inwards: leave and enter the state anew, so that its delays begin again.',
      },
    },
  },
};

const STATE: Shape = {
  is: 'fields',
  instead: {
    on: LISTED,
    when: LISTED,
    always: LISTED,
    after: LISTED,
    onDone: 'write a transition "on: done.state.ID" with the id of this state',
    type: 'write "final: true", or leave it out',
    parallel: 'write machines of their own: they run side by side',
    history: 'name the state to go back to',
  },
  fields: {
    label: { ...TEXT, about: 'As people read it; the id when left out.' },
    was: { ...STATE_ID, about: 'The id that this state had before.' },
    initial: { ...STATE_ID, about: 'The state inside to begin in; the first one when left out.' },
    states: {
      is: 'names',
      about: 'States inside.',
      of: { is: 'nested', name: 'state', of: () => STATE },
    },
    final: { is: 'boolean', about: 'Nothing leads out.' },
    entry: { ...EVENTS, about: 'Events for this machine, raised on entering.' },
    exit: { ...EVENTS, about: 'Events for this machine, raised on leaving.' },
    transitions: TRANSITIONS,
  },
};

export const MACHINE_SHAPE: Shape & { is: 'fields' } = {
  is: 'fields',
  about: 'Every record of its kind is in one of the states at any time.',
  required: ['id', 'of', 'states'],
  instead: {
    on: LISTED,
    about: 'write "of:", the kind of record',
    type: 'write machines of their own: they run side by side',
  },
  fields: {
    id: { ...NAME, about: 'Conditions ask the state by it, as an attribute of the record.' },
    label: TEXT,
    of: { is: 'choice', options: ['account', 'contact', 'opportunity'] },
    initial: { ...STATE_ID, about: 'The state to begin in; the first one when left out.' },
    states: { is: 'names', of: { is: 'nested', name: 'state', of: () => STATE } },
    transitions: { ...TRANSITIONS, about: 'Tried in every state, after the state’s own.' },
  },
};
