import { absorb } from './absorb.js';
import { defined } from './core/defined.js';
import { decide } from './deliver/decide.js';
import type { Agent } from './domain/agent.js';
import type { Decision } from './domain/decision.js';
import { noteFact } from './domain/fact.js';
import { noAccess } from './domain/no-access.js';
import type { JsonObject, RecordId, SubjectKey } from './domain/value.js';
import { respond } from './respond.js';
import { type AgentOptions, createRuntime } from './runtime.js';

const PAGE = 500;

/** The loop: record, analyze, plan, monitor, deliver, interact, update, around pure functions and one store. */
export async function createAgent(options: AgentOptions): Promise<Agent> {
  const { store, clock, pause } = options;
  const runtime = createRuntime(options);
  const { record, look } = runtime;

  // What a page needs only now and then is loaded then: reasons in full, history, tips, tries, switches, and publishing.
  const explain = (): Promise<typeof import('./deliver/explain.js')> =>
    import('./deliver/explain.js');
  const tips = async (): Promise<import('./tips.js').Tips> =>
    (await import('./tips.js')).createTips(runtime);
  const tries = (): Promise<typeof import('./keep-tries.js')> => import('./keep-tries.js');
  const switches = (): Promise<typeof import('./kind-switches.js')> => import('./kind-switches.js');

  async function decideNow(record: RecordId, asker: RecordId, inFull: boolean): Promise<Decision> {
    const situation = await look(record, asker);
    if (!situation) return noAccess(record, asker, clock.now());
    return decide(situation, record, inFull ? (await explain()).explainer : undefined);
  }

  return {
    record,
    publish: async (playbook) => (await import('./publish.js')).publish(playbook, runtime),
    decide: (record, asker, how) => decideNow(record, asker, how?.verdicts === 'all'),
    respond: (request) => respond(request, runtime),
    async tick() {
      const changed = new Set<SubjectKey>();
      const context = runtime.absorbing();
      for (;;) {
        const due = await store.due(context.now, PAGE);
        if (due.length === 0) break;
        for (const { key } of due) {
          if ((await absorb(key, [], context)).changed) changed.add(key);
          await pause?.();
        }
      }
      await runtime.settle(changed, { anew: true });
      const kept = await store.names('tries/');
      if (kept.length > 0) await (await tries()).keepTries(kept, runtime);
    },
    async playbook(asker) {
      if (asker !== undefined) return (await import('./prune-for.js')).playbookFor(asker, runtime);
      const { playbook } = await runtime.model();
      return playbook.version === '' ? undefined : playbook;
    },
    why: async (play, record, asker) =>
      (await explain()).verdictOf(play, await decideNow(record, asker, true)),
    async seen({ id, account, opening, asker, draw, contents }) {
      if (options.access && !(await options.access.maySee(asker, account))) return;
      const data = defined({ opening, draw, contents }) as unknown as JsonObject;
      const fact = { id: `seen/${id}`, type: 'seen', subjects: [account], data };
      await record([noteFact({ ...fact, by: asker }, clock.now())]);
    },
    async history(record, asker) {
      const situation = await look(record, asker);
      return situation ? (await import('./history.js')).tellHistory(situation, record) : [];
    },
    sendTip: async (tip) => (await tips()).send(tip),
    tips: async (asker) => (await tips()).of(asker),
    candidates: async () => (await tips()).candidates(),
    settleTip: async (id, change) => (await tips()).settle(id, change),
    tries: async (asker) => (await tries()).tellTries(asker, runtime),
    kindsOff: async (asker) => (await switches()).kindsOff(asker, runtime),
    setKind: async (asker, kind, on) => (await switches()).setKind(asker, kind, on, runtime),
    watch: runtime.watch,
    close: () => store.close(),
  };
}
