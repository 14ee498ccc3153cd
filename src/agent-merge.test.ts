import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  buyer,
  createKestrel,
  DANA,
  KESTREL,
  MAYA,
  PRIYA,
  seller,
  TOM,
  titles,
} from '../test/kestrel.js';
import type { Scenario } from '../test/scenario.js';
import { stableJson } from './core/stable-json.js';
import type { Fact } from './domain/fact.js';
import { openOf } from './domain/subject.js';

const DOUBLE = 'crm:account:double';
const OWEN = 'crm:contact:owen';
const OTHER_DEAL = 'crm:opportunity:other';

const merged = ({ fact }: Scenario, from = DOUBLE, into = KESTREL): Fact =>
  fact('merged', [], { into }, { subjects: [from], about: [from] });
const subjectOf = async ({ store }: Scenario, key: string) =>
  (await store.read(key))?.subject ?? expect.fail(`no ${key}`);

/** Kestrel, and a second record of the same company with a deal and a contact of its own. */
async function createDoubled(double = DOUBLE): Promise<Scenario> {
  const scenario = await createKestrel();
  const { agent, values, fact } = scenario;
  await agent.record([
    ...(double === KESTREL
      ? []
      : [values(double, double, { name: 'Kestrel Foods Ltd', owner: MAYA, openCases: 0 })]),
    values(OWEN, double, { name: 'Owen', role: ['champion'] }),
    values(OTHER_DEAL, double, { name: 'Other', stage: 'Evaluation', owner: MAYA }),
    fact('email-received', [double, OWEN], {}, buyer(OWEN)),
  ]);
  return scenario;
}

describe('a merge', () => {
  it('brings deals, people and what happened to the survivor, whose own name stays', async () => {
    const scenario = await createDoubled();
    const { agent, clock, decide, fact, store } = scenario;
    clock.at += 86_400_000;
    await agent.record([fact('email-received', [KESTREL, PRIYA], {}, buyer(PRIYA))]);
    expect(titles(await decide(KESTREL, MAYA))).to.not.include('ask-reference');
    await agent.record([merged(scenario)]);
    const { records } = await subjectOf(scenario, KESTREL);
    expect(records[KESTREL]?.values.name?.value).to.equal('Kestrel Foods');
    expect(records).to.include.keys(OWEN, OTHER_DEAL);
    expect(records).to.not.include.keys(DOUBLE);
    expect(titles(await decide(KESTREL, MAYA)), 'two replies, of both').to.include('ask-reference');
    expect(await store.outbox(10)).to.deep.equal([]);
    expect((await decide(DOUBLE, MAYA)).account, 'the old id shows the survivor').to.equal(KESTREL);
    expect((await decide(OTHER_DEAL, MAYA)).account).to.equal(KESTREL);
  });

  it('sends what comes for the old id afterwards, late or not, to the survivor', async () => {
    const scenario = await createDoubled();
    const { agent, clock, fact } = scenario;
    await agent.record([merged(scenario)]);
    clock.at += 86_400_000;
    const late = { occurredAt: clock.at - 80_000_000, ...buyer(OWEN) };
    await agent.record([fact('email-received', [DOUBLE, OWEN], {}, late)]);
    expect(titles(await scenario.decide(KESTREL, MAYA))).to.include('ask-reference');
    expect(openOf((await subjectOf(scenario, DOUBLE)).openings)).to.deep.equal([]);
  });

  it('is made once however often it is told, and never in a circle', async () => {
    const scenario = await createDoubled();
    const { agent, store } = scenario;
    const told = merged(scenario);
    await agent.record([told]);
    const after = stableJson(await store.read(KESTREL));
    await agent.record([told, { ...merged(scenario), id: told.id }]);
    await agent.record([merged(scenario, KESTREL, DOUBLE), merged(scenario, KESTREL, KESTREL)]);
    const { subject } = JSON.parse(stableJson(await store.read(KESTREL)));
    expect(subject.mergedInto).to.equal(undefined);
    expect(stableJson(subject.openings)).to.equal(stableJson(JSON.parse(after).subject.openings));
  });

  it('is carried out after a crash between its two halves', async () => {
    const scenario = await createDoubled();
    const { agent, store } = scenario;
    const { commit } = store;
    let writes = 0;
    Object.assign(store, {
      commit: async (...given: Parameters<typeof commit>) => {
        if (++writes === 2) throw new Error('crash');
        return commit(...given);
      },
    });
    const crashed = await agent.record([merged(scenario)]).then(
      () => 'none',
      ({ message }: Error) => message,
    );
    expect(crashed).to.equal('crash');
    await agent.record([]);
    expect((await subjectOf(scenario, KESTREL)).records).to.include.keys(OWEN);
  });

  it('leaves an account as if its facts had been one account from the start', async () => {
    const kinds = fc.constantFrom('email-received', 'call-made', 'notice-due');
    const happenings = fc.array(
      fc.record({ type: kinds, double: fc.boolean(), hours: fc.integer({ min: 0, max: 200 }) }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(happenings, async (list) => {
        const outcomes: string[] = [];
        for (const apart of [true, false]) {
          const scenario = await createDoubled(apart ? DOUBLE : KESTREL);
          const { agent, clock, fact } = scenario;
          const start = clock.at;
          for (const { type, double, hours } of [...list].sort((a, b) => a.hours - b.hours)) {
            clock.at = start + hours * 3_600_000;
            const account = double && apart ? DOUBLE : KESTREL;
            const person = double ? OWEN : DANA;
            const by = type === 'email-received' ? buyer(person) : seller(TOM);
            await agent.record([fact(type, [account, person], {}, by)]);
          }
          clock.at = start + 300 * 3_600_000;
          if (apart) await agent.record([merged(scenario)]);
          await agent.tick();
          const { records, openings, ledger } = await subjectOf(scenario, KESTREL);
          const derived = Object.values(records).map(({ id, derived }) => [
            id,
            Object.entries(derived).map(([name, { total, days }]) => [name, total, days]),
          ]);
          const open = openOf(openings).map(({ play, record, begin }) => [play, record, begin]);
          outcomes.push(
            stableJson([derived.sort(), open.sort(), ledger.touches.map(({ at }) => at)]),
          );
        }
        expect(outcomes[0]).to.equal(outcomes[1]);
      }),
      { numRuns: 15, seed: 20261122 },
    );
  });
});

describe('an owner change', () => {
  it('moves open cards, and no snooze', async () => {
    const scenario = await createKestrel();
    const { agent, clock, values, decide, pass, answer, fact } = scenario;
    await agent.record([fact('email-received', [KESTREL, DANA], {}, buyer(DANA))]);
    await pass({ days: 20 });
    const [card] = (await decide(KESTREL, MAYA)).shown;
    expect(card?.play).to.equal('silent-buyer');
    if (card) await answer(card, MAYA, { kind: 'snooze', until: '2026-12-24' });
    expect(titles(await decide(KESTREL, MAYA))).to.deep.equal([]);
    clock.at += 1000;
    await agent.record([values('crm:opportunity:renewal', KESTREL, { owner: TOM })]);
    expect(titles(await decide(KESTREL, TOM)), 'the snooze was hers').to.deep.equal([
      'silent-buyer',
    ]);
    expect(titles(await decide(KESTREL, MAYA))).to.deep.equal([]);
  });
});
