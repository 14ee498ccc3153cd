import type { Card } from '../domain/decision.js';
import type { CardView, ChoiceView } from '../domain/view.js';
import { clean } from './format.js';
import type { Reading } from './reading.js';

/** On a card: what its rep tries here, or that something may be tried. */
export function tryOf(card: Card, reading: Reading): Pick<CardView, 'ownTry' | 'mayTry'> {
  const { words } = reading;
  const { strings } = words;
  const { ownTry } = card;
  if (ownTry) {
    const { how } = ownTry;
    return {
      ownTry:
        how === undefined ? strings.tryUsual : words.fill(strings.tryNew, { how: clean(how) }),
    };
  }
  return card.mandatory || card.buyerRequested ? {} : { mayTry: toFields(card, reading) };
}

/** What may be asked for, the one in the middle proposed. */
const WEEKS = [2, 4, 6];
const ACCOUNTS = [20, 40, 60];

function toFields(card: Card, reading: Reading): NonNullable<CardView['mayTry']> {
  const { words } = reading;
  const { strings } = words;
  const counts = (list: readonly number[], text: string) => ({
    choices: list.map((count) => ({ id: `${count}`, label: words.count(text, count) })),
    chosen: `${list[1]}`,
  });
  const roles = rolesFor(card, reading);
  return [
    ...(roles.length > 0
      ? [
          {
            id: 'role' as const,
            label: strings.tryTurnTo,
            choices: [{ id: '', label: strings.tryAsEver }, ...roles],
            chosen: '',
          },
        ]
      : []),
    { id: 'weeks', label: strings.tryFor, ...counts(WEEKS, strings.tryWeeks) },
    { id: 'accounts', label: strings.tryOn, ...counts(ACCOUNTS, strings.tryAccounts) },
  ];
}

/** Whom else it could turn to. A play about one person turns to nobody else. */
function rolesFor({ play: id }: Card, { playbook, attribute }: Reading): readonly ChoiceView[] {
  const role = playbook.plays.find((play) => play.id === id)?.action.contact;
  if (role === undefined || role === 'self' || role === 'event') return [];
  return (attribute('contact.role')?.values ?? [])
    .filter((one) => one.id !== role)
    .map((one) => ({ id: one.id, label: clean(one.label, 80) }));
}
