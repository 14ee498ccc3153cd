import type { Play } from '../domain/playbook.js';
import type { RecordKind } from '../domain/value.js';
import type { NameKind, Scope } from './context.js';

/** What is in view when a play is judged. */
export interface InView {
  readonly about: Play['about'];
  /** The play names a contact. */
  readonly contact: boolean;
  /** The play offers a product. */
  readonly product: boolean;
  /** An event opens it. */
  readonly event: boolean;
}

const PARENTS: { readonly [about in Play['about']]: readonly RecordKind[] } = {
  account: ['account'],
  contact: ['contact', 'account'],
  opportunity: ['opportunity', 'account'],
};

const MOVE = 'move it to eligibility, applicability or suitability';

/** Names in `becomes`, `rearm` and `until`: judged for the record alone, whoever looks. */
export function triggerScope(about: Play['about']): Scope {
  return {
    bare: about,
    kinds: PARENTS[about],
    barred: {
      rep: ['a trigger is judged without an asker', MOVE],
      contact: ['a trigger reads a contact only in a play about a contact', MOVE],
      opportunity: childBar(about),
      event: ['fields of the event are read in where only', 'move it to where'],
      product: ['a trigger reads no product', 'use event: with where:, or a filter'],
      company: ['the company is read by goals only', 'use an attribute of the account'],
    },
  };
}

/** Names in `where`: bare ones are fields of the event. */
export function whereScope(about: Play['about']): Scope {
  return { ...triggerScope(about), bare: 'event', kinds: ['event', ...PARENTS[about]] };
}

/** Names in the three filters, in what a play serves, and in the holes of title, why and verb. */
export function filterScope(view: InView): Scope {
  const kinds = new Set<NameKind>([...PARENTS[view.about], 'rep']);
  if (view.contact) kinds.add('contact');
  if (view.product) kinds.add('product');
  if (view.event) kinds.add('event');
  return {
    bare: view.about,
    kinds: [...kinds],
    barred: {
      contact: ['the play picks no contact', 'add action.contact, or ask has: { contact: {...} }'],
      product: ['the play offers no product', 'add "offers:"'],
      opportunity: childBar(view.about),
      event: ['no event opens the play', 'use an attribute of the record'],
      company: ['the company is read by goals only', 'use an attribute of the account'],
    },
  };
}

/** Names in `context`: as in a filter, whoever looks, because a bid for a buyer's attention is placed without an asker. */
export function contextScope(view: InView): Scope {
  const scope = filterScope(view);
  return {
    ...scope,
    kinds: scope.kinds.filter((kind) => kind !== 'rep'),
    barred: {
      ...scope.barred,
      rep: ['what fits is weighed without an asker', 'ask it in a filter'],
    },
  };
}

function childBar(about: Play['about']): readonly [string, string] {
  return [
    `a play about ${about === 'account' ? 'an account' : `a ${about}`} has no single opportunity`,
    'ask has: { opportunity: {...} }, or an attribute that counts them',
  ];
}
