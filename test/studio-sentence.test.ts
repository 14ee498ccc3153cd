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

  it('reads back whatever the format allows, and whatever else stands in a file', () => {
    const vocabulary = createVocabulary(small);
    fc.assert(
      fc.property(playData(small), (play) => assertReadsBack(play, vocabulary)),
      { numRuns: 500 },
    );
  });

  it('reads back when labels look like the words around them', () => {
    fc.assert(
      fc.property(playData(small), hostileLabels, (play, labels) =>
        assertReadsBack(play, createVocabulary(withLabels(small, labels))),
      ),
      { numRuns: 300 },
    );
  });
});
