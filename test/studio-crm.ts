import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { Playbook } from '../src/domain/playbook.js';
import { compilePlaybook, type SourceFile } from '../src/plan/compile-playbook.js';
import type { PlayData } from '../src/studio/play-data.js';
import type { Slot } from '../src/studio/sentence.js';
import { toSentence } from '../src/studio/to-sentence.js';
import { createVocabulary, type Vocabulary } from '../src/studio/vocabulary.js';
import { readPlaybook } from './playbook-folders.js';

/** The playbook of the example CRM, with its plays as their files say them. */
export const files: readonly SourceFile[] = readPlaybook('examples/crm/playbook/');
const compiled = compilePlaybook(files, { today: '2026-11-21' });
export const playbook: Playbook = compiled.playbook ?? assert.fail();
export const vocabulary: Vocabulary = createVocabulary(playbook, {
  synonyms: { 'account.industry': ['branch', 'sector'], 'opportunity.job': ['buying stage'] },
});
export const playIn = (id: string): PlayData =>
  parse(files.find(({ path }) => path === `plays/${id}.yaml`)?.text ?? '') as PlayData;
export const texts: readonly string[] = files.flatMap(({ path, text }) =>
  path.startsWith('plays/') ? [text] : [],
);
export const plays: readonly PlayData[] = texts.map((text) => parse(text) as PlayData);

export const slotsOf = (play: PlayData): readonly Slot[] =>
  toSentence(play, vocabulary).parts.filter((part) => typeof part !== 'string');
export const slotAt = (play: PlayData, path: string, of: Slot['of'] = 'value'): Slot =>
  slotsOf(play).find((slot) => slot.of === of && slot.path.join('.') === path) ??
  assert.fail(`no ${of} at ${path}`);
