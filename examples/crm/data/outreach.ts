import { at } from './calendar.js';
import { meet } from './deals.js';
import { CALL_NOTES, CHECK_IN_ANSWERS, CHECK_IN_SUBJECTS, NEWSLETTERS } from './phrases.js';
import { exchange, moment, peopleOn, personFor, type Telling } from './telling.js';

/** The owner keeps in touch: a word every few weeks, a visit where it is worth the drive. */
export function tellContact(telling: Telling, from: number, until = 0): void {
  const { profile, log, draws } = telling;
  const every = profile.segment === 'Key' ? 13 : profile.segment === 'Core' ? 27 : 50;
  for (
    let day = from + draws.whole(1, every);
    day <= until;
    day += Math.max(4, Math.round(every * draws.between(0.5, 1.6)))
  ) {
    const to = draws.pick(peopleOn(telling, day));
    if (draws.chance(0.5)) {
      exchange(telling, day, {
        by: profile.owner,
        to,
        subject: draws.pick(CHECK_IN_SUBJECTS),
        answer: draws.pick(CHECK_IN_ANSWERS),
        replyRate: 0.2 + 0.5 * profile.warmth,
      });
    } else if (draws.chance(0.12) && profile.segment !== 'Small') {
      const visit = moment(draws, day, 9, 15);
      log.happened(visit, 'visit-made', {
        by: profile.owner,
        contacts: [to.id],
        data: { minutes: 90 },
      });
      if (draws.chance(0.75))
        log.happened(visit + 4 * 3_600_000, 'note-added', {
          by: profile.owner,
          data: { text: draws.pick(CALL_NOTES) },
        });
    } else if (draws.chance(0.2)) {
      log.happened(moment(draws, day), 'call-received', {
        by: to.id,
        data: { minutes: draws.whole(3, 14), text: `“${draws.pick(CHECK_IN_ANSWERS)}”` },
      });
    } else {
      log.happened(moment(draws, day), 'call-made', {
        by: profile.owner,
        contacts: [to.id],
        data: { minutes: draws.whole(2, 20), text: draws.pick(CALL_NOTES) },
      });
    }
  }
  if (profile.segment === 'Key')
    for (let day = from + draws.whole(30, 110); day < until + 5; day += draws.whole(80, 110))
      meet(telling, day, [
        personFor(telling, day - 10, 'economicBuyer'),
        ...draws.sample(peopleOn(telling, day - 10).slice(1), 1),
      ]);
}

/** Marketing writes every twelfth Wednesday at nine; some click. The last one went out yesterday. */
export function tellNewsletters(telling: Telling, from: number): void {
  const { log, draws } = telling;
  for (let day = -1 - 84 * 8, n = 0; day < 0; day += 84, n++) {
    const readers = peopleOn(telling, day).filter(
      (person) => person.mayEmail && !person.roles.includes('economicBuyer'),
    );
    if (day < from || readers.length === 0) continue;
    log.happened(at(day, 9), 'newsletter-sent', {
      contacts: readers.slice(0, 2).map((person) => person.id),
      data: { subject: NEWSLETTERS[n % NEWSLETTERS.length] ?? 'News' },
    });
    if (draws.chance(0.18))
      log.happened(moment(draws, day, 10, 18), 'page-visited', {
        by: draws.pick(readers).id,
        data: { page: draws.pickZipf(['news', 'products', 'support', 'prices']) },
      });
  }
}

/** People come and go. */
export function tellPeople(telling: Telling): void {
  const { profile, log, draws } = telling;
  for (const person of profile.people) {
    if (person.joined !== undefined && person.joined > -730)
      log.happened(moment(draws, person.joined, 9, 12), 'contact-joined', {
        by: person.id,
        data: { title: person.title, rep: profile.service },
      });
    if (person.left !== undefined) {
      const time = moment(draws, person.left, 9, 12);
      log.happened(time, 'contact-left', { contacts: [person.id], data: { title: person.title } });
      log.changed(time + 60_000, { left: true }, person.id);
    }
  }
}
