import { absorb } from './absorb.js';
import { createAccountBook } from './account-book.js';
import { groupOf } from './deliver/holdout.js';
import { isExempt } from './deliver/stages.js';
import type { ResponseRequest, ResponseResult } from './domain/response.js';
import type { RecordState, Subject } from './domain/subject.js';
import { isRunning, TRY_ARMS, TRY_LIMITS, type TryAccount, type TryPlan } from './domain/try.js';
import { kindOf, type RecordId, type SubjectKey } from './domain/value.js';
import {
  checkTryPlan,
  isOneTooMany,
  knowsRole,
  toTryEndFact,
  toTryFact,
} from './interact/try-facts.js';
import { noteToKeep } from './keep-tries.js';
import { leastToLose } from './learn-parameters.js';
import { assignArms } from './prove/assign-arms.js';
import type { Runtime } from './runtime.js';

/** Subjects that are read at a time. */
const LOT = 200;

/**
 * Begins a try: of the rep's own accounts those that lose least, dealt out by buying group. One fact of the rep holds it all,
 * so it has begun or it has not; the same request again changes nothing.
 *
 * @throws OpportuneError `opportune/try`: the plan is none
 */
export async function startTry(
  request: ResponseRequest,
  asked: TryPlan,
  runtime: Runtime,
): Promise<ResponseResult> {
  const { account, asker, id } = request;
  const { store } = runtime.options;
  const situation = await runtime.look(account, asker);
  const play = situation?.playbook.plays.find((one) => one.id === request.play);
  const { role } = asked;
  // The playbook may have gone on while the request waited on a device: that is told, as it is of a card that is gone.
  if (!situation || !play || (role !== undefined && !knowsRole(situation.playbook, role)))
    return { status: 'unknown-card' };
  const plan = checkTryPlan(asked);
  const tries = (await store.read(asker))?.subject.tries ?? {};
  if (Object.hasOwn(tries, id)) return { status: 'recorded' };
  if (isExempt(play)) return { status: 'no-try', because: 'not-this-card' };
  const context = runtime.absorbing();
  const { now } = context;
  if (isOneTooMany(tries, play.id, new Set(), now))
    return { status: 'no-try', because: 'too-many' };
  const taken = Object.values(tries).filter((one) => isRunning(one, now));
  const own = await readOwn(asker, runtime);
  for (const one of taken) for (const { account: held } of one.accounts) own.delete(held);
  const dealt = deal(await chooseLeast(own, asker, plan.accounts, runtime), own, id);
  if (new Set(dealt.map(({ group }) => group)).size < TRY_LIMITS.fewest)
    return { status: 'no-try', because: 'too-few' };
  await noteToKeep(asker, store);
  const accounts = new Set(dealt.map((one) => one.account));
  let refused = false;
  await absorb(asker, [toTryFact(request, plan, dealt, now)], {
    ...context,
    // Another device of this rep may have been faster.
    refuse(rep) {
      refused = isOneTooMany(rep.tries, play.id, accounts, now);
      return refused;
    },
  });
  if (refused) return { status: 'no-try', because: 'too-many' };
  await runtime.settle(new Set([asker]));
  return { status: 'recorded' };
}

/** Ends it now; of one that is not there, or has ended, nothing changes. */
export async function endTry(
  rep: RecordId,
  id: string,
  { options, record }: Runtime,
): Promise<ResponseResult> {
  await record([toTryEndFact(rep, id, 'rep', options.clock.now())]);
  return { status: 'recorded' };
}

const isOpenDeal = ({ id, deleted, values }: RecordState): boolean =>
  kindOf(id) === 'opportunity' && !deleted && values.open?.value === true;

/** The accounts that a rep looks after, that may be guided and have no deal open. */
async function readOwn(
  rep: RecordId,
  { options: { store, access, pause }, allKeys }: Runtime,
): Promise<Map<SubjectKey, Subject>> {
  const own = new Map<SubjectKey, Subject>();
  const keys = (await allKeys()).filter((key) => kindOf(key) === 'account');
  for (let from = 0; from < keys.length; from += LOT) {
    for (const stored of await store.readAll(keys.slice(from, from + LOT))) {
      const { key = '', records = {}, mergedInto, holdout } = stored?.subject ?? {};
      const record = records[key];
      const isOwn = record?.values.owner?.value === rep && !record.deleted && !mergedInto;
      if (Object.values(records).some(isOpenDeal)) continue;
      if (stored && isOwn && holdout !== 'holdout' && ((await access?.maySee(rep, key)) ?? true))
        own.set(key, stored.subject);
    }
    await pause?.();
  }
  return own;
}

/** Those that bought least: what fails there can be made good. */
async function chooseLeast(
  own: ReadonlyMap<SubjectKey, Subject>,
  rep: RecordId,
  most: number,
  { options: { store, clock, pause }, model }: Runtime,
): Promise<readonly SubjectKey[]> {
  const { playbook } = await model();
  const book = createAccountBook(playbook, {
    until: clock.now(),
    purchase: 'purchase',
    product: 'product',
    amount: 'amount',
  });
  for (const key of own.keys()) {
    book.add(key, await store.facts(key));
    await pause?.();
  }
  const owners = new Map([...own.keys()].map((key) => [key, rep]));
  return leastToLose({ ...book.finish(), owners }, most);
}

/** Buying groups in halves, by a hash with the try as salt: the same on every device. */
function deal(
  accounts: readonly SubjectKey[],
  own: ReadonlyMap<SubjectKey, Subject>,
  id: string,
): readonly TryAccount[] {
  const groupIn = (key: SubjectKey): string => {
    const subject = own.get(key);
    return subject ? groupOf(subject) : key;
  };
  const groups = [...new Set(accounts.map(groupIn))];
  const dealt = assignArms(
    groups.map((group) => ({ id: group, stratum: '' })),
    { arms: TRY_ARMS.length, salt: `try/${id}` },
  );
  return accounts.map((account) => {
    const group = groupIn(account);
    return { account, group, arm: TRY_ARMS[dealt.get(group) ?? 0] ?? 'usual' };
  });
}
