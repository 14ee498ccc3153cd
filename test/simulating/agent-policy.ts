import { type Agent, type Card, COMPANY, createAgent, type Fact, type SubjectKey } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import type { NIGHTLY } from '../../gateway/simulating/ours.js';
import { playbookOf } from '../../gateway/simulating/playbook-of.js';
import type { Deed, Policy } from '../../gateway/simulating/policy.js';
import type { Team, TeamAccount } from '../../gateway/simulating/team.js';
import type { World } from '../../gateway/simulating/world.js';
import { createLearnBook, toLearnedFact } from '../../src/learn-book.js';

/** What happens at an account, upon which plays open. */
const MOMENT = 'moment';
const ANSWER = 'replied';
const DAY = 86_400_000;

/** The agent as it ships, on a store of its own: facts go in, cards come out, and it learns each night. */
export async function createAgentPolicy(
  world: World,
  team: Team,
  nightly: typeof NIGHTLY,
): Promise<Policy> {
  const store = createMemoryStore();
  const clock = { at: 0 };
  const agent: Agent = await createAgent({ store, clock: { now: () => clock.at } });
  const playbook = playbookOf(world, team, { event: MOMENT });
  const plays = new Map(world.plays.map((play) => [play.id, play]));
  const cards = new Map<string, Card>();
  let facts = 0;
  let isPublished = false;

  const tell = (
    type: string,
    account: SubjectKey,
    data: Fact['data'] = {},
    more: Partial<Fact> = {},
  ): Fact => ({
    id: `f${++facts}`,
    type,
    subjects: [account],
    about: [account],
    occurredAt: clock.at,
    learnedAt: clock.at,
    grade: 'observed',
    data,
    ...more,
  });

  async function begin(at: number): Promise<void> {
    clock.at = at;
    isPublished = true;
    await agent.record(
      team.accounts.map(({ id, rep, segment, satisfaction }) =>
        tell('record-changed', id, { values: { owner: rep, segment, satisfaction } }),
      ),
      { history: true },
    );
    await agent.publish(playbook);
  }

  async function seen(account: TeamAccount, shown: readonly Card[]): Promise<void> {
    await agent.record(
      shown.map(({ opening, draw }) =>
        tell('seen', account.id, draw ? { opening, chance: draw.probability } : { opening }, {
          about: [],
          by: account.rep,
        }),
      ),
    );
  }

  return {
    async choose({ account, at }) {
      if (!isPublished) await begin(at - 1);
      clock.at = at;
      await agent.record([tell(MOMENT, account.id)]);
      const { shown } = await agent.decide(account.id, account.rep);
      await seen(account, shown);
      for (const card of shown) cards.set(`${card.play}|${account.id}`, card);
      return shown.flatMap(({ play }) => plays.get(play) ?? []);
    },
    async done({ account, play, at }: Deed) {
      clock.at = at;
      const card = cards.get(`${play.id}|${account.id}`);
      // What reps did before there were cards is theirs: nothing says which play it was.
      if (!card) return true;
      const { status } = await agent.respond({
        id: `r${++facts}`,
        play: play.id,
        record: account.id,
        account: account.id,
        opening: card.opening,
        asker: account.rep,
        occurredAt: at,
        response: { kind: 'done' },
      });
      return status === 'recorded';
    },
    async answered(account, at) {
      clock.at = Math.max(clock.at, at);
      await agent.record([
        tell(
          ANSWER,
          account.id,
          {},
          {
            occurredAt: at,
            by: account.id.replace('account', 'contact'),
            grade: 'buyer-verified',
          },
        ),
      ]);
    },
    async night(at) {
      if (!isPublished) return;
      clock.at = at;
      await agent.tick();
      const { windowMs, halfLifeMs, ...rest } = nightly;
      const settings = { days: windowMs / DAY, halfLife: halfLifeMs / DAY, success: [ANSWER] };
      const book = createLearnBook(playbook, { ...rest, ...settings }, at);
      for (const { id } of team.accounts) book.add(id, await store.facts(id));
      await agent.record([toLearnedFact(book.finish().parameters, at, COMPANY)]);
    },
  };
}
