import type { RecordId } from '../../../src/domain/value.js';
import { dateOn } from './calendar.js';
import { type DealPlan, STAGES, type Stage } from './deal-plans.js';
import { DEAL_ANSWERS, DEAL_SUBJECTS, MEETING_NOTES } from './phrases.js';
import type { Person } from './profile.js';
import { buy, exchange, moment, peopleOn, personFor, type Telling } from './telling.js';

/** Where the buyer may stand while we are in a stage; their way is not ours. */
const JOBS: { readonly [stage in Stage]: readonly string[] } = {
  Discovery: ['problem', 'solution'],
  Evaluation: ['requirements', 'solution', 'selection', 'problem'],
  Proposal: ['selection', 'validation', 'consensus'],
  Negotiation: ['consensus', 'validation'],
};
const FORECASTS = ['Pipeline', 'Pipeline', 'Best case', 'Commit'] as const;

/** Tells one deal from its first day to its end, or to today. Returns its id. */
export function tellDeal(telling: Telling, plan: DealPlan): RecordId {
  const { profile, log, draws } = telling;
  const deal = `demo:opportunity:${profile.id.slice(13)}-${++telling.deals}`;
  const signer = personFor(telling, plan.start, 'economicBuyer', 'user');
  const others = peopleOn(telling, plan.start).filter((person) => person !== signer);
  const many = plan.wins ? draws.whole(1, 3) : draws.whole(0, plan.keen > 0.55 ? 2 : 1);
  const people: Person[] = [signer, ...draws.sample(others, many)];
  const amount = { amountMinor: plan.product.price * plan.quantity * 100, currency: 'USD' };
  const length = plan.stays.reduce((sum, stay) => sum + stay, 0);
  const closes = plan.start + Math.round(length * draws.between(0.85, 1.5)) + 5;
  const replyRate = 0.25 + 0.65 * plan.keen;
  let day = plan.start;
  plan.stays.forEach((stay, index) => {
    const stage = STAGES[index] ?? 'Negotiation';
    log.changed(
      moment(draws, day, 7, 8),
      {
        stage,
        ...(draws.chance(0.72) && { job: draws.pickZipf(JOBS[stage]) }),
        forecast: FORECASTS[index] ?? 'Commit',
        ...(index === 0 && {
          name: plan.name,
          kind: plan.kind,
          product: plan.product.id,
          amount,
          closeDate: dateOn(closes),
          owner: profile.owner,
          contacts: people.map((person) => person.id),
          open: true,
          registered: profile.channel === 'Partner' && draws.chance(0.6),
        }),
      },
      deal,
      profile.owner,
    );
    tellStage(telling, { deal, plan, stage, from: day, until: day + stay, people, replyRate });
    day += stay;
  });
  finish(telling, plan, deal, day, signer);
  return deal;
}

function tellStage(
  telling: Telling,
  {
    deal,
    plan,
    stage,
    from,
    until,
    people,
    replyRate,
  }: {
    readonly deal: RecordId;
    readonly plan: DealPlan;
    readonly stage: Stage;
    readonly from: number;
    readonly until: number;
    readonly people: readonly Person[];
    readonly replyRate: number;
  },
): void {
  const { profile, log, draws } = telling;
  const signer = people[0] as Person;
  const fill = (text: string): string => text.replace('{deal}', plan.name);
  if (stage === 'Discovery' && draws.chance(0.5))
    log.happened(moment(draws, from - 2), 'page-visited', {
      by: draws.pick(people).id,
      data: { page: draws.pick(['products', 'prices']) },
    });
  if (stage === 'Evaluation' && draws.chance(0.35 + 0.5 * plan.keen))
    meet(telling, from + Math.max(2, Math.round((until - from) / 2)), people, deal);
  if (stage === 'Evaluation' && plan.product.family === 'software') {
    const started = moment(draws, from + 1);
    log.happened(started, 'trial-started', {
      by: signer.id,
      deal,
      data: { product: plan.product.id },
    });
    log.changed(started + 60_000, { trialEnds: dateOn(from + 31) }, deal, profile.owner);
  }
  if (stage === 'Evaluation' && plan.competitor)
    log.happened(moment(draws, until - 1), 'competitor-named', {
      by: draws.pick(people).id,
      deal,
      data: { competitor: plan.competitor, text: `We also have an offer from ${plan.competitor}.` },
    });
  if (stage === 'Proposal') {
    const sent = moment(draws, from + (draws.chance(0.75) ? 2 : draws.whole(3, 12)));
    log.happened(moment(draws, from, 10, 12), 'quote-begun', { by: profile.owner, deal });
    log.happened(sent, 'proposal-sent', {
      by: profile.owner,
      contacts: [signer.id],
      deal,
      data: { document: `Proposal, ${plan.name}` },
    });
    for (let n = draws.poisson(0.4 + 2.6 * plan.keen); n > 0; n--)
      log.happened(moment(draws, from + 3 + draws.whole(0, 9)), 'document-opened', {
        by: draws.pick(people).id,
        deal,
        data: { document: `Proposal, ${plan.name}` },
      });
  }
  for (let day = from + draws.whole(1, 3); day < until; day += draws.whole(5, 11)) {
    const to = draws.chance(0.45) ? signer : draws.pick(people);
    if (draws.chance(0.66)) {
      exchange(telling, day, {
        by: profile.owner,
        to,
        subject: fill(draws.pick(DEAL_SUBJECTS[stage] ?? [plan.name])),
        answer: draws.pick(DEAL_ANSWERS[stage] ?? ['Thank you.']),
        replyRate,
        deal,
      });
    } else if (draws.chance(0.25 * plan.keen + 0.1)) {
      log.happened(moment(draws, day), 'call-received', {
        by: to.id,
        deal,
        data: { minutes: draws.whole(4, 20) },
      });
    } else {
      log.happened(moment(draws, day), 'call-made', {
        by: profile.owner,
        contacts: [to.id],
        deal,
        data: draws.chance(replyRate)
          ? { minutes: draws.whole(4, 25) }
          : { minutes: 0, text: 'Left a message.' },
      });
    }
  }
}

/** Booked a few days before, held with one of us, and mostly noted down. */
export function meet(
  telling: Telling,
  day: number,
  people: readonly Person[],
  deal?: RecordId,
): void {
  const { profile, log, draws } = telling;
  const starts = moment(draws, day, 9, 16);
  const host = people[0] as Person;
  log.happened(moment(draws, day - draws.whole(3, 8)), 'meeting-booked', {
    by: host.id,
    contacts: people.map((person) => person.id),
    deal,
    data: { startsAt: new Date(starts).toISOString(), rep: profile.owner },
  });
  log.happened(starts, 'meeting-held', {
    by: host.id,
    contacts: people.map((person) => person.id),
    deal,
    data: { rep: profile.owner, minutes: draws.pick([30, 45, 60, 90]) },
  });
  if (draws.chance(0.7))
    log.happened(starts + draws.whole(2, 7) * 3_600_000, 'note-added', {
      by: profile.owner,
      deal,
      data: { text: draws.pick(MEETING_NOTES) },
    });
}

function finish(
  telling: Telling,
  plan: DealPlan,
  deal: RecordId,
  day: number,
  signer: Person,
): void {
  const { profile, log, draws } = telling;
  const time = moment(draws, day, 9, 17);
  if (plan.forgotten) return;
  if (!plan.wins) {
    const lossReason = draws.pickZipf([
      'No decision',
      'Price',
      'Timing',
      'Product',
      'Service',
    ] as const);
    log.changed(
      time,
      { stage: 'Lost', open: false, ...(draws.chance(0.6) && { lossReason }) },
      deal,
      profile.owner,
    );
    return;
  }
  log.happened(time - 3_600_000, 'contract-signed', {
    by: signer.id,
    deal,
    data: { document: plan.name },
  });
  log.changed(time, { stage: 'Won', open: false, forecast: 'Commit' }, deal, profile.owner);
  buy(telling, time + 60_000, day, plan.product, plan.quantity, signer, deal);
  if (plan.kind !== 'Machine' && plan.kind !== 'Upgrade') return;
  const delivered = day + draws.whole(21, 60);
  const starts = delivered + draws.whole(5, 14);
  log.changed(time + 120_000, {
    machineStartsOn: dateOn(starts),
    trainingSeatsLeft: 4,
    trainingEnds: dateOn(starts + 120),
  });
  log.happened(moment(draws, delivered, 7, 11), 'delivery-made', {
    deal,
    data: { product: plan.product.id },
  });
  if (!draws.chance(0.75)) return;
  const user = personFor(telling, starts, 'user', 'technical');
  const trained = moment(draws, starts + 3, 9, 12);
  log.happened(trained, 'training-held', {
    by: profile.service,
    contacts: [user.id],
    data: { product: plan.product.id, seats: 4 },
  });
  log.changed(trained + 60_000, { trainingSeatsLeft: draws.pickZipf([0, 2, 1]) });
}
