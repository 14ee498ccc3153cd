import type { RecordId } from '../domain/value.js';
import type { PanelSession } from '../domain/view.js';
import type { Desk } from './desk.js';
import { toHistory, toKinds, toTips } from './lists.js';
import { createReading, type Reading } from './reading.js';
import { toWhyNot } from './why-not.js';

type Tip = Parameters<PanelSession['sendTip']>[0];

export interface Inside
  extends Pick<PanelSession, 'whyNot' | 'history' | 'tips' | 'tries' | 'kinds'> {
  sendTip(tip: Tip, play: string | undefined): Promise<void>;
}

/** The views inside the panel, each read when it is opened. */
export function createInside(
  { agent, clock, strings, newId }: Desk,
  record: RecordId,
  asker: RecordId,
): Inside {
  async function read(): Promise<Reading> {
    const [playbook, decision] = await Promise.all([
      agent.playbook(),
      agent.decide(record, asker, { verdicts: 'all' }),
    ]);
    if (!playbook) throw new Error(strings.noPlaysTitle);
    return createReading(decision, playbook, strings);
  }
  return {
    whyNot: async () => toWhyNot(await read()),
    history: async () => toHistory(await agent.history(record, asker), await read()),
    tries: async () =>
      (await import('./tell-tries.js')).toTries(await agent.tries(asker), await read()),
    tips: async () => toTips(await agent.tips(asker), await read()),
    async sendTip({ text, goesWith, signed }, play) {
      const { account, situation = {} } = (await read()).decision;
      await agent.sendTip({
        id: newId(),
        asker,
        account,
        record,
        ...(play && { play }),
        text,
        attributes: Object.fromEntries(
          Object.entries(situation).filter(([attribute]) => goesWith.includes(attribute)),
        ),
        signed,
        occurredAt: clock.now(),
      });
    },
    kinds: async () => toKinds(await agent.kindsOff(asker), await read()),
  };
}
