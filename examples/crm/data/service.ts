import { dateOn, workdayFrom } from './calendar.js';
import { CASES, SURVEY_WORDS } from './phrases.js';
import { moment, peopleOn, personFor, type Telling } from './telling.js';

/** Machines break down now and then; who waits long says so in the survey. `from` is the first day. */
export function tellCases(telling: Telling, from: number): void {
  const { profile, draws } = telling;
  const perYear = 0.25 * profile.machines.length + 0.4 * (1 - profile.warmth);
  const yearly = 365 / Math.max(0.15, perYear);
  const opened: { day: number; closed: number }[] = [];
  for (
    let day = from + Math.round(draws.exponential(yearly));
    day < 0;
    day += 4 + Math.round(draws.exponential(yearly))
  )
    opened.push({
      day,
      closed: day + Math.max(1, Math.round(draws.logNormal(7 - 4 * profile.warmth, 0.8))),
    });
  for (const { day, closed } of opened) {
    const open = (on: number): number =>
      opened.filter((one) => workdayFrom(one.day) <= on && workdayFrom(one.closed) > on).length;
    tellCase(telling, {
      day,
      closed,
      open,
      severity: draws.pickZipf(['low', 'medium', 'high'] as const),
    });
  }
}

function tellCase(
  telling: Telling,
  {
    day,
    closed,
    open,
    severity,
  }: {
    readonly day: number;
    readonly closed: number;
    readonly open: (day: number) => number;
    readonly severity: 'low' | 'medium' | 'high';
  },
): void {
  const { log, draws, profile } = telling;
  const number = `${20_000 + draws.whole(0, 9_999)}`;
  const subject = draws.pick(CASES);
  const reporter = personFor(telling, day, 'user', 'technical');
  const product = profile.machines[Number(number) % profile.machines.length];
  const about = { case: number, severity, subject, ...(product && { product }) };
  const escalates = severity === 'high' && closed - day > 6;
  const opening = moment(draws, day, 7, 16);
  log.happened(opening, 'case-opened', { by: reporter.id, data: about });
  log.changed(opening + 60_000, { openCases: open(workdayFrom(day)) });
  if (draws.chance(0.6))
    log.happened(opening + draws.between(0.5, 6) * 3_600_000, 'call-made', {
      by: profile.service,
      contacts: [reporter.id],
      data: { minutes: draws.whole(5, 18), text: `“${capital(subject)}, case is open.”` },
    });
  if (escalates) log.changed(moment(draws, day + 4), { openEscalation: true });
  const closing = moment(draws, closed, 9, 17);
  log.happened(closing, 'case-closed', {
    by: profile.service,
    contacts: [reporter.id],
    data: about,
  });
  log.changed(closing + 60_000, {
    openCases: open(workdayFrom(closed)),
    ...(escalates && { openEscalation: false }),
  });
  if (draws.chance(0.45)) tellSurvey(telling, closed + draws.whole(1, 4), (closed - day) / 6 - 0.6);
}

/** `annoyance`: points taken off what they would say on a good day. */
export function tellSurvey(telling: Telling, day: number, annoyance = 0): void {
  const { log, draws, profile } = telling;
  const score = Math.round(
    Math.min(10, Math.max(1, 4.6 + 5 * profile.warmth - annoyance + draws.between(-1, 1))),
  );
  const band = score < 6 ? 'low' : score < 9 ? 'middle' : 'high';
  log.happened(moment(draws, day), 'survey-answered', {
    by: draws.pick(peopleOn(telling, day)).id,
    data: { score, ...(draws.chance(0.7) && { text: draws.pick(SURVEY_WORDS[band] ?? ['']) }) },
  });
}

/** Warehouse figures as of a night: what the orders of the last months say about the next. */
export function tellFigures(telling: Telling, day: number): void {
  const { log, draws, profile, purchases } = telling;
  const sum = (from: number, to: number): number =>
    purchases.reduce(
      (total, one) =>
        total + (one.consumable && one.day > from && one.day <= to ? one.amountMinor : 0),
      0,
    );
  const recent = sum(day - 90, day);
  const before = sum(day - 180, day - 90);
  const last = purchases.findLast((one) => one.consumable && one.day <= day)?.day;
  const year = purchases.reduce(
    (total, one) => total + (one.day > day - 365 && one.day <= day ? one.amountMinor : 0),
    0,
  );
  const share = Math.min(0.97, Math.max(0.05, profile.warmth * 0.75 + draws.between(-0.05, 0.25)));
  log.changed(moment(draws, day, 2, 3), {
    ...(before > 0 && { orderChange90: Math.round((recent / before - 1) * 100) / 100 }),
    ...(last !== undefined && {
      reorderDueOn: dateOn(last + Math.round(profile.orderEvery * 1.15)),
    }),
    ...(year > 0 && {
      shareOfWallet: Math.round(share * 100) / 100,
      walletGap: {
        amountMinor: Math.round(((year * (1 - share)) / share) * 1e-5) * 1e5,
        currency: 'USD',
      },
    }),
    ...(profile.machines.length > 0 && {
      lineUse: Math.round(draws.between(0.5, 0.98) * 100) / 100,
    }),
  });
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
