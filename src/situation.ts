import { dayNumber } from './core/zone.js';
import type { Look, Situation } from './deliver/situation.js';
import { NO_PARAMETERS } from './domain/parameters.js';
import type { Opening, RecordState, Subject } from './domain/subject.js';
import { COMPANY, type RecordId } from './domain/value.js';
import type { Model } from './model.js';
import { evidenceFor, type Scene, situate } from './record/situate.js';

/** What was read for one look: `others` are the account's contacts, the asker and the company. */
export interface Read
  extends Pick<Situation, 'account' | 'now'>,
    Partial<Pick<Situation, 'asker' | 'hidden' | 'parameters' | 'playbook' | 'versions'>> {
  readonly others?: readonly Subject[];
}

/** Everything that one look reads, put together so that `decide` needs no store. */
export function createSituation(model: Model, read: Read): Situation {
  const { account, now, others = [], asker = '', hidden = new Set(), versions = {} } = read;
  const { attributes: plan } = model;
  const today = dayNumber(now, plan.zone);
  const { playbook = model.playbook } = read;
  const subjects = new Map([...others, account].map((subject) => [subject.key, subject]));
  // A contact's own subject knows all its accounts; what an account saw of it is only a part.
  const own = (id: RecordId = ''): RecordState | undefined =>
    subjects.get(id)?.records[id] ?? account.records[id];
  return {
    account,
    now,
    asker,
    versions,
    parameters: read.parameters ?? subjects.get(COMPANY)?.parameters ?? NO_PARAMETERS,
    playbook,
    attributes:
      playbook === model.playbook
        ? plan.byId
        : new Map(playbook.attributes.map((attribute) => [attribute.id, attribute])),
    subjects,
    hidden,
    look(record: RecordState, contact?: RecordId, event?: Opening['event']): Look {
      const scene: Scene = {
        plan,
        today,
        records: account.records,
        inView: {
          account: account.records[account.key],
          contact: own(contact),
          rep: own(asker),
          company: own(COMPANY),
          [record.kind]: own(record.id),
        },
        ...(event && { event: event.data ?? {} }),
      };
      return {
        situated: situate(scene),
        evidence: (attribute) => evidenceFor(scene, attribute),
      };
    },
  };
}
