import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { acceptancePlaybook } from '../test/acceptance-playbook.js';
import { createKestrel, DANA, KESTREL, MAYA, TOM } from '../test/kestrel.js';
import type { RecordId } from './domain/value.js';

const HOUR = 3_600_000;
const RUNS = { numRuns: 25, seed: 20261121 };
const playbook = acceptancePlaybook();

describe('the attention ledger, whatever happens', () => {
  it('offers no card and lets no accept succeed when it has no slot', async () => {
    let offered = 0;
    let accepted = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 60 }),
            fc.constantFrom('touch', 'accept', 'stale-accept', 'reply', 'look', 'undo'),
            fc.boolean(),
          ),
          { minLength: 10, maxLength: 40 },
        ),
        async (steps) => {
          const scenario = await createKestrel(playbook);
          const { agent, store, fact, values } = scenario;
          const second = 'crm:opportunity:second';
          await agent.record([
            values(second, KESTREL, {
              name: 'Second',
              stage: 'Evaluation',
              amount: { amountMinor: 5_000_000, currency: 'USD' },
              owner: TOM,
              contacts: [DANA],
            }),
            fact('email-received', [KESTREL, DANA], {}, { by: DANA, grade: 'buyer-verified' }),
          ]);
          await scenario.pass({ days: 14 });
          const used = async (): Promise<number> => {
            const today = Math.floor(scenario.clock.at / (24 * HOUR));
            const touches = (await store.read(DANA))?.subject.ledger.touches ?? [];
            return touches.filter(({ at }) => Math.floor(at / (24 * HOUR)) > today - 7).length;
          };
          const seen: { opening: string; record: RecordId; asker: RecordId }[] = [];
          let lastDone:
            | { id: string; opening: string; record: RecordId; asker: RecordId }
            | undefined;
          for (const [i, [hours, what, maya]] of steps.entries()) {
            await scenario.pass({ hours });
            const asker = maya ? MAYA : TOM;
            if (what === 'touch')
              await agent.record([fact('call-made', [KESTREL, DANA], {}, { by: 'crm:rep:other' })]);
            if (what === 'reply')
              await agent.record([
                fact('email-received', [KESTREL, DANA], {}, { by: DANA, grade: 'buyer-verified' }),
              ]);
            const shown = (await scenario.decide(KESTREL, asker)).shown.filter(
              ({ action }) => action.touch !== undefined && action.contact?.id === DANA,
            );
            offered += shown.length;
            if (shown.length > 0) expect(await used(), 'a card was offered').to.be.lessThan(3);
            for (const { opening, record } of shown) seen.push({ opening, record, asker });
            const target =
              what === 'accept'
                ? seen.find(({ opening }) => opening === shown[0]?.opening)
                : what === 'stale-accept'
                  ? seen[i % Math.max(1, seen.length)]
                  : undefined;
            if (target) {
              const before = await used();
              const id = `a${i}`;
              const result = await agent.respond({
                id,
                play: 'silent-buyer',
                account: KESTREL,
                occurredAt: scenario.clock.at,
                response: { kind: 'done' },
                ...target,
              });
              if (result.status === 'recorded') {
                accepted++;
                expect(before, 'an accept succeeded').to.be.lessThan(3);
                lastDone = { id, ...target };
              } else refused++;
            }
            if (what === 'undo' && lastDone) {
              const { id, ...target } = lastDone;
              await agent.respond({
                id: `u${i}`,
                play: 'silent-buyer',
                account: KESTREL,
                occurredAt: scenario.clock.at,
                response: { kind: 'undo', of: id },
                ...target,
              });
              lastDone = undefined;
            }
          }
        },
      ),
      RUNS,
    );
    // The property says nothing if nothing of it came about.
    expect(offered, 'cards offered').to.be.greaterThan(50);
    expect(accepted, 'accepts').to.be.greaterThan(10);
    expect(refused, 'refusals').to.be.greaterThan(5);
  }).timeout(30_000);
});
