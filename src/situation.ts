import { defined } from './core/defined.js';
import type { Look, Situation } from './deliver/situation.js';
import type { Parameters } from './domain/parameters.js';
import type { Stored } from './domain/store.js';
import type { Ledger, Opening, RecordState, Subject } from './domain/subject.js';
import { COMPANY, kindOf, type RecordId } from './domain/value.js';
import type { Model } from './model.js';
import { evidenceFor, type Scene, situate } from './record/situate.js';

export interface SituationInputs {
  readonly model: Model;
  readonly parameters: Parameters;
  readonly account: Subject;
  /** What else was read: the account's contacts, the asker, the company. */
  readonly others: readonly Stored[];
  readonly versions: { readonly [key: string]: number };
  readonly asker: RecordId;
  readonly hidden: ReadonlySet<string>;
  readonly now: number;
}

/** Everything that one look reads, put together so that `decide` needs no store. */
export function createSituation(inputs: SituationInputs): Situation {
  const { model, account, asker, now } = inputs;
  const subjects = new Map(inputs.others.map(({ subject }) => [subject.key, subject]));
  const company = subjects.get(COMPANY);
  const rep = subjects.get(asker);
  const ledgers = new Map<RecordId, Ledger>();
  for (const [key, subject] of subjects)
    if (kindOf(key) === 'contact') ledgers.set(key, subject.ledger);
  // A contact's own subject knows all its accounts; what an account saw of it is only a part.
  const own = (record: RecordState): RecordState =>
    subjects.get(record.id)?.records[record.id] ?? record;
  const accountRecord = account.records[account.key];
  const asked = rep?.records[asker];
  const companyRecord = company?.records[COMPANY];
  return defined({
    playbook: model.playbook,
    attributes: model.attributes.byId,
    parameters: inputs.parameters,
    account,
    asker,
    rep,
    company,
    ledgers,
    versions: inputs.versions,
    hidden: spreadHidden(inputs.hidden, model),
    now,
    look: (record: RecordState, contact?: RecordId, event?: Opening['event']): Look => {
      const picked = contact === undefined ? undefined : account.records[contact];
      const scene: Scene = defined({
        plan: model.attributes,
        now,
        records: account.records,
        inView: defined({
          account: accountRecord,
          contact: picked ? own(picked) : undefined,
          rep: asked,
          company: companyRecord,
          [record.kind]: record.kind === 'contact' ? own(record) : record,
        }),
        event: event ? (event.data ?? {}) : undefined,
      });
      return {
        situated: situate(scene),
        evidence: (attribute: string) => evidenceFor(scene, attribute),
      };
    },
  });
}

/** A derived attribute is as hidden as what it is made of, unless the admin declares it an aggregate. */
function spreadHidden(hidden: ReadonlySet<string>, model: Model): ReadonlySet<string> {
  if (hidden.size === 0) return hidden;
  const all = new Set(hidden);
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const { id, of, derive, aggregate } of model.playbook.attributes) {
      if (!derive || aggregate) continue;
      const text = JSON.stringify(derive);
      if (
        [...all].some(
          (one) =>
            text.includes(`"${one}"`) ||
            one === `${of}.${'attribute' in derive ? derive.attribute : ''}`,
        )
      )
        all.add(id);
    }
  }
  return all;
}
