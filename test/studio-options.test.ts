import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { optionsFor } from '../src/studio/options-for.js';
import type { PlayData } from '../src/studio/play-data.js';
import type { Slot } from '../src/studio/sentence.js';
import { playIn, slotAt, slotsOf, vocabulary } from './studio-crm.js';

const labels = (play: PlayData, slot: Slot, typed: string): readonly string[] =>
  optionsFor(play, slot, typed, vocabulary).map(({ label }) => label);

describe('the options of a slot', () => {
  const play = playIn('business-case');
  const name = slotAt(play, 'trigger.becomes.stage', 'key');

  it('are found by their beginning, a synonym, their id and with a letter wrong', () => {
    assert.equal(labels(play, name, 'sta')[0], 'Stage');
    assert.equal(labels(play, name, 'sector')[0], 'Industry (account)');
    assert.equal(labels(play, name, 'buying st')[0], 'Where the buyer stands');
    assert.equal(labels(play, name, 'daysSinceBuyerAct')[0], 'Days since the buyer did anything');
    assert.equal(labels(play, name, 'idnustry')[0], 'Industry (account)');
    assert.deepEqual(labels(play, name, 'zzzzzz'), []);
  });

  it('are only what can be read there', () => {
    const ids = optionsFor(play, name, '', vocabulary).map(({ value }) => String(value));
    assert.ok(ids.includes('stage') && ids.includes('account.industry'));
    assert.deepEqual(
      ids.filter((id) => /^(contact|rep|product|opportunity)\./.test(id)),
      [],
    );
  });

  it('name usual minutes and days before anything is typed, and take any other', () => {
    const minutes = slotAt(play, 'action.minutes');
    assert.deepEqual(labels(play, minutes, ''), ['5', '10', '15', '20', '30', '45', '60']);
    assert.deepEqual(labels(play, minutes, '25'), ['25']);
    const expires = slotAt(play, 'expires');
    assert.deepEqual(labels(play, expires, '60')[0], '60 days');
    assert.deepEqual(labels(play, expires, '3 weeks')[0], '3 weeks');
  });

  it('name what other plays say a goal is worth, in its unit, before anything is typed', () => {
    const [goal = ''] = Object.keys(Object(play.serves));
    const worth = slotAt(play, `serves.${goal}.share`);
    const shares = vocabulary.playbook.plays.flatMap(({ serves }) => {
      const said = serves[goal];
      return said && 'share' in said ? said.share : [];
    });
    const shown = labels(play, worth, '');
    assert.ok(shown.length > 0 && shown.length <= 7, shown.join());
    for (const label of shown)
      assert.ok(
        shares.some((share) => `${share * 100}%` === label.replace(' ', '')),
        label,
      );
  });

  it('take a number as it is typed', () => {
    const amount = slotAt(play, 'trigger.becomes.amount.gte');
    assert.deepEqual(optionsFor(play, amount, '45,000', vocabulary), [
      { value: 45_000, label: '45,000 USD' },
    ]);
    const days = slotAt(play, 'applicability.daysSinceBuyerAct.lte');
    assert.deepEqual(optionsFor(play, days, '2 weeks', vocabulary), [
      { value: 14, label: '14 days' },
    ]);
  });

  it('are states of machines with those around them', () => {
    const quiet = playIn('quiet-customer');
    const state = slotsOf(quiet).find(
      ({ kind, attribute }) => kind === 'value' && attribute?.endsWith('lifecycle'),
    );
    assert.ok(labels(quiet, state ?? assert.fail(), 'gone').includes('Gone quiet'));
  });
});
