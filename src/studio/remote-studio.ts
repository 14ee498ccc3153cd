import type { Fact } from '../domain/fact.js';
import type { Tip } from '../domain/tip.js';
import { createGatewayCall, type GatewayCallOptions } from '../remote/gateway-call.js';
import type { Dismissal } from './dismissals.js';
import type { DraftPlaces, RemoteDraft } from './keep-draft.js';
import type { PlaybookFiles, StudioSample, TipQueue } from './studio-source.js';
import type {
  Proposal,
  PublishedVersion,
  StudioVersions,
  ToldLog,
  VersionNote,
} from './versions.js';

/** A moment is ISO 8601 over the wire. */
type Sent<One extends { readonly at: number }> = Omit<One, 'at'> & { readonly at: string };

interface SentLog {
  readonly tenant: string;
  readonly author: string;
  readonly now: string;
  readonly needsSecond: boolean;
  readonly published: readonly Sent<VersionNote>[];
  readonly proposal?: Sent<Omit<Proposal, 'files'>>;
}

interface SentPage {
  readonly facts: readonly (Omit<Fact, 'occurredAt' | 'learnedAt'> & {
    readonly occurredAt: string;
    readonly learnedAt: string;
  })[];
  readonly accounts: number;
  readonly hidden: number;
  readonly of?: number;
  readonly next?: string;
}

type SentTip = Omit<Tip, 'occurredAt' | 'steps'> & {
  readonly occurredAt: string;
  readonly steps: readonly Sent<Tip['steps'][number]>[];
};

type SentDismissal = Omit<Dismissal, 'occurredAt'> & { readonly occurredAt: string };

/** What a studio needs of its gateway. */
export interface RemoteStudio {
  /** The company. */
  readonly tenant: string;
  readonly author: string;
  /** Epoch milliseconds, by the gateway's clock. */
  readonly now: number;
  readonly versions: StudioVersions;
  readonly tips: TipQueue;
  readonly drafts: DraftPlaces['remote'];
  /** Facts of accounts that the author may see, and how many are left out. */
  sample(): Promise<StudioSample & { readonly facts: readonly Fact[] }>;
}

/** So many accounts are as much as a browser tries a play on within a few seconds. */
const MOST_ACCOUNTS = 300;

/** @throws OpportuneError what the gateway refuses, as for who may not write. */
export async function openRemoteStudio(options: GatewayCallOptions): Promise<RemoteStudio> {
  const call = createGatewayCall(options);
  /** Files of a version never change. */
  const files = new Map<number, Promise<PlaybookFiles>>();
  let waits: { readonly at: string; readonly files: Promise<PlaybookFiles> } | undefined;

  const ask = async (path: string): Promise<PlaybookFiles> =>
    (await call<{ readonly files: PlaybookFiles }>('GET', `/v1/studio/${path}`)).files;
  function filesOf(number: number): Promise<PlaybookFiles> {
    const found = files.get(number) ?? ask(`versions/${number}`);
    files.set(number, found);
    found.catch(() => files.delete(number));
    return found;
  }
  function filesOfProposal(at: string): Promise<PlaybookFiles> {
    if (waits?.at !== at) waits = { at, files: ask('proposal') };
    waits.files.catch(() => {
      waits = undefined;
    });
    return waits.files;
  }

  async function toLog({ published, proposal }: SentLog): Promise<ToldLog> {
    const last = published.at(-1);
    const live: PublishedVersion | undefined = last && {
      ...read(last),
      files: await filesOf(last.number),
    };
    return {
      published: published.map(read),
      ...(live && { live }),
      ...(proposal && {
        proposal: { ...read(proposal), files: await filesOfProposal(proposal.at) },
      }),
    };
  }
  const change = async (
    method: 'POST' | 'PUT',
    path: string,
    body: object = {},
  ): Promise<ToldLog> => toLog(await call<SentLog>(method, `/v1/studio/${path}`, body));
  const iso = (at: number): string => new Date(at).toISOString();

  const first = await call<SentLog>('GET', '/v1/studio');
  return {
    tenant: first.tenant,
    author: first.author,
    now: Date.parse(first.now),
    versions: {
      needsSecond: first.needsSecond,
      list: async () => toLog(await call<SentLog>('GET', '/v1/studio')),
      filesOf,
      publish: (own, base) => change('POST', 'versions', { files: own, base }),
      propose: (own, base) => change('PUT', 'proposal', { files: own, base }),
      approve: (at) => change('POST', 'proposal/approve', { at: iso(at) }),
      withdraw: (at) => change('POST', 'proposal/withdraw', { at: iso(at) }),
      rollBack: (number) => change('POST', `versions/${number}/roll-back`),
    },
    tips: {
      waiting: async () =>
        (await call<readonly SentTip[]>('GET', '/v1/tips/candidates')).map((tip) => ({
          ...tip,
          occurredAt: Date.parse(tip.occurredAt),
          steps: tip.steps.map(read),
        })),
      dismissals: async () =>
        (await call<readonly SentDismissal[]>('GET', '/v1/studio/dismissals')).map((one) => ({
          ...one,
          occurredAt: Date.parse(one.occurredAt),
        })),
      settle: (id, settled) => call('POST', `/v1/tips/${encodeURIComponent(id)}`, settled),
    },
    drafts: {
      read: () => call<RemoteDraft>('GET', '/v1/studio/draft'),
      write: async ({ changes, base }, revision) =>
        (
          await call<{ readonly revision: number }>('PUT', '/v1/studio/draft', {
            ...{ changes, base, revision },
          })
        ).revision,
    },
    async sample() {
      // What happened in two accounts comes with each of them.
      const byId = new Map<string, Fact>();
      let accounts = 0;
      let all: number | undefined;
      for (let after: string | undefined; ; ) {
        const page = await call<SentPage>(
          'GET',
          `/v1/studio/sample${after === undefined ? '' : `?after=${encodeURIComponent(after)}`}`,
        );
        for (const fact of page.facts)
          byId.set(fact.id, {
            ...fact,
            occurredAt: Date.parse(fact.occurredAt),
            learnedAt: Date.parse(fact.learnedAt),
          });
        accounts += page.accounts;
        all ??= page.of;
        after = page.next;
        if (after === undefined || accounts >= MOST_ACCOUNTS) break;
      }
      const facts = [...byId.values()].sort(
        (a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1),
      );
      return { facts, accounts, leftOut: Math.max(0, (all ?? accounts) - accounts) };
    },
  };
}

const read = <One extends { readonly at: string }>(
  one: One,
): Omit<One, 'at'> & { readonly at: number } => ({ ...one, at: Date.parse(one.at) });
