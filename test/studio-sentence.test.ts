import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { compilePlaybook } from '../src/plan/compile-playbook.js';
import type { PlayData } from '../src/studio/play-data.js';
import { readSentence } from '../src/studio/read-sentence.js';
import { sentenceText } from '../src/studio/sentence.js';
import { toSentence } from '../src/studio/to-sentence.js';
import { createVocabulary, type Vocabulary } from '../src/studio/vocabulary.js';
import { findPlaybooks, readPlaybook } from './playbook-folders.js';
import { hostileLabels, playData, withLabels } from './studio-plays.js';

const today = '2026-11-21';
const playbookIn = (folder: string) => {
  const { playbook } = compilePlaybook(readPlaybook(folder), { today });
  return playbook ?? assert.fail(folder);
};
const playsIn = (folder: string): readonly (readonly [path: string, play: PlayData])[] =>
  readPlaybook(folder)
    .filter(({ path }) => /^plays\/.*\.yaml$/.test(path))
    .map(({ path, text }) => [path, parse(text) as PlayData]);

const textOf = (play: PlayData, vocabulary: Vocabulary): string =>
  sentenceText(toSentence(play, vocabulary));

function assertReadsBack(play: PlayData, vocabulary: Vocabulary): void {
  const text = textOf(play, vocabulary);
  assert.deepEqual(readSentence(text, vocabulary), { play }, text);
}

describe('a play as a sentence', () => {
  for (const folder of findPlaybooks()) {
    const vocabulary = createVocabulary(playbookIn(folder));
    for (const [path, play] of playsIn(folder))
      it(`reads back from its text: ${folder}${path}`, () => assertReadsBack(play, vocabulary));
  }

  const small = playbookIn('test/playbooks/small/');
  const crm = createVocabulary(playbookIn('examples/crm/playbook/'), {
    synonyms: { 'opportunity.stage=Evaluation': ['comparing'] },
  });
  const TYPED = `For a deal when Days since the buyer replied is 14 days or more
    and stage is comparing and industry is one of Food, Dairy or Pharmaceuticals,
    and again only after Days since the buyer replied is less than 7 days,
    if we may: either (Role (rep) is Sales) or (not (Status (account) is Prospect)),
    suggest "Call {contact.name|the buyer}", which is a call with Signs by call in 15 minutes,
    because "Nobody answered", for 2 weeks.
    It is shown to the owner. It serves Revenue with 5% of Amount and Customer satisfaction with 0.2 points.
    It rests 60 days when it was done. It is kept by "ana@example.com". Its id is "silent-buyer".`;

  it('carries a lever and what fits the situation unharmed', () => {
    const [, known = {}] =
      playsIn('test/playbooks/small/').find(([path]) => /silent/.test(path)) ?? [];
    for (const lever of [1.55, '55 points'])
      assertReadsBack(
        {
          ...known,
          lever,
          context: [
            { when: { 'account.region': ['EU', 'US'] }, points: 40 },
            { when: { not: { 'account.openEscalation': true } }, points: -12.5 },
          ],
        },
        createVocabulary(small),
      );
  });

  it('is read as a person types it, without brackets and in words of their own', () => {
    assert.deepEqual(readSentence(TYPED, crm), {
      play: {
        about: 'opportunity',
        trigger: {
          becomes: {
            daysSinceBuyerReply: { gte: 14 },
            stage: 'Evaluation',
            'account.industry': ['Food', 'Dairy', 'Pharmaceuticals'],
          },
          rearm: { daysSinceBuyerReply: { lt: 7 } },
        },
        eligibility: {
          any: [{ 'rep.role': 'Sales' }, { not: { 'account.status': 'Prospect' } }],
        },
        title: 'Call {contact.name|the buyer}',
        action: { kind: 'call', contact: 'economicBuyer', touch: 'call', minutes: 15 },
        why: 'Nobody answered',
        expires: '2 weeks',
        for: 'owner',
        serves: { revenue: { share: 0.05, of: 'amount' }, satisfaction: { value: 0.2 } },
        coolDown: { done: '60 days' },
        owner: 'ana@example.com',
        id: 'silent-buyer',
      },
    });
  });

  it('marks every choice that is not understood, with what was probably meant', () => {
    const text =
      'For [an account] [when] [Regoin] [is] [West] and [Status] [is] [Custommer], suggest […], which is […], because […]. It is shown to [the boss]. It is kept by […]. Its id is [x].';
    const read = readSentence(text, crm);
    assert.ok('misread' in read);
    assert.deepEqual(
      read.misread.map(({ from, to, written, near }) => [
        text.slice(from, to) === written,
        written,
        near,
      ]),
      [
        [true, '[Regoin]', 'Region'],
        [true, '[Custommer]', 'Customer'],
        [true, '[the boss]', undefined],
      ],
    );
  });

  it('marks where its structure breaks, and what may stand there', () => {
    const read = readSentence(
      'For [a deal] [when] [Stage] [seems] [Evaluation], suggest [x].',
      crm,
    );
    assert.ok('misread' in read);
    const [place] = read.misread;
    assert.equal(place?.written, '[seems]');
    assert.ok(place?.expected.includes('is one of'));
  });

  it('never fails on a text, whatever stands in it', () => {
    const parts = [
      '[',
      ']',
      '(',
      ')',
      'not (',
      'either (',
      '[Stage]',
      ' and ',
      '"',
      '= {',
      '…',
      ', then no ',
      '[after]',
    ];
    const noise = fc.array(fc.oneof(fc.constantFrom(...parts), fc.string()), { maxLength: 40 });
    fc.assert(
      fc.property(noise, fc.nat({ max: 700 }), fc.nat({ max: 60 }), (pieces, at, away) => {
        const text = TYPED.slice(0, at) + pieces.join('') + TYPED.slice(at + away);
        const read = readSentence(text, crm);
        if (!('misread' in read)) return;
        assert.ok(read.misread.length > 0);
        for (const { from, to, written } of read.misread)
          assert.equal(text.slice(from, to), written);
      }),
      { numRuns: 300 },
    );
    assert.ok('misread' in readSentence(`For [a deal] [when] ${'not ('.repeat(9000)}`, crm));
  });

  it('reads back whatever the format allows, and whatever else stands in a file', () => {
    const vocabulary = createVocabulary(small);
    fc.assert(
      fc.property(playData(small), (play) => assertReadsBack(play, vocabulary)),
      { numRuns: 300 },
    );
  });

  it('reads back when labels look like the words around them', () => {
    fc.assert(
      fc.property(playData(small), hostileLabels, (play, labels) =>
        assertReadsBack(play, createVocabulary(withLabels(small, labels))),
      ),
      { numRuns: 200 },
    );
  });
});
