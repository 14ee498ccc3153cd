import { absorb } from './absorb.js';
import { defined } from './core/defined.js';
import { askLedger } from './deliver/attention.js';
import { toCandidate } from './deliver/candidates.js';
import type { Situation } from './deliver/situation.js';
import { isExempt, type Stop } from './deliver/stages.js';
import type { Fact } from './domain/fact.js';
import type { ResponseRequest, ResponseResult } from './domain/response.js';
import type { JsonObject } from './domain/value.js';
import { isTouch, type ResponseContext, toClaim, toResponseFact } from './interact/responses.js';
import type { Runtime } from './runtime.js';

/** Answers that say something about a card, open or not. */
const COMMENTS: readonly string[] = ['helpful', 'not-helpful', 'outcome', 'undo'];

/**
 * An answer to a card. Time is brought up to date first, so that an answer to a card that has closed meanwhile is
 * recorded and not carried out. A touch claims its slot in the buyer's ledger by compare-and-set before anything else
 * is written; when the slot is gone the rep is told, and nothing happened.
 */
export async function respond(request: ResponseRequest, runtime: Runtime): Promise<ResponseResult> {
  const { account, response } = request;
  if (response.kind === 'try')
    return (await import('./start-try.js')).startTry(request, response, runtime);
  if (response.kind === 'end-try')
    return (await import('./start-try.js')).endTry(request.asker, response.of, runtime);
  const context = runtime.absorbing();
  await absorb(account, [], context);
  const situation = await runtime.look(account, request.asker);
  const play = situation?.playbook.plays.find(({ id }) => id === request.play);
  const record = situation?.account.records[request.record];
  const opening = situation?.account.openings[request.opening];
  if (!situation || !play || !record || !(opening || 'opened' in play.trigger))
    return { status: 'unknown-card' };
  const candidate = toCandidate(situation, play, record, opening);
  const contact = candidate.contact?.id;
  const { playbook, account: own } = situation;
  // Sent again it is what it was, though the card may have closed since.
  const sent = own.answers[`${play.id}|${record.id}`]?.find(({ id }) => id === request.id);
  const executed =
    sent?.executed ?? (opening?.end === undefined || COMMENTS.includes(response.kind));
  const answered: ResponseContext = defined({
    playbook,
    play,
    contact,
    executed,
    now: context.now,
  });
  const fact = toResponseFact(request, answered);
  if (executed && response.kind === 'done' && isTouch(response, play) && !isExempt(play)) {
    let stop: Stop | undefined;
    await absorb(contact ?? account, [fact], {
      ...context,
      refuse(ledger) {
        const subjects = new Map([...situation.subjects, [ledger.key, ledger]]);
        stop = askLedger({ ...situation, subjects }, candidate)?.stop;
        return stop !== undefined;
      },
    });
    if (stop) return toNoSlot(stop, context.now);
  }
  const claims = executed ? await claimFacts(request, answered, situation, runtime) : [];
  await runtime.record([fact, ...claims]);
  return executed || !opening
    ? { status: 'recorded' }
    : { status: 'closed', because: opening.ended ?? 'expired', at: opening.end ?? context.now };
}

/** What an answer claims about the record, with what was known before; an undo puts that back. */
async function claimFacts(
  request: ResponseRequest,
  context: ResponseContext,
  told: Situation,
  { options }: Runtime,
): Promise<readonly Fact[]> {
  const isUndo = request.response.kind === 'undo';
  const claim = isUndo ? undefined : toClaim(request, context);
  if (!isUndo && !claim) return [];
  // As it is, and not as it is told to who answers: what is hidden from this person is put back too.
  const account = (await options.store.read(told.account.key))?.subject ?? told.account;
  if (!claim) return (await import('./unclaim.js')).unclaim(request, account, options);
  const held = account.records[claim.about[0] ?? '']?.values ?? {};
  const previous: { [bare: string]: unknown } = {};
  for (const bare of Object.keys(claim.data.values as JsonObject))
    previous[bare] = held[bare] ?? null;
  return [{ ...claim, data: { ...claim.data, previous: previous as JsonObject } }];
}

/** When the slot frees, or passes on from the card that holds it, and who touched the buyer last. */
function toNoSlot({ until, ledger }: Stop, now: number): ResponseResult {
  return defined({
    status: 'no-slot',
    freesAt: until === undefined ? now + 86_400_000 : Date.parse(until),
    by: ledger?.touches.at(-1)?.by,
  });
}
