import type { JsonValue } from '../src/domain/value.js';
import { STUDIO_STRINGS as WORDS } from '../src/studio/studio-strings.js';

/** A text of a play for a list: `Help {contact.name|our advocate} decide` names nobody yet, and a value is left open. */
export function playTitle(title: JsonValue | undefined): string {
  if (typeof title !== 'string' || title.trim() === '') return WORDS.untitled;
  const someone: { readonly [kind: string]: string } = WORDS.someone;
  return title.replace(
    /\{(\w+)(?:\.(\w+))?(?:\|([^}]*))?\}/g,
    (hole, kind: string, attribute?: string, otherwise?: string) =>
      otherwise ?? (attribute && attribute !== 'name' ? '…' : (someone[kind] ?? hole)),
  );
}
