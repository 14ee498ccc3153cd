import { type Look, mentions, type Situation } from './deliver/situation.js';
import { NO_PARAMETERS } from './domain/parameters.js';
import type { Opening, RecordState, Subject } from './domain/subject.js';
import { COMPANY, type RecordId } from './domain/value.js';
import type { Model } from './model.js';
import { createScene, evidenceFor, situate } from './record/situate.js';

/** What was read for one look: `others` are the account's contacts, the asker and the company. */
export interface Read
  extends Pick<Situation, 'account' | 'now'>,
    Partial<Pick<Situation, 'asker' | 'hidden' | 'versions'>> {
  readonly others?: readonly Subject[];
}

/** Everything that one look reads, put together so that `decide` needs no store. */
export function createSituation(
  { playbook, attributes: plan }: Model,
  { account, now, others = [], asker = '', hidden = new Set(), versions = {} }: Read,
): Situation {
  const subjects = new Map([...others, account].map((subject) => [subject.key, subject]));
  // A contact's own subject knows all its accounts; what an account saw of it is only a part.
  const own = (id: RecordId = ''): RecordState | undefined =>
    subjects.get(id)?.records[id] ?? account.records[id];
  return {
    account,
    now,
    asker,
    versions,
    parameters: NO_PARAMETERS,
    playbook,
    attributes: plan.byId,
    subjects,
    hidden: spreadHidden(hidden, playbook),
    look(record: RecordState, contact?: RecordId, event?: Opening['event']): Look {
      const inView = {
        contact: own(contact),
        rep: own(asker),
        company: own(COMPANY),
        [record.kind]: own(record.id),
      };
      const scene = createScene(plan, account, now, inView, event && (event.data ?? {}));
      return {
        situated: situate(scene),
        evidence: (attribute) => evidenceFor(scene, attribute),
      };
    },
  };
}

/** A derived attribute, or a machine's state, is as hidden as what it is made of, unless the admin declares it an aggregate. */
function spreadHidden(
  hidden: ReadonlySet<string>,
  { attributes, machines = [] }: Situation['playbook'],
): ReadonlySet<string> {
  const all = new Set(hidden);
  for (let before = 0; before < all.size; ) {
    before = all.size;
    for (const { id: machine, of, ...rest } of machines)
      if (mentions(rest, all)) all.add(`${of}.${machine}`);
    for (const { id, of, derive, aggregate } of attributes) {
      if (!derive || aggregate) continue;
      const own = 'attribute' in derive ? `${of}.${derive.attribute}` : '';
      if (all.has(own) || mentions(derive, all)) all.add(id);
    }
  }
  return all;
}
