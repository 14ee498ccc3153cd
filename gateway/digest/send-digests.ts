import { type Decision, isOpportuneError, type Playbook, type RecordId } from 'opportune';
import { digestDay } from './digest-day.js';
import type { DigestLog, DigestOutcome } from './digest-log.js';
import type { DigestStrings } from './digest-strings.js';
import { type MailFailure, toMailFailure } from './mail-failure.js';
import type { Mailer } from './mailer.js';
import { firstOfWeek, isSpent, type NotificationBudget } from './notification-budget.js';
import type { OptOut } from './opt-out.js';
import { planDigest } from './plan-digest.js';
import type { RecordLink } from './record-link.js';
import { type DigestMail, renderDigest } from './render-digest.js';

export interface DigestRep {
  readonly id: RecordId;
  readonly email: string;
  readonly name?: string;
  /** IANA zone of the rep. */
  readonly zone: string;
  /** `HH:MM` there. */
  readonly at: string;
  readonly budget: NotificationBudget;
  readonly strings: DigestStrings;
}

export interface DigestOptions {
  readonly tenant: string;
  /** Who may get the mail: nobody who was erased or has left. */
  reps(): Promise<readonly DigestRep[]>;
  /** One an account of the rep, as of now. */
  decisions(rep: RecordId): Promise<readonly Decision[]>;
  playbook(): Promise<Playbook | undefined>;
  readonly log: DigestLog;
  readonly mailer: Mailer;
  readonly clock: { now(): number };
  readonly link: RecordLink;
  readonly optOut: OptOut;
  /** Where the mail is stopped; the token follows it. https. */
  readonly stopAt: string;
  /** The domain of the sender. */
  readonly domain: string;
  readonly mailsAMinute: number;
}

/** What one run did. */
export interface DigestRun {
  readonly sent: number;
  readonly nothing: number;
  /** Left out, because these reps have had as many as they may have in a week. */
  readonly spent: number;
  /** For the admin: no address, no text of a card. */
  readonly problems: readonly { readonly rep: RecordId; readonly reason: string }[];
  /** The rest has to wait for a later run: the mails of this minute are spent, or the server takes none. */
  readonly stopped?: 'mails-a-minute' | 'server';
}

export interface DigestSender {
  /** Sends what is due. Call it every minute; a call during a run joins it. */
  run(): Promise<DigestRun>;
}

const MINUTE_MS = 60_000;
/** Longer than deciding and sending may take; then another process may take over. */
const CLAIM_MS = 10 * MINUTE_MS;
const BACK_OFF_MINUTES = [1, 2, 4, 8, 15];

/**
 * The morning mails of one tenant: each rep and day once, whoever runs it, however often, and however it ended before. A
 * process that dies between the server's yes and the log leaves a mail that is sent again, with the same Message-ID.
 */
export function createDigestSender(options: DigestOptions): DigestSender {
  const { tenant, log, mailer, clock, optOut, mailsAMinute } = options;
  let sentAt: number[] = [];
  let running: Promise<DigestRun> | undefined;

  function mayMail(): boolean {
    const now = clock.now();
    sentAt = sentAt.filter((at) => at > now - MINUTE_MS && at <= now);
    return sentAt.length < mailsAMinute;
  }

  async function sendAll(): Promise<DigestRun> {
    const playbook = await options.playbook();
    const problems: { rep: RecordId; reason: string }[] = [];
    const done = { sent: 0, nothing: 0, spent: 0 };
    if (!playbook) return { ...done, problems };
    for (const rep of await options.reps()) {
      const now = clock.now();
      const day = morningOf(rep, playbook, now);
      if (!day) continue;
      if ('reason' in day) {
        problems.push({ rep: rep.id, reason: day.reason });
        continue;
      }
      if (!mayMail()) return { ...done, problems, stopped: 'mails-a-minute' };
      const attempt = await log.claim(rep.id, day.date, now, now + CLAIM_MS);
      if (attempt === undefined) continue;
      const failure = await sendOne(rep, playbook, day.date);
      const outcome =
        typeof failure === 'string' ? { state: failure } : toOutcome(failure, attempt, day.until);
      await log.settle(rep.id, day.date, attempt, outcome);
      if (typeof failure === 'string') done[failure]++;
      else problems.push({ rep: rep.id, reason: failure.reason });
      if (typeof failure !== 'string' && failure.kind === 'server')
        return { ...done, problems, stopped: 'server' };
    }
    return { ...done, problems };
  }

  function toOutcome({ kind, reason }: MailFailure, attempt: number, until: number): DigestOutcome {
    const again = clock.now() + backOff(attempt);
    return kind === 'never' || again >= until
      ? { state: 'failed', reason }
      : { state: 'waiting', until: again, reason };
  }

  async function sendOne(
    { id, zone, strings, email, name, budget }: DigestRep,
    playbook: Playbook,
    date: string,
  ): Promise<'sent' | 'nothing' | 'spent' | MailFailure> {
    const sent = await log.sent(id, firstOfWeek(date));
    if (isSpent(sent, date, budget)) return 'spent';
    const now = clock.now();
    const { link, domain, stopAt } = options;
    let mail: DigestMail;
    try {
      const decisions = await options.decisions(id);
      const digest = planDigest({ rep: id, decisions, playbook, strings, now, zone, link });
      if ('nothing' in digest) return 'nothing';
      const stopUrl = `${stopAt.replace(/\/$/, '')}/${optOut.tokenOf({ tenant, rep: id })}`;
      mail = renderDigest(digest, { stopUrl, tenant, domain });
    } catch (error) {
      return { kind: 'later', reason: `the actions could not be worked out (${codeOf(error)})` };
    }
    // Deciding took its time, and a click in it counts.
    if (await log.hasStopped(id)) return 'nothing';
    sentAt.push(now);
    try {
      await mailer.send(mail, { address: email, ...(name !== undefined && { name }) }, now);
      return 'sent';
    } catch (error) {
      return toMailFailure(error);
    }
  }

  return {
    run() {
      running ??= sendAll().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

function backOff(attempt: number): number {
  return (BACK_OFF_MINUTES[attempt - 1] ?? (BACK_OFF_MINUTES.at(-1) as number)) * MINUTE_MS;
}

/** A rep whose settings are wrong holds up nobody else. */
function morningOf(
  { zone, at, budget: { quiet } }: DigestRep,
  playbook: Playbook,
  now: number,
): ReturnType<typeof digestDay> | { readonly reason: string } {
  try {
    return digestDay(now, { zone, at, quiet }, playbook);
  } catch (error) {
    return { reason: `the rep's zone or time is wrong (${codeOf(error)})` };
  }
}

function codeOf(error: unknown): string {
  return isOpportuneError(error) ? error.code : 'unexpected';
}
