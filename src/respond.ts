import { absorb } from './absorb.js';
import { defined } from './core/defined.js';
import { askLedger } from './deliver/attention.js';
import { toCandidate } from './deliver/candidates.js';
import { countSlots } from './deliver/ledger.js';
import type { Situation } from './deliver/situation.js';
import { isExempt } from './deliver/stages.js';
import type { Fact } from './domain/fact.js';
import type { ResponseRequest, ResponseResult } from './domain/response.js';
import type { Subject } from './domain/subject.js';
import type { JsonObject, RecordId, SubjectKey } from './domain/value.js';
import { isTouch, type ResponseContext, toClaim, toResponseFact } from './interact/responses.js';
import type { Runtime } from './runtime.js';

/**
 * An answer to a card. Time is brought up to date first, so that an answer to a card that has closed meanwhile is
 * recorded and not carried out. A touch claims its slot in the buyer's ledger by compare-and-set before anything else
 * is written; when the slot is gone the rep is told, and nothing happened.
 */
export async function respond(request: ResponseRequest, runtime: Runtime): Promise<ResponseResult> {
  const changed = new Set<SubjectKey>();
  const context = await runtime.absorbing();
  await absorb(request.account, [], context);
  const situation = await runtime.look(request.account, request.asker);
  const play = situation?.playbook.plays.find(({ id }) => id === request.play);
  const record = situation?.account.records[request.record];
  if (!situation || !play || !record) return { status: 'unknown-card' };
  const { response } = request;
  const opening = situation.account.openings[request.opening];
  if (!opening && !('opened' in play.trigger)) return { status: 'unknown-card' };
  const { contact } = toCandidate(situation, play, record, opening);
  const comments =
    response.kind === 'helpful' ||
    response.kind === 'not-helpful' ||
    response.kind === 'outcome' ||
    response.kind === 'undo';
  const closed = opening?.end !== undefined && !comments;
  const base: ResponseContext = defined({
    playbook: situation.playbook,
    play,
    contact: contact ? contact.id : undefined,
    executed: !closed,
    now: context.now,
  });
  const fact = toResponseFact(request, base);
  const claims = isTouch(response, play) && response.kind === 'done' && !closed && !isExempt(play);
  if (claims) {
    const ledger = contact?.id ?? request.account;
    const claimed = await absorb(ledger, [fact], {
      ...context,
      refuse: (subject) => !hasSlot(subject, situation, play, request.opening, contact?.id),
    });
    if (claimed.refused) return toNoSlot(claimed.subject, situation, play.action.touch ?? '');
    changed.add(ledger);
  }
  const facts = [fact, ...(closed ? [] : await claimFacts(request, base, situation, runtime))];
  await runtime.record(facts);
  for (const key of fact.subjects) changed.add(key);
  await runtime.deliverOutbox(changed);
  runtime.notify(changed);
  return closed
    ? { status: 'closed', because: opening?.ended ?? 'expired', at: opening?.end ?? context.now }
    : { status: 'recorded' };
}

/** What an answer claims about the record; an undo puts back what was known before. */
async function claimFacts(
  request: ResponseRequest,
  context: ResponseContext,
  situation: Situation,
  runtime: Runtime,
): Promise<readonly Fact[]> {
  if (request.response.kind !== 'undo') {
    const claim = toClaim(request, context);
    if (!claim) return [];
    const held = situation.account.records[claim.about[0] ?? '']?.values ?? {};
    const previous: { [bare: string]: unknown } = {};
    for (const bare of Object.keys(claim.data.values as JsonObject))
      previous[bare] = held[bare]?.value ?? null;
    return [{ ...claim, data: { ...claim.data, previous: previous as JsonObject } }];
  }
  const of = `claim/${request.response.of}`;
  const claim = (await runtime.options.store.facts(request.account)).find(({ id }) => id === of);
  if (!claim) return [];
  return [
    {
      ...claim,
      id: `unclaim/${request.id}`,
      occurredAt: Math.max(claim.occurredAt, Math.min(request.occurredAt, context.now)),
      learnedAt: context.now,
      data: { values: claim.data.previous ?? {} },
    },
  ];
}

/** Whether the ledger, as it is now, has a slot for this card. */
function hasSlot(
  subject: Subject,
  situation: Situation,
  play: Situation['playbook']['plays'][number],
  opening: string,
  contact: RecordId | undefined,
): boolean {
  const now: Situation =
    contact === undefined
      ? { ...situation, account: { ...situation.account, ledger: subject.ledger } }
      : { ...situation, ledgers: new Map([...situation.ledgers, [contact, subject.ledger]]) };
  return askLedger(now, play, opening, contact, new Map(), false)?.stop === undefined;
}

function toNoSlot(subject: Subject, situation: Situation, channel: string): ResponseResult {
  const { playbook, now } = situation;
  const { used, freesAt } = countSlots(
    subject.ledger,
    playbook.contactPolicy,
    channel,
    now,
    playbook.zone,
  );
  const by = used[used.length - 1]?.by;
  return defined({ status: 'no-slot', freesAt: freesAt ?? now + 86_400_000, by });
}
