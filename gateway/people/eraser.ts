import type { Fact, RecordId, Subject } from 'opportune';
import type { ClearNames } from './clear-names.js';
import { isContact, isPlain, mapFactTexts, mapSubjectTexts } from './personal-text.js';
import type { Pseudonyms } from './pseudonyms.js';
import { mapAllTexts, mapTexts, someText } from './walk.js';

/** Takes certain persons out of plain data. */
export interface Eraser {
  /** Whether an id of theirs stands in it. */
  mentions(value: unknown): boolean;
  /** Without them; facts that do not know them are the very same objects. */
  eraseFacts(facts: readonly Fact[]): readonly Fact[];
  /** A state under their pseudonyms and without what anybody wrote: facts will say again what may be kept. */
  eraseSubject(subject: Subject): Subject;
  rename<Value>(value: Value): Value;
  /** Under their pseudonyms, and without their names; what was written stays otherwise. */
  hide<Value>(value: Value): Value;
}

export interface ErasedPersons {
  readonly ids: readonly RecordId[];
  /** Names and addresses that are taken out of what other facts say. */
  readonly names: readonly string[];
  readonly pseudonyms: Pseudonyms;
  readonly clear: ClearNames;
}

const TAKEN_OUT = '[erased]';
/** Ids that devices and the agent made, which other facts name. */
const OWN_ID =
  /^(?:response|claim|unclaim|seen|tip|published|roll-out|bid|taken-over|kind-off|holdout)\//;

export function createEraser({ ids, names, pseudonyms, clear }: ErasedPersons): Eraser {
  const own = new Set(ids);
  const standsIn = ids.length === 0 ? undefined : toPattern(ids, /* caseless */ false);
  const named = names.length === 0 ? undefined : toPattern(names, true);
  const parts = new Map(
    ids.map((id) => {
      const part = id.slice(id.indexOf(':', id.indexOf(':') + 1) + 1);
      return [part.replaceAll('%', '%25').replaceAll('/', '%2F'), pseudonyms.ofPart(part)];
    }),
  );

  const hasId = (text: string): boolean => standsIn !== undefined && text.search(standsIn) >= 0;
  const renameText = (text: string): string =>
    standsIn ? text.replace(standsIn, (id) => pseudonyms.of(id)) : text;
  const rename = <Value>(value: Value): Value => mapAllTexts(value, renameText) as Value;
  const mentions = (value: unknown): boolean => someText(value, hasId);
  const takeOut = (text: string): string =>
    named && !isPlain(text) ? text.replace(named, TAKEN_OUT) : text;

  /** The id as it would be if the person had always been called so. */
  const renameId = (id: string): string => {
    const renamed = renameText(id);
    if (OWN_ID.test(renamed)) return renamed;
    return renamed
      .split(/([/|:])/)
      .map((part) => parts.get(part) ?? part)
      .join('');
  };

  const concerns = ({ about, subjects, by, source }: Fact): boolean =>
    about.some((id) => own.has(id)) ||
    subjects.some((id) => own.has(id)) ||
    (by !== undefined && own.has(by)) ||
    (source !== undefined && own.has(source.record));

  function eraseFact(fact: Fact, tips: ReadonlySet<unknown>): Fact {
    const isTheirs = concerns(fact) || (fact.type === 'tip-settled' && tips.has(fact.data.id));
    const blank = isTheirs ? mapFactTexts(fact, clear, { personal: () => '' }) : fact;
    const first = fact.about[0] ?? '';
    // What the CRM says of somebody else's own record is theirs, also where it is the same.
    const isOthers = fact.type === 'record-changed' && isContact(first) && !own.has(first);
    const data = isOthers ? blank.data : (mapTexts(blank.data, takeOut) as Fact['data']);
    const kept = data === blank.data ? blank : { ...blank, data };
    return isTheirs || mentions(kept) ? { ...rename(kept), id: renameId(fact.id) } : kept;
  }

  return {
    mentions,
    rename,
    hide: (value) => rename(mapTexts(value, takeOut)) as typeof value,
    eraseFacts(facts) {
      const tips = new Set(
        facts.filter((fact) => fact.type === 'tip' && concerns(fact)).map(({ data }) => data.id),
      );
      return facts.map((fact) => eraseFact(fact, tips));
    },
    eraseSubject: (subject) => rename(mapSubjectTexts(subject, clear, { personal: () => '' })),
  };
}

/** These texts where they stand for themselves, and not as a part of a longer word or id. */
function toPattern(texts: readonly string[], caseless: boolean): RegExp {
  const any = [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|');
  const flags = caseless ? 'giu' : 'gu';
  return new RegExp(
    `(?<![\\p{L}\\p{N}_.-])(?:${any})(?![\\p{L}\\p{N}_-]|[.:@][\\p{L}\\p{N}])`,
    flags,
  );
}
