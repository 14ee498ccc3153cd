import type { Fact, RecordId, Response } from 'opportune';
import { kindOf } from '../../src/domain/value.js';

/** What one rep did with cards, or several did together. */
export interface Numbers {
  /** Cards that stood before the rep's eyes, each once. */
  readonly shown: number;
  readonly done: number;
  readonly alreadyDone: number;
  readonly notRelevant: number;
  readonly snoozed: number;
  readonly helpful: number;
  readonly notHelpful: number;
}

export const NOTHING: Numbers = {
  shown: 0,
  done: 0,
  alreadyDone: 0,
  notRelevant: 0,
  snoozed: 0,
  helpful: 0,
  notHelpful: 0,
};

const FIELD: { readonly [kind: string]: keyof Numbers } = {
  done: 'done',
  'already-done': 'alreadyDone',
  'not-relevant': 'notRelevant',
  snooze: 'snoozed',
  helpful: 'helpful',
  'not-helpful': 'notHelpful',
};

/**
 * Counts facts `seen` and `response` by who they are of; others count nothing, and one that lies in several timelines counts
 * once. An answer that was taken back, or came after its card had closed, is none.
 */
export function createCount(): {
  add(fact: Fact): void;
  byRep(): ReadonlyMap<RecordId, Numbers>;
} {
  const seen = new Map<RecordId, Set<string>>();
  const answers = new Map<string, { readonly by: RecordId; readonly kind: string }>();
  const undone = new Set<string>();
  return {
    add({ id, type, by, data }) {
      if (by === undefined || kindOf(by) !== 'rep') return;
      if (type === 'seen') {
        const openings = seen.get(by) ?? new Set();
        seen.set(by, openings.add(String(data.opening)));
      }
      if (type !== 'response' || data.executed !== true) return;
      const response = data.response as unknown as Response;
      if (response.kind === 'undo') undone.add(`response/${response.of}`);
      else answers.set(id, { by, kind: response.kind });
    },
    byRep() {
      const counted = new Map<RecordId, Numbers>();
      const count = (rep: RecordId, field: keyof Numbers, more: number): void => {
        const numbers = counted.get(rep) ?? NOTHING;
        counted.set(rep, { ...numbers, [field]: numbers[field] + more });
      };
      for (const [rep, openings] of seen) count(rep, 'shown', openings.size);
      for (const [id, { by, kind }] of answers) {
        const field = Object.hasOwn(FIELD, kind) ? FIELD[kind] : undefined;
        if (field && !undone.has(id)) count(by, field, 1);
      }
      return counted;
    },
  };
}

export function addUp(all: readonly Numbers[]): Numbers {
  return all.reduce<Numbers>(
    (sum, one) => ({
      shown: sum.shown + one.shown,
      done: sum.done + one.done,
      alreadyDone: sum.alreadyDone + one.alreadyDone,
      notRelevant: sum.notRelevant + one.notRelevant,
      snoozed: sum.snoozed + one.snoozed,
      helpful: sum.helpful + one.helpful,
      notHelpful: sum.notHelpful + one.notHelpful,
    }),
    NOTHING,
  );
}
