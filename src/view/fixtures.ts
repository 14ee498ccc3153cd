import type { Agent, HistoryEntry } from '../domain/agent.js';
import type { ArbitrationView, Card, Decision, Verdict } from '../domain/decision.js';
import type { Play, Playbook } from '../domain/playbook.js';
import type { ResponseRequest, ResponseResult } from '../domain/response.js';
import type { TipRequest } from '../domain/tip.js';

/** Decisions by hand and an agent that only remembers, for the tests of the view. */

/** Thursday 19 November 2026, 10:24 in Portland. */
export const NOW: number = Date.parse('2026-11-19T18:24:00Z');
export const ACCOUNT = 'demo:account:17';
export const DEAL = 'demo:opportunity:12';
export const DANA = 'demo:contact:3';
export const MAYA = 'demo:rep:3';
export const TOM = 'demo:rep:4';

export function play(id: string, change: Partial<Play> = {}): Play {
  return {
    id,
    title: [`Title of ${id}`],
    why: ['Because.'],
    about: 'account',
    trigger: { opened: true },
    action: { kind: 'call', minutes: 10 },
    for: 'owner',
    serves: {},
    expiresMs: 86_400_000,
    coolDownMs: { done: 0, notRelevant: 0 },
    owner: 'ana@example.com',
    file: `plays/${id}.yaml`,
    ...change,
  };
}

export const PLAYBOOK: Playbook = {
  format: 1,
  name: 'demo',
  version: 'v1',
  currency: 'USD',
  zone: 'America/Los_Angeles',
  holidays: ['2026-11-26', '2026-11-27'],
  workdays: [1, 2, 3, 4, 5],
  attributes: [
    {
      id: 'opportunity.stage',
      label: 'Stage',
      type: 'choice',
      of: 'opportunity',
      values: [
        { id: 'evaluation', label: 'Evaluation' },
        { id: 'negotiation', label: 'Negotiation' },
      ],
    },
    {
      id: 'opportunity.replies',
      label: 'Replies in 14 days',
      type: 'number',
      of: 'opportunity',
      derive: { op: 'count', facts: { types: ['email-received'] }, days: 14 },
    },
    {
      id: 'opportunity.daysSinceBuyerReply',
      label: 'Days since the buyer replied',
      type: 'number',
      unit: 'days',
      of: 'opportunity',
      derive: { op: 'days-since', facts: { types: ['email-received'] } },
    },
    { id: 'opportunity.amount', label: 'Amount', type: 'number', unit: 'money', of: 'opportunity' },
    { id: 'opportunity.closeDate', label: 'Close date', type: 'date', of: 'opportunity' },
    { id: 'account.openEscalation', label: 'Open escalation', type: 'boolean', of: 'account' },
    { id: 'account.city', label: 'City', type: 'text', of: 'account' },
    {
      id: 'account.brands',
      label: 'Brands',
      type: 'multi',
      of: 'account',
      values: [
        { id: 'halden', label: 'Halden' },
        { id: 'larkeye', label: 'Larkeye' },
      ],
    },
  ],
  products: [],
  goals: [
    { id: 'revenue', label: 'Revenue', weight: 1, scale: 100_000, unit: 'money' },
    { id: 'retention', label: 'Keep customers', weight: 2, scale: 1, floor: 0.9, unit: 'rate' },
  ],
  plays: [play('silent-buyer'), play('proposal-opened', { action: { kind: 'email', minutes: 5 } })],
  contents: [],
  reasons: [
    { id: 'wrong-person', label: 'Wrong person', scope: 'rep', asks: 'Who is the right person?' },
    { id: 'bought-elsewhere', label: 'Bought elsewhere', scope: 'record' },
  ],
  contactPolicy: { limits: [{ touches: 3, days: 7 }], touches: { 'call-made': 'call' } },
  holdout: { rate: 0.1, salt: 's' },
  costs: { minute: 0.001, touch: 0.01 },
  propensity: 0.2,
  rollOut: 20,
  correctionDays: 90,
};

export function arbitration(change: Partial<ArbitrationView> = {}): ArbitrationView {
  return {
    priority: 3.1,
    goals: [
      {
        goal: 'revenue',
        label: 'Revenue',
        share: 1,
        weight: 1,
        credit: 1,
        value: 3_080_000,
        unit: 'money',
      },
    ],
    minuteCost: 0,
    touchCost: 0,
    propensity: { rate: 0.3, sampleSize: 0 },
    ...change,
  };
}

export function card(id: string, change: Partial<Card> = {}): Card {
  return {
    opening: `${id}|${DEAL}|1`,
    play: id,
    record: DEAL,
    rank: 1,
    title: ['Call ', { value: 'Dana Ruiz', type: 'text' }, ' about the renewal'],
    why: ['She signs it.'],
    changed: {
      text: ['No reply for ', { value: 14, type: 'number', unit: 'days' }, ' days'],
      at: '2026-11-19T16:05:00Z',
    },
    action: {
      kind: 'call',
      minutes: 15,
      touch: 'call',
      contact: {
        id: DANA,
        name: 'Dana Ruiz',
        phone: '+1 (503) 555-0142',
        email: 'dana@kestrel.example',
      },
    },
    arbitration: arbitration(),
    goal: {
      goal: 'retention',
      label: 'Keep customers',
      share: 1,
      weight: 2,
      credit: 0.5,
      value: 0.1,
      unit: 'rate',
      level: 0.91,
      floor: 0.9,
    },
    ledger: { contact: DANA, used: 1, limit: 3, days: 7, touches: [] },
    evidence: [],
    contents: [],
    reasons: PLAYBOOK.reasons.map(({ id: reason, label, scope, asks }) => ({
      id: reason,
      label,
      scope,
      ...(asks && { asks }),
    })),
    ...change,
  };
}

export function verdict(change: Partial<Verdict> = {}): Verdict {
  return {
    play: 'proposal-opened',
    record: DEAL,
    title: ['Send the business case'],
    stage: 'applicability',
    ...change,
  };
}

export function decision(change: Partial<Decision> = {}): Decision {
  return {
    record: ACCOUNT,
    account: ACCOUNT,
    asker: MAYA,
    now: new Date(NOW).toISOString(),
    inputs: { playbook: 'v1', parameters: 'p1', subjects: {} },
    shown: [],
    verdicts: [],
    counts: {},
    names: {
      [ACCOUNT]: 'Kestrel Foods',
      [MAYA]: 'Maya Lindqvist',
      [TOM]: 'Tom Okafor',
      [DANA]: 'Dana Ruiz',
    },
    ...change,
  };
}

export interface FakeAgent extends Agent {
  readonly responses: ResponseRequest[];
  readonly tipsSent: TipRequest[];
  readonly looks: Parameters<Agent['seen']>[0][];
  /** Of each look the answers that it asked about. */
  readonly asked: (readonly string[])[];
  /** Decides so from now on, and says that something changed. */
  becomes(next: Decision, happened?: readonly HistoryEntry[]): void;
  /** What `respond` does with the next answers. */
  answers(respond: (request: ResponseRequest) => Promise<ResponseResult>): void;
  /** `decide` fails so until it is called with nothing. */
  fails(error?: Error): void;
}

export function createFakeAgent(first: Decision): FakeAgent {
  let now = first;
  let history: readonly HistoryEntry[] = [];
  let failure: Error | undefined;
  let respond = async (_: ResponseRequest): Promise<ResponseResult> => ({ status: 'recorded' });
  const listeners = new Set<() => void>();
  const responses: ResponseRequest[] = [];
  const tipsSent: TipRequest[] = [];
  const looks: FakeAgent['looks'] = [];
  const asked: (readonly string[])[] = [];
  const off = new Set<string>();
  const unused = async (): Promise<never> => {
    throw new Error('not used by a panel');
  };
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    responses,
    tipsSent,
    looks,
    asked,
    becomes(next, happened = history) {
      now = next;
      history = happened;
      tell();
    },
    answers: (next) => {
      respond = next;
    },
    fails(error) {
      failure = error;
      tell();
    },
    record: unused,
    tick: unused,
    publish: unused,
    playbook: async () => PLAYBOOK,
    async decide(_, __, { answers = [] } = {}) {
      asked.push(answers);
      if (failure) throw failure;
      return now;
    },
    why: unused,
    async respond(request) {
      const result = await respond(request);
      responses.push(request);
      return result;
    },
    seen: async (look) => void looks.push(look),
    history: async () => history,
    sendTip: async (tip) => void tipsSent.push(tip),
    tips: async () => [],
    candidates: unused,
    settleTip: unused,
    tries: async () => [],
    kindsOff: async () => [...off],
    setKind: async (_asker, kind, on) => {
      if (on) off.delete(kind);
      else off.add(kind);
    },
    watch(_record, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: unused,
  } as FakeAgent;
}
