import type { Decision } from '../domain/decision.js';
import type { Attribute, Playbook } from '../domain/playbook.js';
import type { RecordId } from '../domain/value.js';
import { clean, createWords, plain, type Words } from './format.js';
import type { Strings } from './strings.js';

/** A decision with what is needed to put it into words. */
export interface Reading {
  readonly decision: Decision;
  readonly playbook: Playbook;
  readonly words: Words;
  /** The name of the record in view. */
  readonly name: string;
  /** "you", a name, or "a colleague" for somebody the asker may not know. */
  who(id: RecordId | undefined): string;
  attribute(id: string): Attribute | undefined;
}

export function createReading(decision: Decision, playbook: Playbook, strings: Strings): Reading {
  const name = (id: RecordId): string | undefined => {
    const known = decision.names?.[id];
    return known && clean(known);
  };
  return {
    decision,
    playbook,
    words: createWords(strings, playbook, Date.parse(decision.now)),
    name: name(decision.record) ?? strings.thisRecord,
    who: (id) => (id === decision.asker ? strings.you : ((id && name(id)) ?? strings.aColleague)),
    attribute: (id) => playbook.attributes.find((attribute) => attribute.id === id),
  };
}

/** The play's own title, with its holes open. */
export function openTitle(id: string, { plays }: Pick<Playbook, 'plays'>): string {
  const play = plays.find((one) => one.id === id);
  return play
    ? play.title
        .map((piece) => (typeof piece === 'string' ? piece : (piece.otherwise ?? '…')))
        .join('')
    : plain(id);
}
