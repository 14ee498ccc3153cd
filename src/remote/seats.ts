import type { PanelView } from '../domain/view.js';
import { createPanelSource, type PanelSourceOptions } from '../view/source.js';
import { createHandClock, type HandClock } from './hand-clock.js';
import { createRemoteAgent, type RemoteAgent, type RemoteAgentOptions } from './remote-agent.js';
import { createTeam, KESTREL, type Team, tokenOf } from './team.js';

/** Monday 2 November 2026, 09:00 UTC. */
const START = Date.UTC(2026, 10, 2, 9);

export interface Bench extends Team {
  readonly clock: HandClock;
  agentOf(asker: string, more?: Partial<RemoteAgentOptions>): RemoteAgent;
  sit(
    asker: string,
    more?: Partial<RemoteAgentOptions>,
    panel?: Partial<PanelSourceOptions>,
  ): Promise<Seat>;
}

export interface Seat {
  readonly remote: RemoteAgent;
  readonly session: ReturnType<ReturnType<typeof createPanelSource>['open']>;
  view(): PanelView;
  shown(): string[];
}

/** A team, and seats before panels of it, on a clock in the test's hands. */
export async function bench(): Promise<Bench> {
  const clock = createHandClock(START);
  const team = await createTeam(clock);
  let ids = 0;
  const agentOf: Bench['agentOf'] = (asker, more) =>
    createRemoteAgent({
      url: 'https://gateway.example/',
      token: async () => ({ token: tokenOf(asker) }),
      asker,
      fetch: team.gateway.fetch,
      clock,
      random: () => 0.5,
      ...more,
    });
  return {
    ...team,
    clock,
    agentOf,
    async sit(asker, more, panel) {
      const remote = agentOf(asker, more);
      const source = createPanelSource(remote, {
        clock,
        connection: remote.connection,
        newId: () => `${asker}-${++ids}`,
        ...(more?.store && { store: more.store }),
        ...panel,
      });
      const views: PanelView[] = [];
      const session = source.open(KESTREL, asker, (view) => views.push(view));
      await clock.pass(100);
      const view = (): PanelView => views.at(-1) as PanelView;
      return {
        remote,
        session,
        view,
        shown: () => view().cards.map((one) => (one.type === 'card' ? one.title : one.text)),
      };
    },
  };
}

export const CARDS: readonly string[] = [
  'silent-buyer for Kestrel Foods',
  'open-case for Kestrel Foods',
];
export const idOf = (seat: Seat): string => seat.view().cards[0]?.id as string;
export const down = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));
