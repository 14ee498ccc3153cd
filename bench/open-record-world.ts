import { createRandom } from '../src/core/random.js';
import type { Fact } from '../src/domain/fact.js';
import type { Attribute, Play, Playbook } from '../src/domain/playbook.js';
import { EMPTY_PLAYBOOK } from '../src/model.js';

const DAY = 86_400_000;
export const START: number = Date.UTC(2026, 0, 5, 9);
export const NOW: number = START + 300 * DAY;
export const ACCOUNT = 'bench:account:1';
export const REP = 'bench:rep:1';
const CONTACT = 'bench:contact:1';
const DEAL = 'bench:opportunity:1';
const TYPES = [
  'email-received',
  'email-sent',
  'call-made',
  'meeting-held',
  'document-opened',
  'visit-made',
];
const SEGMENTS = ['a', 'b', 'c', 'd', 'e'];

/** Twelve choices, twelve counts over a window, six silences: thirty attributes, most of them derived. */
function createAttributes(): readonly Attribute[] {
  const choices = Array.from(
    { length: 12 },
    (_, i): Attribute => ({
      id: `account.choice${i}`,
      label: `Choice ${i}`,
      type: 'choice',
      of: 'account',
      values: SEGMENTS.map((id) => ({ id, label: id })),
    }),
  );
  const counts = Array.from(
    { length: 12 },
    (_, i): Attribute => ({
      id: `account.count${i}`,
      label: `Count ${i}`,
      type: 'number',
      of: 'account',
      derive: {
        op: 'count',
        facts: { types: [TYPES[i % TYPES.length] ?? ''] },
        days: 7 * (1 + (i % 6)),
      },
    }),
  );
  const silences = TYPES.map(
    (type, i): Attribute => ({
      id: `account.silence${i}`,
      label: `Silence ${i}`,
      type: 'number',
      unit: 'days',
      of: 'account',
      says: 'Nothing for {value} days',
      derive: { op: 'days-since', facts: { types: [type] } },
    }),
  );
  return [
    ...choices,
    ...counts,
    ...silences,
    { id: 'account.owner', label: 'Owner', type: 'text', of: 'account' },
  ];
}

/** A playbook of so many plays of two to four conditions, about one in a hundred of which holds. */
export function createBenchPlaybook(count: number): Playbook {
  const random = createRandom('open-record');
  const pick = (below: number): number => Math.floor(random() * below);
  const plays = Array.from({ length: count }, (_, i): Play => {
    const all = [
      { attribute: `account.choice${pick(12)}`, in: [SEGMENTS[pick(5)] ?? 'a'] },
      { attribute: `account.choice${pick(12)}`, in: [SEGMENTS[pick(5)] ?? 'a'] },
      { attribute: `account.count${pick(12)}`, range: { gte: pick(6) } },
      { attribute: `account.silence${pick(6)}`, range: { lt: 3 + pick(30) } },
    ].slice(0, 2 + pick(3));
    return {
      id: `play-${i}`,
      title: [`Do thing ${i}`],
      why: ['It holds.'],
      about: 'account',
      trigger: { becomes: { all } },
      action: { kind: 'call', minutes: 10 },
      for: 'owner',
      serves: { revenue: { value: 1000 + pick(9000) } },
      expiresMs: 400 * DAY,
      coolDownMs: { done: DAY, notRelevant: DAY },
      owner: 'bench',
      file: '',
    };
  });
  return {
    ...EMPTY_PLAYBOOK,
    version: `bench-${count}`,
    attributes: createAttributes(),
    plays,
    goals: [{ id: 'revenue', label: 'Revenue', weight: 1, scale: 1000 }],
    propensity: 0.3,
  };
}

/** One account with a timeline of so many activities over 300 days. */
export function createBenchFacts(count: number): readonly Fact[] {
  const random = createRandom('timeline');
  const base = { learnedAt: NOW, grade: 'observed' as const };
  const values = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [`choice${i}`, SEGMENTS[Math.floor(random() * 5)] ?? 'a']),
  );
  const record = (
    id: string,
    about: string,
    held: { readonly [bare: string]: string | boolean },
  ): Fact => ({
    ...base,
    id,
    type: 'record-changed',
    subjects: about === CONTACT ? [ACCOUNT, CONTACT] : [ACCOUNT],
    about: [about],
    occurredAt: START,
    data: { values: held },
  });
  const activities = Array.from(
    { length: count },
    (_, i): Fact => ({
      ...base,
      id: `f${i}`,
      type: TYPES[Math.floor(random() * TYPES.length)] ?? 'call-made',
      subjects: [ACCOUNT, CONTACT],
      about: [ACCOUNT, CONTACT, DEAL],
      occurredAt: START + Math.floor((i / count) * 300) * DAY + Math.floor(random() * DAY * 0.4),
      data: {},
    }),
  );
  return [
    record('account', ACCOUNT, { name: 'Bench', owner: REP, ...values }),
    record('contact', CONTACT, { name: 'Somebody' }),
    record('deal', DEAL, { name: 'Deal', open: true }),
    ...activities,
  ];
}
