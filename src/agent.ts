import { absorb } from './absorb.js';
import { OpportuneError } from './core/errors.js';
import { decide } from './deliver/decide.js';
import { kindSwitch } from './deliver/stages.js';
import type { Agent } from './domain/agent.js';
import type { Decision } from './domain/decision.js';
import { NO_PARAMETERS } from './domain/parameters.js';
import { ACTION_KINDS } from './domain/playbook.js';
import type { Stored } from './domain/store.js';
import type { Tip } from './domain/tip.js';
import { COMPANY, kindOf, type RecordId, type SubjectKey } from './domain/value.js';
import { respond } from './respond.js';
import { type AgentOptions, createRuntime } from './runtime.js';

const PAGE = 500;

/** The loop: record, analyze, plan, monitor, deliver, interact, update, around pure functions and one store. */
export async function createAgent(options: AgentOptions): Promise<Agent> {
  const { store, clock, pause } = options;
  const runtime = await createRuntime(options);
  const { record, look, allKeys } = runtime;

  // What a page needs only now and then is loaded then: reasons in full, history, tips, and publishing.
  const explain = (): Promise<typeof import('./deliver/explain.js')> =>
    import('./deliver/explain.js');
  const tipFacts = (): Promise<typeof import('./update/tip-facts.js')> =>
    import('./update/tip-facts.js');

  async function decideNow(record: RecordId, asker: RecordId, inFull: boolean): Promise<Decision> {
    const situation = await look(record, asker);
    if (!situation) return noAccess(record, asker, clock.now());
    return inFull
      ? decide(situation, record, (await explain()).explainer)
      : decide(situation, record);
  }

  return {
    record,
    publish: async (playbook) => (await import('./publish.js')).publish(playbook, runtime),
    decide: (record, asker, how) => decideNow(record, asker, how?.verdicts === 'all'),
    respond: (request) => respond(request, runtime),
    async tick() {
      const changed = new Set<SubjectKey>();
      const context = await runtime.absorbing();
      const { now } = context;
      for (let due = await store.due(now, PAGE); due.length > 0; due = await store.due(now, PAGE)) {
        for (const { key } of due) {
          const { changed: did } = await absorb(key, [], context);
          if (did) changed.add(key);
          await pause?.();
        }
      }
      await runtime.deliverOutbox(changed);
      runtime.notify(changed);
    },
    async playbook() {
      return (await runtime.model())?.playbook;
    },
    async why(play, record, asker) {
      const { verdicts } = await decideNow(record, asker, true);
      const found = verdicts.filter((verdict) => verdict.play === play);
      const verdict = found.find((one) => one.record === record) ?? found[0];
      if (!verdict)
        throw new OpportuneError(
          'opportune/unknown-play',
          `there is no play "${play}" that this asker may know of`,
          { where: record },
        );
      return verdict;
    },
    async seen({ id, account, opening, asker }) {
      const now = clock.now();
      await record([
        {
          id: `seen/${id}`,
          type: 'seen',
          subjects: [account],
          about: [],
          occurredAt: now,
          learnedAt: now,
          grade: 'observed',
          by: asker,
          data: { opening },
        },
      ]);
    },
    async history(record, asker) {
      const situation = await look(record, asker);
      if (!situation) return [];
      return (await import('./history.js')).tellHistory(situation, record);
    },
    async sendTip(tip) {
      await record((await tipFacts()).toTipFacts(tip, clock.now()));
    },
    async tips(asker) {
      return tipsOf(await store.read(asker));
    },
    async candidates() {
      return tipsOf(await store.read(COMPANY)).filter(
        ({ status }) => status === 'sent' || status === 'edited',
      );
    },
    async settleTip(id, change) {
      const authors = (await allKeys()).filter((key) => kindOf(key) === 'rep');
      const subjects: SubjectKey[] = [COMPANY];
      for (const stored of await store.readAll(authors))
        if (stored?.subject.tips?.[id]) subjects.push(stored.subject.key);
      await record([(await tipFacts()).toSettledFact(id, change, subjects, clock.now())]);
    },
    async kindsOff(asker) {
      const values = (await store.read(asker))?.subject.records[asker]?.values ?? {};
      return ACTION_KINDS.filter((kind) => values[kindSwitch(kind)]?.value === true);
    },
    async setKind(asker, kind, on) {
      const now = clock.now();
      await record([
        {
          id: `kind-off/${asker}/${kind}/${now}/${on}`,
          type: 'record-changed',
          subjects: [asker],
          about: [asker],
          occurredAt: now,
          learnedAt: now,
          grade: 'claimed',
          by: asker,
          data: { values: { [kindSwitch(kind)]: !on } },
        },
      ]);
    },
    watch: runtime.watch,
    close: () => store.close(),
  };
}

const tipsOf = (stored: Stored | undefined): readonly Tip[] =>
  Object.values(stored?.subject.tips ?? {}).sort(
    (a, b) => b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : -1),
  );

/** A record that is not there and one that the asker may not see give the same answer, to the byte. */
function noAccess(record: RecordId, asker: RecordId, now: number): Decision {
  return {
    record,
    account: record,
    asker,
    now: new Date(now).toISOString(),
    inputs: { playbook: '', parameters: NO_PARAMETERS.version, subjects: {} },
    shown: [],
    verdicts: [],
    counts: {},
    nothing: { because: 'no-access', lately: [] },
  };
}
