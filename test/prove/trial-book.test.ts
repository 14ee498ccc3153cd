import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzeTrial } from '../../src/analyze-trial.js';
import { createTrialBook, toAssignedFact } from '../../src/trial-book.js';
import { DAY, START, tell } from '../told-deals.js';

const ARM = 'account.cardTrial';
const [HEAD, PLANT] = ['t:account:head', 't:account:plant'];
const OPTIONS = { arms: ['plain', 'new'], windowDays: 30, guardrails: ['complaint'] };

interface Told {
  /** Days after the group got its arm; absent: no card was seen there. */
  readonly seen?: number;
  readonly booked?: number;
  readonly complained?: number;
}

/** A buying group of two accounts, as it stands after so many days. */
function standOf(days: number, told: { readonly head: Told; readonly plant: Told }) {
  const book = createTrialBook({
    ...{ arm: ARM, plays: new Set(['audit']), entry: 'seen', windowDays: 30 },
    ...{ success: ['session-booked'], guardrails: OPTIONS.guardrails },
  });
  const of = (account: string, { seen, booked, complained }: Told): void => {
    const by = account.replace('account', 'contact');
    const facts = [
      toAssignedFact(ARM, { account, group: HEAD, arm: 'new', stratum: '' }, START),
      ...(seen === undefined
        ? []
        : [tell('seen', account, START + seen * DAY, { opening: `audit|${account}|opened` })]),
      ...(booked === undefined
        ? []
        : [
            tell('session-booked', account, START + booked * DAY, {}, [account], {
              by,
              grade: 'buyer-verified',
            }),
          ]),
      ...(complained === undefined
        ? []
        : [tell('complaint', account, START + complained * DAY, {})]),
    ];
    const now = START + days * DAY;
    book.add(
      account,
      facts
        .filter(({ occurredAt }) => occurredAt <= now)
        .sort((a, b) => a.occurredAt - b.occurredAt),
    );
  };
  of(HEAD, told.head);
  of(PLANT, told.plant);
  const { accounts } = book.finish();
  const trial = analyzeTrial(accounts, {
    ...OPTIONS,
    ...{ now: START + days * DAY, alpha: 0.05, matters: 0.1 },
  });
  const [, own] = trial.arms;
  return { known: own?.known, succeeded: own?.succeeded, broke: own?.broke[0] };
}

describe('a buying group in a trial', () => {
  it('has no success by what an account did that saw no card, before the group entered', () => {
    const told = { head: { seen: 100 }, plant: { booked: 5, complained: 6 } };
    assert.deepEqual(standOf(140, told), { known: 1, succeeded: 0, broke: 0 });
  });

  it('succeeds by what any account of it does within the days since the first of them saw a card', () => {
    const told = { head: { seen: 100 }, plant: { booked: 105, complained: 129 } };
    assert.deepEqual(standOf(140, told), { known: 1, succeeded: 1, broke: 1 });
  });

  it('stays as it counted when another of its accounts sees a card after its time', () => {
    const told = { head: { seen: 0 }, plant: { seen: 60, booked: 70 } };
    assert.deepEqual(standOf(40, told), { known: 1, succeeded: 0, broke: 0 });
    assert.deepEqual(standOf(140, told), { known: 1, succeeded: 0, broke: 0 });
    const early = { head: { seen: 0 }, plant: { seen: 60, booked: 10 } };
    assert.deepEqual(standOf(140, early), { known: 1, succeeded: 1, broke: 0 });
  });
});
