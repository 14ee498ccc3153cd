import { PLAYBOOK } from '../../src/view/fixtures.js';
import { accountWith } from './digest-bench.js';
import { DEFAULT_MORNING } from './digest-day.js';
import { createMemoryDigestLog, type DigestLog } from './digest-log.js';
import { DIGEST_ENGLISH } from './digest-strings.js';
import type { MailServer } from './mail-server.js';
import { DEFAULT_BUDGET } from './notification-budget.js';
import { createOptOut, type OptOut } from './opt-out.js';
import { createRecordLink } from './record-link.js';
import {
  createDigestSender,
  type DigestOptions,
  type DigestRep,
  type DigestSender,
} from './send-digests.js';

/** Thursday 19 November 2026, 07:30 in Portland. */
export const MORNING: number = Date.parse('2026-11-19T15:30:00Z');
export const DATE = '2026-11-19';
export const MINUTE = 60_000;
export const HOUR: number = 60 * MINUTE;

export const OPT_OUT: OptOut = createOptOut(['s'.repeat(32)]);

export function repOf(name: string, change: Partial<DigestRep> = {}): DigestRep {
  return {
    id: `demo:rep:${name}`,
    email: `${name}@example.com`,
    zone: 'America/Los_Angeles',
    at: DEFAULT_MORNING,
    budget: DEFAULT_BUDGET,
    strings: DIGEST_ENGLISH,
    ...change,
  };
}

export interface SenderBench {
  readonly clock: { at: number };
  readonly log: DigestLog;
  start(): DigestSender;
}

/** A gateway that can be started again on the same log, at a time that the test sets; Maya has one thing to do. */
export function senderBench(
  server: MailServer,
  change: Partial<DigestOptions> = {},
  log: DigestLog = createMemoryDigestLog(),
): SenderBench {
  const clock = { at: MORNING, now: () => clock.at };
  const options: DigestOptions = {
    tenant: 'acme',
    reps: async () => [repOf('maya')],
    decisions: async (asker) => [accountWith('a', [1], {}, { asker })],
    playbook: async () => PLAYBOOK,
    log,
    mailer: server.mailer(),
    clock,
    link: createRecordLink({ demo: 'https://crm.example.com/{id}' }),
    optOut: OPT_OUT,
    stopAt: 'https://opportune.example.com/stop/',
    domain: 'example.com',
    mailsAMinute: 100,
    ...change,
  };
  return { clock, log, start: () => createDigestSender(options) };
}

/** How many mails a mail program would show that knows a repeated one by its id. */
export function mailsOf(server: MailServer): number {
  return new Set(server.received.map(({ messageId }) => messageId)).size;
}
